// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstdint>

namespace tl {

// IEEE 754 binary16 to binary32, exact for every bit pattern; NaN payloads are kept.
constexpr float halfToFloat(uint16_t half) {
    const uint32_t sign = static_cast<uint32_t>(half & 0x8000U) << 16;
    const uint32_t exponent = (half >> 10) & 0x1FU;
    const uint32_t fraction = half & 0x3FFU;
    if (exponent == 0) {
        // Zero and subnormals: fraction * 2^-24, which a float holds exactly.
        const float magnitude = static_cast<float>(fraction) * 0x1p-24F;
        return std::bit_cast<float>(std::bit_cast<uint32_t>(magnitude) | sign);
    }
    // Infinity and NaN have the largest exponent of their format; others are re-biased (127 - 15).
    const uint32_t widened = exponent == 31 ? 255 : exponent + 112;
    return std::bit_cast<float>(sign | (widened << 23) | (fraction << 13));
}

// bfloat16 is the upper half of a binary32.
constexpr float bfloat16ToFloat(uint16_t bits) {
    return std::bit_cast<float>(static_cast<uint32_t>(bits) << 16);
}

static_assert(halfToFloat(0x3C00) == 1.0F && halfToFloat(0xC000) == -2.0F);
static_assert(halfToFloat(0x0001) == 0x1p-24F && halfToFloat(0x7BFF) == 65504.0F);
static_assert(bfloat16ToFloat(0x3F80) == 1.0F);

}  // namespace tl
