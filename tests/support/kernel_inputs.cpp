// SPDX-License-Identifier: Apache-2.0
#include "tests/support/kernel_inputs.h"

#include <cstring>

namespace tl {
namespace {

// Where a block has halves, by byte.
std::vector<int64_t> halfOffsets(WeightType type) {
    switch (type) {
        case WeightType::kF32:
            return {};
        case WeightType::kQ4_1:
        case WeightType::kQ5_1:
        case WeightType::kQ4_K:
        case WeightType::kQ5_K:
            return {0, 2};
        case WeightType::kQ6_K:
            return {208};
        default:
            return {0};
    }
}

// Subnormal or below 2^-8, of either sign.
uint16_t smallHalf(Random& random) {
    const auto bits = static_cast<uint32_t>(random());
    return static_cast<uint16_t>((bits & 0x83FFU) | ((bits >> 16) % 7 << 10));
}

// Between 2^-16 and 2, of either sign.
uint16_t smallBfloat(Random& random) {
    const auto bits = static_cast<uint32_t>(random());
    return static_cast<uint16_t>((bits & 0x807FU) | ((112 + (bits >> 16) % 16) << 7));
}

void fillBlock(WeightType type, uint8_t* block, int64_t bytes, Random& random) {
    if (type == WeightType::kF32) {
        const float value = uniform(random, -1, 1);
        std::memcpy(block, &value, sizeof(value));
        return;
    }
    for (int64_t i = 0; i < bytes; ++i) {
        block[i] = static_cast<uint8_t>(random() >> 24);
    }
    for (const int64_t offset : halfOffsets(type)) {
        const uint16_t half = type == WeightType::kBF16 ? smallBfloat(random) : smallHalf(random);
        std::memcpy(block + offset, &half, sizeof(half));
    }
}

}  // namespace

StoredMatrix randomMatrix(WeightType type, int64_t rows, int64_t columns, Random& random) {
    const WeightTypeInfo& info = weightTypeInfo(type);
    StoredMatrix matrix{type, rows, columns, {}, {}};
    const int64_t blocks = rows * columns / info.blockElements;
    matrix.bytes.resize(static_cast<size_t>(blocks * info.blockBytes));
    for (int64_t b = 0; b < blocks; ++b) {
        fillBlock(type, matrix.bytes.data() + b * info.blockBytes, info.blockBytes, random);
    }
    matrix.values.resize(static_cast<size_t>(rows * columns));
    for (int64_t row = 0; row < rows; ++row) {
        decodeRow(type,
                  matrix.bytes.data() + row * matrix.rowBytes(),
                  columns,
                  matrix.values.data() + row * columns);
    }
    return matrix;
}

}  // namespace tl
