// SPDX-License-Identifier: Apache-2.0
#pragma once

// A sequence as files keep it: its state, whose size does not depend on what was read, and its keys
// and values, which only grow. All bytes are in the canonical form of docs/engine.md, whatever
// device they come from, and name no engine: who keeps them keeps the Fingerprint beside them.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "engine/snapshot.h"
#include "kernels/kernel_args.h"

namespace tl {

struct ModelConfig;

// No part of saved keys and values is larger.
inline constexpr int64_t kSavedPagesBytes = int64_t{4} << 20;

// Keys and values of one attention layer at positions [first, first + count).
struct SavedPagesView {
    int64_t layer = 0;  // among the layers that look back, in the model's order, from 0
    int64_t first = 0, count = 0;
    std::span<const std::byte> bytes{};
};

struct SavedPages {
    int64_t layer = 0;
    int64_t first = 0, count = 0;
    std::vector<std::byte> bytes;

    SavedPagesView view() const { return {layer, first, count, bytes}; }
    bool operator==(const SavedPages&) const = default;
};

// What a sequence takes in a file, before any compression.
struct SavedSizes {
    int64_t stateBytes = 0;         // of a state, at every position the same
    int64_t pageBytesPerToken = 0;  // of keys and values, all layers together
};
SavedSizes savedSizes(const ModelConfig& config, KvType kvType);

// Puts a saved sequence together again. The bytes are not trusted: what does not fit is kCorrupt,
// in one line. Lives on the engine's thread, no longer than the engine, and may be gone before its
// snapshots are.
class StateLoader {
public:
    virtual ~StateLoader() = default;

    // Takes keys and values, each layer's from position 0 on without a gap; the layers may come in
    // any order, over any number of calls. Many parts in one call are worked off on all threads.
    // The bytes are not needed once it returns. kCorrupt, kOutOfMemory; nothing is taken then.
    virtual Status addPages(std::span<const SavedPagesView> parts) = 0;
    // The sequence at the position of a saved state that the pages taken so far reach. As the
    // snapshot that was saved, and it shares the loaded pages with all others of this loader.
    virtual Result<Snapshot> snapshot(std::span<const std::byte> state) = 0;
};

}  // namespace tl
