// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "base/result.h"
#include "engine/model_config.h"
#include "kernels/backend.h"

namespace tl {

class GgufFile;

// How a sequence is going to be used: read, kept as a snapshot, and gone on from there.
struct SequencePlan {
    int64_t maxTokens = 0;  // as Engine::newSession() takes it
    int64_t tokens = 0;     // up to the snapshot
    int64_t asked = 0;      // tokens of a question and its answer after it
    int64_t forks = 0;      // more sequences that go on from the snapshot as it does
};

// Bytes of the backend's memory, in use after all of that.
struct MemoryForecast {
    int64_t weights = 0;
    int64_t workspace = 0;  // activations of one call, and the kernels' own
    int64_t sequences = 0;  // states, their backups and snapshots, keys and values in whole pages

    int64_t total() const { return weights + workspace + sequences; }
};

// What loading `file` and such sequences take of `backend`, which gives nothing away for it. The
// very code that loads and reads runs on a backend that has no memory, so no size is stated twice.
// Quick: no weight is touched. Errors as Engine::load().
Result<MemoryForecast> forecastMemory(const GgufFile& file,
                                      const ModelConfig& config,
                                      const Backend& backend,
                                      KvType kvType,
                                      std::span<const SequencePlan> sequences);

}  // namespace tl
