// SPDX-License-Identifier: Apache-2.0
#include "engine/state/state_codec.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/model/model.h"

namespace tl {
namespace {

int64_t pageCount(int64_t position) {
    return (position + kKvPagePositions - 1) / kKvPagePositions;
}

int64_t filledPositions(int64_t page, int64_t position) {
    return std::min(kKvPagePositions, position - page * kKvPagePositions);
}

PageShape pageShape(const LayerNeeds& needs, KvType kvType) {
    return {kvType, needs.kv->kvHeads, needs.kv->headDim};
}

int64_t pagesBytes(const PageShape& shape, int64_t position) {
    // A page's parts are arrays over its positions, so they add up like positions do.
    return canonicalPageBytes(shape, position);
}

// Calls fn(shape, address, offset in canonical bytes) for each state part.
template <typename Fn>
Status forParts(const LayerNeeds& needs, void* recurrent, Fn fn) {
    int64_t offset = 0;
    for (const StatePart& part : needs.state) {
        auto* address = static_cast<std::byte*>(recurrent) + offset;
        if (Status status = fn(StateShape{part.op, part.shape}, address, offset); !status.ok()) {
            return status;
        }
        offset += part.bytes();
    }
    return okStatus();
}

Result<std::unique_ptr<Buffer>> copyOf(Backend& from, Buffer& buffer, Backend& to) {
    auto copy = to.allocate(buffer.bytes());
    if (!copy.ok()) {
        return copy;
    }
    std::vector<std::byte> bytes(static_cast<size_t>(buffer.bytes()));
    Status status = from.download(bytes.data(), buffer.data(), buffer.bytes());
    if (status.ok()) {
        status = to.upload(copy.value()->data(), bytes.data(), buffer.bytes());
    }
    if (!status.ok()) {
        return status.error();
    }
    return copy;
}

}  // namespace

void SavedStateLayout::putPosition(int64_t position, std::byte* state) {
    // Little-endian on every machine, since the bytes go into files.
    for (size_t i = 0; i < sizeof(position); ++i) {
        state[i] = static_cast<std::byte>(static_cast<uint64_t>(position) >> (8 * i));
    }
}

int64_t SavedStateLayout::position(const std::byte* state) {
    uint64_t position = 0;
    for (size_t i = 0; i < sizeof(position); ++i) {
        position |= static_cast<uint64_t>(state[i]) << (8 * i);
    }
    return static_cast<int64_t>(position);
}

Status saveParts(Backend& backend, const LayerNeeds& needs, void* recurrent, std::byte* to) {
    return forParts(needs, recurrent, [&](const StateShape& shape, const void* from, int64_t at) {
        return backend.exportState(shape, from, to + at);
    });
}

Status loadParts(Backend& backend,
                 const LayerNeeds& needs,
                 const std::byte* from,
                 void* recurrent) {
    return forParts(needs, recurrent, [&](const StateShape& shape, void* to, int64_t at) {
        return backend.importState(shape, to, from + at);
    });
}

Result<std::vector<std::byte>> saveLayer(Backend& backend,
                                         const LayerNeeds& needs,
                                         const LayerMemory& memory,
                                         int64_t position) {
    const int64_t stateBytes = needs.stateBytes();
    const int64_t pages = needs.kv ? pageCount(position) : 0;
    const int64_t bytes =
        pages > 0 ? pagesBytes(memory.pages.front()->shape(), position) : int64_t{0};
    std::vector<std::byte> saved(static_cast<size_t>(stateBytes + bytes));
    Status status = saveParts(backend, needs, memory.recurrent, saved.data());
    std::byte* to = saved.data() + stateBytes;
    for (int64_t i = 0; i < pages && status.ok(); ++i) {
        const KvPage& page = *memory.pages[static_cast<size_t>(i)];
        const int64_t filled = filledPositions(i, position);
        status = backend.exportPage(page, 0, filled, to);
        to += canonicalPageBytes(page.shape(), filled);
    }
    if (!status.ok()) {
        return status.error();
    }
    return saved;
}

Status loadLayer(Backend& backend,
                 const LayerNeeds& needs,
                 KvType kvType,
                 std::span<const std::byte> bytes,
                 int64_t position,
                 LayerMemory& memory) {
    const int64_t expected =
        needs.stateBytes() + (needs.kv ? pagesBytes(pageShape(needs, kvType), position) : 0);
    // Before anything is allocated for bytes that nobody has checked.
    if (std::ssize(bytes) != expected) {
        return Error{ErrorCode::kCorrupt,
                     "a layer's state of " + std::to_string(bytes.size()) + " bytes instead of " +
                         std::to_string(expected)};
    }
    Status status = loadParts(backend, needs, bytes.data(), memory.recurrent);
    std::vector<PageImport> imports;
    memory.pages.clear();
    const std::byte* from = bytes.data() + needs.stateBytes();
    for (int64_t i = 0; needs.kv && i < pageCount(position); ++i) {
        Result<std::unique_ptr<KvPage>> page = backend.allocatePage(pageShape(needs, kvType));
        if (!page.ok()) {
            return page.error();
        }
        const int64_t filled = filledPositions(i, position);
        imports.push_back({page.value().get(), 0, filled, from});
        from += canonicalPageBytes(page.value()->shape(), filled);
        memory.pages.push_back(std::move(page).value());
    }
    return status.ok() ? backend.importPages(imports) : status;
}

Result<std::shared_ptr<SnapshotData>> moveToBackend(const SnapshotData& theirs,
                                                    const Model& model) {
    Backend& backend = model.backend();
    auto ours = std::make_shared<SnapshotData>(model.identity(), backend);
    ours->at = theirs.at;
    // The last hidden vector has one order everywhere; states and pages go through the canonical
    // form, since each backend keeps them as its kernels like them.
    Result<std::unique_ptr<Buffer>> last = copyOf(*theirs.backend, *theirs.last, backend);
    auto recurrent = backend.allocate(theirs.recurrent->bytes());
    if (!last.ok() || !recurrent.ok()) {
        return last.ok() ? recurrent.error() : last.error();
    }
    ours->last = std::move(last).value();
    ours->recurrent = std::move(recurrent).value();
    int64_t offset = 0;
    size_t cache = 0;
    for (const LayerNeeds& needs : model.layerNeeds()) {
        LayerMemory from{static_cast<std::byte*>(theirs.recurrent->data()) + offset};
        LayerMemory to{static_cast<std::byte*>(ours->recurrent->data()) + offset};
        offset += needs.stateBytes();
        if (needs.kv) {
            from.pages = theirs.pages[cache++];
        }
        const auto bytes = saveLayer(*theirs.backend, needs, from, theirs.at);
        if (!bytes.ok()) {
            return bytes.error();
        }
        Status status = loadLayer(backend, needs, model.kvType(), bytes.value(), theirs.at, to);
        if (!status.ok()) {
            return status.error();
        }
        if (needs.kv) {
            ours->pages.push_back(std::move(to.pages));
        }
    }
    return ours;
}

}  // namespace tl
