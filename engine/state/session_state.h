// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "engine/snapshot.h"
#include "engine/state/kv_cache.h"
#include "kernels/backend.h"

namespace tl {

class ModelIdentity;

// Everything one sequence owns.
struct SessionState {
    int64_t position = 0;
    int64_t maxTokens = 0;
    int64_t evaluated = 0;
    std::unique_ptr<Buffer> recurrent;  // all layers' recurrent states, one after the other
    std::unique_ptr<Buffer> backup;     // the same before the batch under way, for stopping in it
    std::unique_ptr<Buffer> last;       // (embedding) hidden vector after the last token
    std::unique_ptr<Buffer> logits;     // (vocabulary)
    std::vector<float> hostLogits;      // (vocabulary)
    bool logitsAreCurrent = false;
    // False from a device's failure on: the memory above holds parts of a call. Restoring mends it.
    bool isWhole = true;
    std::vector<KvCache> caches;  // one per attention layer
};

// What a Snapshot shares.
struct SnapshotData final : SnapshotContent {
    SnapshotData(std::shared_ptr<const ModelIdentity> model, Backend& device)
        : identity(std::move(model)), backend(&device) {}
    int64_t position() const override { return at; }

    std::shared_ptr<const ModelIdentity> identity;  // what it fits
    Backend* backend;                               // in whose memory it lies
    int64_t at = 0;
    std::unique_ptr<Buffer> recurrent;
    std::unique_ptr<Buffer> last;
    std::vector<KvCache::Pages> pages;
};

}  // namespace tl
