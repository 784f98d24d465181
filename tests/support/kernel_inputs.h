// SPDX-License-Identifier: Apache-2.0
#pragma once

// Random inputs for kernels, the same on every machine, and the tables to try them on.

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "kernels/cpu/kernel_table.h"
#include "kernels/weight_type.h"

namespace tl {

using Random = std::mt19937;

inline float uniform(Random& random, float low, float high) {
    return low + (high - low) * static_cast<float>(random() >> 8) * 0x1p-24F;
}

inline std::vector<float> uniforms(Random& random, int64_t count, float low, float high) {
    std::vector<float> values(static_cast<size_t>(count));
    for (float& value : values) {
        value = uniform(random, low, high);
    }
    return values;
}

inline constexpr WeightType kAllWeightTypes[] = {WeightType::kF32,
                                                 WeightType::kF16,
                                                 WeightType::kBF16,
                                                 WeightType::kQ4_0,
                                                 WeightType::kQ4_1,
                                                 WeightType::kQ5_0,
                                                 WeightType::kQ5_1,
                                                 WeightType::kQ8_0,
                                                 WeightType::kQ4_K,
                                                 WeightType::kQ5_K,
                                                 WeightType::kQ6_K};

// Weights as a file stores them, and their values.
struct StoredMatrix {
    WeightType type = WeightType::kF32;
    int64_t rows = 0;
    int64_t columns = 0;
    std::vector<uint8_t> bytes;
    std::vector<float> values;  // by decodeRow

    int64_t rowBytes() const { return static_cast<int64_t>(bytes.size()) / rows; }
};

// Random bits everywhere; only the f16 and bf16 numbers among them are kept below 1, so that there
// is no infinity. Their exponents reach down to subnormal halves.
StoredMatrix randomMatrix(WeightType type, int64_t rows, int64_t columns, Random& random);

// For INSTANTIATE_TEST_SUITE_P over cpu::runnableCpuKernels().
inline auto everyTable() {
    const auto tables = cpu::runnableCpuKernels();
    return testing::ValuesIn(tables.begin(), tables.end());
}
inline std::string tableName(const testing::TestParamInfo<const cpu::KernelTable*>& info) {
    return std::string(info.param->name);
}

}  // namespace tl
