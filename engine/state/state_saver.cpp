// SPDX-License-Identifier: Apache-2.0
#include "engine/state/state_saver.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/layer_config.h"
#include "engine/model/model.h"
#include "engine/model/model_identity.h"
#include "engine/model_config.h"
#include "engine/state/session_state.h"
#include "engine/state/state_codec.h"

namespace tl {
namespace {

// What the engine knows of a snapshot that fits the model.
Result<const SnapshotData*> dataOf(const Model& model, const Snapshot& snapshot) {
    const auto* data = dynamic_cast<const SnapshotData*>(snapshot.content());
    if (data == nullptr) {
        return Error{ErrorCode::kInvalidInput, "a snapshot of nothing"};
    }
    if (Status status = checkSameEngine(*data->identity, *model.identity()); !status.ok()) {
        return status.error();
    }
    return data;
}

// The part of one layer's pages at positions [first, first + count), which lie in one page.
Result<SavedPages> savePart(const SnapshotData& data, int64_t layer, int64_t first, int64_t count) {
    const KvCache::Pages& pages = data.pages[static_cast<size_t>(layer)];
    const KvPage& page = *pages[static_cast<size_t>(first / kKvPagePositions)];
    SavedPages part{layer, first, count, {}};
    part.bytes.resize(static_cast<size_t>(canonicalPageBytes(page.shape(), count)));
    Status status =
        data.backend->exportPage(page, first % kKvPagePositions, count, part.bytes.data());
    if (!status.ok()) {
        return status.error();
    }
    return part;
}

}  // namespace

int64_t savedPartPositions(const PageShape& shape) {
    int64_t positions = kKvPagePositions;
    while (positions > 1 && canonicalPageBytes(shape, positions) > kSavedPagesBytes) {
        positions /= 2;
    }
    return positions;
}

SavedSizes savedSizes(const ModelConfig& config, KvType kvType) {
    SavedSizes sizes;
    sizes.stateBytes = SavedStateLayout::headBytes(config.embeddingSize);
    for (const BlockConfig& block : config.blocks) {
        for (const auto& layer : block.layers) {
            const LayerNeeds needs = layer->needs();
            sizes.stateBytes += needs.stateBytes();
            if (needs.kv) {
                sizes.pageBytesPerToken +=
                    canonicalPageBytes({kvType, needs.kv->kvHeads, needs.kv->headDim}, 1);
            }
        }
    }
    return sizes;
}

Result<std::vector<std::byte>> saveState(const Model& model, const Snapshot& snapshot) {
    const Result<const SnapshotData*> found = dataOf(model, snapshot);
    if (!found.ok()) {
        return found.error();
    }
    const SnapshotData& data = *found.value();
    std::vector<std::byte> saved(
        static_cast<size_t>(savedSizes(model.config(), model.kvType()).stateBytes));
    SavedStateLayout::putPosition(data.at, saved.data());
    Status status = data.backend->download(
        saved.data() + SavedStateLayout::kLastOffset, data.last->data(), data.last->bytes());
    int64_t from = 0;
    int64_t to = SavedStateLayout::headBytes(model.config().embeddingSize);
    for (const LayerNeeds& needs : model.layerNeeds()) {
        if (status.ok()) {
            void* recurrent = static_cast<std::byte*>(data.recurrent->data()) + from;
            status = saveParts(*data.backend, needs, recurrent, saved.data() + to);
        }
        from += needs.stateBytes();
        to += needs.stateBytes();
    }
    if (!status.ok()) {
        return status.error();
    }
    return saved;
}

Result<std::vector<SavedPages>> savePages(const Model& model,
                                          const Snapshot& snapshot,
                                          int64_t from) {
    const Result<const SnapshotData*> found = dataOf(model, snapshot);
    if (!found.ok()) {
        return found.error();
    }
    const SnapshotData& data = *found.value();
    if (from < 0 || from > data.at) {
        return Error{ErrorCode::kInvalidInput,
                     "keys and values from position " + std::to_string(from) + " on of " +
                         std::to_string(data.at)};
    }
    std::vector<SavedPages> saved;
    for (size_t layer = 0; layer < data.pages.size() && from < data.at; ++layer) {
        const int64_t length = savedPartPositions(data.pages[layer].front()->shape());
        for (int64_t first = from; first < data.at;) {
            const int64_t count = std::min(length - first % length, data.at - first);
            Result<SavedPages> part = savePart(data, static_cast<int64_t>(layer), first, count);
            if (!part.ok()) {
                return part.error();
            }
            saved.push_back(std::move(part).value());
            first += count;
        }
    }
    return saved;
}

}  // namespace tl
