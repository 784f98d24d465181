// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>

#include "kernels/backend.h"
#include "kernels/cpu/kernel_table.h"

namespace tl::cpu {

// Query tokens that share the decoding of a tile of keys, with all their heads of one key head.
inline constexpr int64_t kQueryTokens = 16;
// Parts that long key ranges are cut into, at most and at least this long. Set by sizes alone:
// results must not depend on the number of threads.
inline constexpr int64_t kMostSplits = 64;
inline constexpr int64_t kShortestSplit = 1024;
static_assert(kMostSequences <= kQueryTokens);

// Memory of one attention call, or of kMostSequences calls of one token each: per task of (query
// block, key head, split) a running maximum and sum per row and the weighted values; per query
// block the scaled queries and reaches.
struct AttentionWorkspace {
    // A block has kQueryTokens * heads rows over all key heads.
    static int64_t rows(const Backend::Limits& l) {
        return (l.tokens + kQueryTokens - 1) / kQueryTokens * kQueryTokens * l.heads;
    }
    // Splits make at most kMostSplits tasks, unless there are more blocks than that anyway.
    static int64_t partialRows(const Backend::Limits& l) {
        return std::max(rows(l), kMostSplits * kQueryTokens * l.heads);
    }
    static int64_t bytes(const Backend::Limits& l) {
        const int64_t queries = rows(l) * (4 * l.headDim + 16);
        return queries + partialRows(l) * 4 * (l.headDim + 2);
    }
};

}  // namespace tl::cpu
