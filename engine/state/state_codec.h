// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "engine/layer_config.h"
#include "engine/state/kv_cache.h"
#include "engine/state/session_state.h"
#include "kernels/backend.h"

namespace tl {

class Model;

// Of the canonical form of a layer's memory, docs/engine.md. Files keep it.
inline constexpr int64_t kStateCodecVersion = 1;

// What one layer remembers of a sequence, in a backend's memory.
struct LayerMemory {
    void* recurrent = nullptr;  // the parts of LayerNeeds::state, one after the other
    KvCache::Pages pages{};     // for layers with LayerNeeds::kv
};

// A saved state: the position (int64, little-endian), the hidden vector after the last token
// (embedding, f32), then the state parts of all layers in their order.
struct SavedStateLayout {
    static constexpr int64_t kLastOffset = sizeof(int64_t);

    // Where the layers' parts start.
    static int64_t headBytes(int64_t embeddingSize) {
        return kLastOffset + embeddingSize * static_cast<int64_t>(sizeof(float));
    }
    static void putPosition(int64_t position, std::byte* state);
    static int64_t position(const std::byte* state);
};

// The state parts of one layer, LayerNeeds::stateBytes() bytes: from a backend's memory into
// canonical form and back.
Status saveParts(Backend& backend, const LayerNeeds& needs, void* recurrent, std::byte* to);
Status loadParts(Backend& backend, const LayerNeeds& needs, const std::byte* from, void* recurrent);

// A layer's memory of `position` tokens in canonical form: its state parts in their order, then its
// pages, the last one as far as it is filled. Knows layers by their needs alone.
Result<std::vector<std::byte>> saveLayer(Backend& backend,
                                         const LayerNeeds& needs,
                                         const LayerMemory& memory,
                                         int64_t position);

// Writes what saveLayer() gave, on any backend, into `memory.recurrent` and pages of its own.
// kCorrupt where the bytes are not as many as needs and position say; kOutOfMemory. What was in
// `memory` is lost then.
Status loadLayer(Backend& backend,
                 const LayerNeeds& needs,
                 KvType kvType,
                 std::span<const std::byte> bytes,
                 int64_t position,
                 LayerMemory& memory);

// A snapshot of an equal model as `model`'s own backend keeps it.
Result<std::shared_ptr<SnapshotData>> moveToBackend(const SnapshotData& theirs, const Model& model);

}  // namespace tl
