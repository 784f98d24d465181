// SPDX-License-Identifier: Apache-2.0
#pragma once

// Pieces of GGUF's quantised blocks (ggml-common.h) that decoding and packing share.

#include <cstdint>

#include "kernels/half.h"

namespace tl {

inline uint16_t load16(const uint8_t* p) {
    return static_cast<uint16_t>(p[0] | (p[1] << 8));
}

inline uint32_t load32(const uint8_t* p) {
    return load16(p) | (static_cast<uint32_t>(load16(p + 2)) << 16);
}

inline float loadHalf(const uint8_t* p) {
    return halfToFloat(load16(p));
}

// The unsigned 5-bit values of Q5_0 and Q5_1: nibbles, and bit j of `high` as fifth bit of value j.
inline void unpack5Bits(const uint8_t* nibbles, uint32_t high, int* values) {
    for (int j = 0; j < 16; ++j) {
        values[j] = (nibbles[j] & 0xF) | static_cast<int>(((high >> j) & 1) << 4);
        values[j + 16] = (nibbles[j] >> 4) | static_cast<int>(((high >> (j + 16)) & 1) << 4);
    }
}

// Super-blocks of 256. Q4_K and Q5_K: eight groups of 32, each with a 6-bit scale and a 6-bit
// minimum, packed into 12 bytes: bytes 0-3 hold scales 0-3 and the upper bits of scales 4-7, bytes
// 4-7 the same of the minimums, bytes 8-11 the lower nibbles of scales (low) and minimums (high)
// 4-7.
struct ScaleMin {
    int scale;
    int min;
};

inline ScaleMin unpackScaleMin(const uint8_t* packed, int group) {
    if (group < 4) {
        return {packed[group] & 63, packed[group + 4] & 63};
    }
    return {(packed[group + 4] & 0xF) | ((packed[group - 4] >> 6) << 4),
            (packed[group + 4] >> 4) | ((packed[group] >> 6) << 4)};
}

// The group's factor and offset: value = factor * q - offset. `block` starts with half d, half
// dmin and the 12 packed bytes.
struct GroupScale {
    float factor;
    float offset;
};

inline GroupScale groupScale(const uint8_t* block, int group) {
    const ScaleMin packed = unpackScaleMin(block + 4, group);
    return {loadHalf(block) * static_cast<float>(packed.scale),
            loadHalf(block + 2) * static_cast<float>(packed.min)};
}

}  // namespace tl
