// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>

#include "app/app_types.h"
#include "app/model/language_model.h"
#include "base/result.h"

namespace tl {

using ReadingFn = std::function<void(const ReadingProgress&)>;

// How a reading is kept while it goes on, so that it need not start anew.
struct Keeping {
    int64_t every = 0;        // tokens between two points that are kept
    int64_t batchTokens = 1;  // Fingerprint::batchTokens: where a reading can go on
    // Is given such points in order: multiples of `every`, the last batch border, the end, and
    // where the reading is stopped. Reading ends with its error. Empty: nothing is kept.
    std::function<Status(const Snapshot&)> keep{};
};

// Reads what the sequence has not read yet of `tokens`, whose first ones it has; what was read of
// it here, and how quickly on the whole. kCancelled, and it stands at a batch border; errors of
// TokenSequence.
Result<ReadingProgress> readOn(TokenSequence& sequence,
                               std::span<const TokenId> tokens,
                               const std::stop_token& stop,
                               const ReadingFn& progress,
                               const Keeping& keeping);

}  // namespace tl
