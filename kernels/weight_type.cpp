// SPDX-License-Identifier: Apache-2.0
// Block layouts follow ggml-common.h, arithmetic follows dequantize_row_* in ggml-quants.c term by
// term, so that a value decodes to the same bits here as there. Compiled with -ffp-contract=off
// (CMakeLists.txt): a fused multiply-add would round once where the definition rounds twice.
#include "kernels/weight_type.h"

#include <array>
#include <bit>
#include <cassert>

#include "kernels/block_bits.h"

namespace tl {
namespace {

void decodeF32(const uint8_t* block, float* out) {
    *out = std::bit_cast<float>(load32(block));
}

void decodeF16(const uint8_t* block, float* out) {
    *out = loadHalf(block);
}

void decodeBF16(const uint8_t* block, float* out) {
    *out = bfloat16ToFloat(load16(block));
}

// Blocks of 32: value j has its low bits in the low nibble of byte j, value j + 16 in the high one.

// half d, 16 bytes of nibbles.
void decodeQ40(const uint8_t* block, float* out) {
    const float d = loadHalf(block);
    const uint8_t* nibbles = block + 2;
    for (int j = 0; j < 16; ++j) {
        out[j] = static_cast<float>((nibbles[j] & 0xF) - 8) * d;
        out[j + 16] = static_cast<float>((nibbles[j] >> 4) - 8) * d;
    }
}

// half d, half m, 16 bytes of nibbles.
void decodeQ41(const uint8_t* block, float* out) {
    const float d = loadHalf(block);
    const float m = loadHalf(block + 2);
    const uint8_t* nibbles = block + 4;
    for (int j = 0; j < 16; ++j) {
        out[j] = static_cast<float>(nibbles[j] & 0xF) * d + m;
        out[j + 16] = static_cast<float>(nibbles[j] >> 4) * d + m;
    }
}

// half d, 4 bytes of fifth bits, 16 bytes of nibbles.
void decodeQ50(const uint8_t* block, float* out) {
    const float d = loadHalf(block);
    std::array<int, 32> values{};
    unpack5Bits(block + 6, load32(block + 2), values.data());
    for (size_t j = 0; j < values.size(); ++j) {
        out[j] = static_cast<float>(values[j] - 16) * d;
    }
}

// half d, half m, 4 bytes of fifth bits, 16 bytes of nibbles.
void decodeQ51(const uint8_t* block, float* out) {
    const float d = loadHalf(block);
    const float m = loadHalf(block + 2);
    std::array<int, 32> values{};
    unpack5Bits(block + 8, load32(block + 4), values.data());
    for (size_t j = 0; j < values.size(); ++j) {
        out[j] = static_cast<float>(values[j]) * d + m;
    }
}

// half d, 32 signed bytes.
void decodeQ80(const uint8_t* block, float* out) {
    const float d = loadHalf(block);
    for (int j = 0; j < 32; ++j) {
        out[j] = static_cast<float>(static_cast<int8_t>(block[2 + j])) * d;
    }
}

// half d, half dmin, 12 bytes of scales, 128 bytes of nibbles: 32 bytes per pair of groups.
void decodeQ4K(const uint8_t* block, float* out) {
    for (int group = 0; group < 8; ++group) {
        const GroupScale scale = groupScale(block, group);
        const uint8_t* nibbles = block + 16 + 32 * (group / 2);
        const int shift = 4 * (group % 2);
        for (int l = 0; l < 32; ++l) {
            const int q = (nibbles[l] >> shift) & 0xF;
            out[32 * group + l] = scale.factor * static_cast<float>(q) - scale.offset;
        }
    }
}

// As Q4_K with 32 bytes of fifth bits before the nibbles: bit g of byte l belongs to group g.
void decodeQ5K(const uint8_t* block, float* out) {
    const uint8_t* high = block + 16;
    for (int group = 0; group < 8; ++group) {
        const GroupScale scale = groupScale(block, group);
        const uint8_t* nibbles = block + 48 + 32 * (group / 2);
        const int shift = 4 * (group % 2);
        for (int l = 0; l < 32; ++l) {
            const int q = ((nibbles[l] >> shift) & 0xF) | (((high[l] >> group) & 1) << 4);
            out[32 * group + l] = scale.factor * static_cast<float>(q) - scale.offset;
        }
    }
}

// 128 bytes of low nibbles, 64 bytes of upper bit pairs, 16 signed scales, half d. Each half of the
// super-block has four runs of 32 values: runs 0 and 1 in low nibbles, 2 and 3 in high nibbles.
void decodeQ6K(const uint8_t* block, float* out) {
    const uint8_t* scales = block + 192;
    const float d = loadHalf(block + 208);
    for (int run = 0; run < 8; ++run) {
        const int half = run / 4;
        const uint8_t* nibbles = block + 64 * half + 32 * (run % 2);
        const uint8_t* pairs = block + 128 + 32 * half;
        const int nibbleShift = 4 * ((run % 4) / 2);
        const int pairShift = 2 * (run % 4);
        for (int l = 0; l < 32; ++l) {
            const int low = (nibbles[l] >> nibbleShift) & 0xF;
            const int q = (low | (((pairs[l] >> pairShift) & 3) << 4)) - 32;
            const float scale = static_cast<int8_t>(scales[2 * run + l / 16]);
            out[32 * run + l] = d * scale * static_cast<float>(q);
        }
    }
}

struct Format {
    WeightTypeInfo info;
    void (*decodeBlock)(const uint8_t* block, float* out);
};

constexpr std::array<Format, 11> kFormats{{
    {{WeightType::kF32, "F32", 1, 4}, decodeF32},
    {{WeightType::kF16, "F16", 1, 2}, decodeF16},
    {{WeightType::kQ4_0, "Q4_0", 32, 18}, decodeQ40},
    {{WeightType::kQ4_1, "Q4_1", 32, 20}, decodeQ41},
    {{WeightType::kQ5_0, "Q5_0", 32, 22}, decodeQ50},
    {{WeightType::kQ5_1, "Q5_1", 32, 24}, decodeQ51},
    {{WeightType::kQ8_0, "Q8_0", 32, 34}, decodeQ80},
    {{WeightType::kQ4_K, "Q4_K", 256, 144}, decodeQ4K},
    {{WeightType::kQ5_K, "Q5_K", 256, 176}, decodeQ5K},
    {{WeightType::kQ6_K, "Q6_K", 256, 210}, decodeQ6K},
    {{WeightType::kBF16, "BF16", 1, 2}, decodeBF16},
}};

const Format* findFormat(uint32_t id) {
    for (const Format& format : kFormats) {
        if (static_cast<uint32_t>(format.info.type) == id) {
            return &format;
        }
    }
    return nullptr;
}

// ggml.h, enum ggml_type.
constexpr std::array<std::string_view, 41> kTypeNames{
    "F32",   "F16",        "Q4_0",       "Q4_1",       "Q4_2",     "Q4_3",     "Q5_0",
    "Q5_1",  "Q8_0",       "Q8_1",       "Q2_K",       "Q3_K",     "Q4_K",     "Q5_K",
    "Q6_K",  "Q8_K",       "IQ2_XXS",    "IQ2_XS",     "IQ3_XXS",  "IQ1_S",    "IQ4_NL",
    "IQ3_S", "IQ2_S",      "IQ4_XS",     "I8",         "I16",      "I32",      "I64",
    "F64",   "IQ1_M",      "BF16",       "Q4_0_4_4",   "Q4_0_4_8", "Q4_0_8_8", "TQ1_0",
    "TQ2_0", "IQ4_NL_4_4", "IQ4_NL_4_8", "IQ4_NL_8_8", "MXFP4",    "NVFP4"};

}  // namespace

const WeightTypeInfo* weightTypeInfo(uint32_t id) {
    const Format* format = findFormat(id);
    return format == nullptr ? nullptr : &format->info;
}

std::string ggufTypeName(uint32_t id) {
    return id < kTypeNames.size() ? std::string(kTypeNames[id]) : "type " + std::to_string(id);
}

void decodeRow(WeightType type, const void* row, int64_t count, float* out) {
    const Format* format = findFormat(static_cast<uint32_t>(type));
    assert(format != nullptr && count % format->info.blockElements == 0);
    const uint8_t* block = static_cast<const uint8_t*>(row);
    for (int64_t done = 0; done < count; done += format->info.blockElements) {
        format->decodeBlock(block, out + done);
        block += format->info.blockBytes;
    }
}

}  // namespace tl
