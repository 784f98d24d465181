// SPDX-License-Identifier: Apache-2.0
#include "engine/state/kv_cache.h"

#include <cstddef>
#include <utility>

namespace tl {

Result<std::shared_ptr<KvPageMemory>> KvPageMemory::create(Backend& backend,
                                                           KvType type,
                                                           int64_t kvHeads,
                                                           int64_t headDim) {
    const int64_t rows = kvHeads * kKvPagePositions;
    const int64_t valueBytes = rows * headDim * (type == KvType::kInt8 ? 1 : 2);
    const int64_t scaleBytes = type == KvType::kInt8 ? rows * 4 : 0;
    auto memory = backend.allocate(2 * (valueBytes + scaleBytes));
    if (!memory.ok()) {
        return Error{ErrorCode::kOutOfMemory,
                     "keys and values: " + memory.error().message + " more"};
    }
    std::shared_ptr<KvPageMemory> page(new KvPageMemory());
    page->m_memory = std::move(memory).value();
    auto* bytes = static_cast<std::byte*>(page->m_memory->data());
    page->m_page.keys = bytes;
    page->m_page.values = bytes + valueBytes;
    if (type == KvType::kInt8) {
        page->m_page.keyScales = reinterpret_cast<float*>(bytes + 2 * valueBytes);
        page->m_page.valueScales = reinterpret_cast<float*>(bytes + 2 * valueBytes + scaleBytes);
    }
    return page;
}

void KvPageMemory::copyFrom(Backend& backend, const KvPageMemory& other) {
    backend.copy(m_memory->data(), other.m_memory->data(), m_memory->bytes());
}

KvCache::KvCache(Backend& backend, KvType type, int64_t kvHeads, int64_t headDim, int64_t maxTokens)
    : m_backend(backend), m_type(type), m_kvHeads(kvHeads), m_headDim(headDim) {
    const auto most = static_cast<size_t>((maxTokens + kKvPagePositions - 1) / kKvPagePositions);
    m_pages.reserve(most);
    m_table.reserve(most);
}

Status KvCache::reserve(int64_t positions) {
    while (static_cast<int64_t>(m_pages.size()) * kKvPagePositions < positions) {
        auto page = KvPageMemory::create(m_backend, m_type, m_kvHeads, m_headDim);
        if (!page.ok()) {
            return page.error();
        }
        m_table.push_back(page.value()->page());
        m_pages.push_back(std::move(page).value());
    }
    return okStatus();
}

KvView KvCache::view() const {
    return {m_table.data(), m_type, m_kvHeads, m_headDim};
}

Status KvCache::restore(const Pages& pages, int64_t position) {
    const int64_t whole = position / kKvPagePositions;
    const bool hasPart = position % kKvPagePositions != 0;
    std::shared_ptr<KvPageMemory> part;
    if (hasPart) {
        auto copy = KvPageMemory::create(m_backend, m_type, m_kvHeads, m_headDim);
        if (!copy.ok()) {
            return copy.error();
        }
        part = std::move(copy).value();
        part->copyFrom(m_backend, *pages[static_cast<size_t>(whole)]);
    }
    m_pages.assign(pages.begin(), pages.begin() + whole);
    if (hasPart) {
        m_pages.push_back(std::move(part));
    }
    m_table.clear();
    for (const auto& page : m_pages) {
        m_table.push_back(page->page());
    }
    return okStatus();
}

}  // namespace tl
