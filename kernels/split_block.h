// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "kernels/weight_type.h"

namespace tl {

// 32 quantised weights taken apart: value[i] = scale[i / 16] * (q[i] - offset) + min. `offset` and
// `hasMin` belong to the format; both halves have the same scale except in Q6_K.
struct SplitBlock {
    uint8_t q[32];
    float scale[2];
    float min;
};

// What the split form of a format looks like.
struct SplitInfo {
    int bits;     // q < 1 << bits
    int offset;   // what to take off q
    bool hasMin;  // then offset is 0
    bool halves;  // a scale per 16
};

// REQUIRES: a quantised type
SplitInfo splitInfo(WeightType type);

// Columns [32 index, 32 index + 32) of a stored row. REQUIRES: a quantised type
SplitBlock splitBlock(WeightType type, const void* row, int64_t index);

}  // namespace tl
