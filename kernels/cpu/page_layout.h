// SPDX-License-Identifier: Apache-2.0
#pragma once

// How the CPU's kernels lay out a page of keys and values. Nothing above kernels/cpu may rely on
// it.

#include <cstdint>

#include "kernels/kernel_args.h"

namespace tl::cpu {

// f16: keys lie in blocks of 16 positions, (kvHeads, positions / 16, headDim, 16), so that scores
// of 16 positions are one vector; values lie (kvHeads, positions, headDim). int8: keys (kvHeads,
// positions / 16, headDim / 4, 16, 4) and values (kvHeads, positions / 4, headDim, 4), so that what
// one lane of a dot product sums lies together. Keys are stored unsigned, as q + kKeyOffset, values
// as they are; both are to be multiplied by their scales.
inline constexpr int64_t kKeyBlock = 16;
inline constexpr int64_t kValueBlock = 4;  // kInt8 only
inline constexpr int32_t kKeyOffset = 128;

// Where a page's parts lie: an entry of a table of pages.
struct PageParts {
    void* keys;          // int8 or f16
    void* values;        // int8 or f16
    float* keyScales;    // (kvHeads, positions)  kInt8 only
    float* valueScales;  // (kvHeads, positions)  kInt8 only
};

// The page that holds `position`.
inline const PageParts& pageOf(const KvView& kv, int64_t position) {
    return static_cast<const PageParts*>(kv.pages)[position / kKvPagePositions];
}

}  // namespace tl::cpu
