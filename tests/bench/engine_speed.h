// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "engine/engine.h"

namespace tl::bench {

// A speed, and how many cores the process really had meanwhile (its processor time over the time
// that passed): fewer than it has threads means that other programs took some.
struct Speed {
    double rate = 0;  // tok/s
    double cores = 0;
};

// Speeds of one session that has read `length` tokens.
struct SpeedPoint {
    int64_t length = 0;
    Speed prefill;      // over all `length` tokens
    Speed prefillTail;  // over the last 2,048 of them: does reading slow down?
    Speed decode;       // of answer tokens after them, logits included
};

// Reads up to the largest of `lengths` (ascending), stopping at each to decode `decodeTokens`
// tokens from a snapshot. The time of a token does not depend on which one it is, so ids are
// spread over the vocabulary. The errors of Session.
Result<std::vector<SpeedPoint>> measureSpeed(const Engine& engine,
                                             const std::vector<int64_t>& lengths,
                                             int64_t decodeTokens);

}  // namespace tl::bench
