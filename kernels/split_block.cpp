// SPDX-License-Identifier: Apache-2.0
// The integers inside GGUF's quantised blocks, for packing: layouts as in weight_type.cpp.
#include "kernels/split_block.h"

#include <cassert>

#include "kernels/block_bits.h"

namespace tl {
namespace {

void nibblesOf(const uint8_t* bytes, uint8_t* q) {
    for (int j = 0; j < 16; ++j) {
        q[j] = bytes[j] & 0xF;
        q[j + 16] = bytes[j] >> 4;
    }
}

void fiveBitsOf(const uint8_t* nibbles, uint32_t high, uint8_t* q) {
    int values[32];
    unpack5Bits(nibbles, high, values);
    for (int j = 0; j < 32; ++j) {
        q[j] = static_cast<uint8_t>(values[j]);
    }
}

// Group `index` of 32 in a super-block of Q4_K (high null) or Q5_K.
SplitBlock splitGroup(const uint8_t* block, const uint8_t* high, const uint8_t* low, int index) {
    SplitBlock out;
    const GroupScale scale = groupScale(block, index);
    for (int l = 0; l < 32; ++l) {
        const int fifth = high == nullptr ? 0 : ((high[l] >> index) & 1) << 4;
        const int nibble = (low[32 * (index / 2) + l] >> (4 * (index % 2))) & 0xF;
        out.q[l] = static_cast<uint8_t>(nibble | fifth);
    }
    out.scale[0] = out.scale[1] = scale.factor;
    out.min = -scale.offset;
    return out;
}

SplitBlock splitQ6K(const uint8_t* block, int run) {
    SplitBlock out;
    const uint8_t* nibbles = block + 64 * (run / 4) + 32 * (run % 2);
    const uint8_t* pairs = block + 128 + 32 * (run / 4);
    for (int l = 0; l < 32; ++l) {
        const int low = (nibbles[l] >> (4 * ((run % 4) / 2))) & 0xF;
        out.q[l] = static_cast<uint8_t>(low | (((pairs[l] >> (2 * (run % 4))) & 3) << 4));
    }
    for (int half = 0; half < 2; ++half) {
        const auto scale = static_cast<int8_t>(block[192 + 2 * run + half]);
        out.scale[half] = loadHalf(block + 208) * static_cast<float>(scale);
    }
    out.min = 0;
    return out;
}

SplitBlock splitSmall(WeightType type, const uint8_t* block) {
    SplitBlock out;
    out.scale[0] = out.scale[1] = loadHalf(block);
    out.min = type == WeightType::kQ4_1 || type == WeightType::kQ5_1 ? loadHalf(block + 2) : 0;
    switch (type) {
        case WeightType::kQ4_0:
            nibblesOf(block + 2, out.q);
            break;
        case WeightType::kQ4_1:
            nibblesOf(block + 4, out.q);
            break;
        case WeightType::kQ5_0:
            fiveBitsOf(block + 6, load32(block + 2), out.q);
            break;
        case WeightType::kQ5_1:
            fiveBitsOf(block + 8, load32(block + 4), out.q);
            break;
        default:
            assert(type == WeightType::kQ8_0);
            for (int j = 0; j < 32; ++j) {
                out.q[j] = static_cast<uint8_t>(block[2 + j] ^ 0x80);  // q + 128
            }
    }
    return out;
}

}  // namespace

SplitInfo splitInfo(WeightType type) {
    switch (type) {
        case WeightType::kQ4_0:
            return {4, 8, false, false};
        case WeightType::kQ4_1:
        case WeightType::kQ4_K:
            return {4, 0, true, false};
        case WeightType::kQ5_0:
            return {5, 16, false, false};
        case WeightType::kQ5_1:
        case WeightType::kQ5_K:
            return {5, 0, true, false};
        case WeightType::kQ6_K:
            return {6, 32, false, true};
        default:
            assert(type == WeightType::kQ8_0);
            return {8, 128, false, false};
    }
}

SplitBlock splitBlock(WeightType type, const void* row, int64_t index) {
    const WeightTypeInfo& info = weightTypeInfo(type);
    const int64_t groups = info.blockElements / 32;
    const uint8_t* block = static_cast<const uint8_t*>(row) + index / groups * info.blockBytes;
    const int group = static_cast<int>(index % groups);
    switch (type) {
        case WeightType::kQ4_K:
            return splitGroup(block, nullptr, block + 16, group);
        case WeightType::kQ5_K:
            return splitGroup(block, block + 16, block + 48, group);
        case WeightType::kQ6_K:
            return splitQ6K(block, group);
        default:
            return splitSmall(type, block);
    }
}

}  // namespace tl
