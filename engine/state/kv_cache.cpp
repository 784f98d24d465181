// SPDX-License-Identifier: Apache-2.0
#include "engine/state/kv_cache.h"

#include <utility>

namespace tl {

KvCache::KvCache(Backend& backend, const PageShape& shape, std::unique_ptr<Buffer> table)
    : m_backend(&backend), m_shape(shape), m_table(std::move(table)) {}

Result<KvCache> KvCache::create(Backend& backend, const PageShape& shape, int64_t maxTokens) {
    const int64_t most = (maxTokens + kKvPagePositions - 1) / kKvPagePositions;
    auto table = backend.allocate(most * backend.traits().pageEntryBytes);
    if (!table.ok()) {
        return table.error();
    }
    KvCache cache(backend, shape, std::move(table).value());
    // So that a decode step allocates nothing but the page it begins.
    cache.m_pages.reserve(static_cast<size_t>(most));
    return cache;
}

void KvCache::append(std::shared_ptr<KvPage> page) {
    // Kernels know pages by the table, which may lie on a device; the list is what owns them.
    m_backend->setPage(m_table->data(), std::ssize(m_pages), *page);
    m_pages.push_back(std::move(page));
}

Status KvCache::reserve(int64_t positions) {
    while (std::ssize(m_pages) * kKvPagePositions < positions) {
        Result<std::unique_ptr<KvPage>> page = m_backend->allocatePage(m_shape);
        if (!page.ok()) {
            return page.error();
        }
        append(std::move(page).value());
    }
    return okStatus();
}

KvView KvCache::view() const {
    return {m_shape, m_table->data()};
}

Result<KvCache::Pages> KvCache::pagesFrom(const Pages& pages, int64_t position) const {
    const int64_t whole = position / kKvPagePositions;
    const int64_t rest = position % kKvPagePositions;
    // Full pages are never written again and may be shared. The last one goes on being filled here.
    Pages own(pages.begin(), pages.begin() + whole);
    if (rest > 0) {
        Result<std::unique_ptr<KvPage>> copy = m_backend->allocatePage(m_shape);
        if (!copy.ok()) {
            return copy.error();
        }
        m_backend->copyPage(*copy.value(), *pages[static_cast<size_t>(whole)], rest);
        own.push_back(std::move(copy).value());
    }
    return own;
}

void KvCache::replacePages(Pages pages) {
    m_pages.clear();
    for (std::shared_ptr<KvPage>& page : pages) {
        append(std::move(page));
    }
}

}  // namespace tl
