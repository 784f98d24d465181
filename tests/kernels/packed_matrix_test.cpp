// SPDX-License-Identifier: Apache-2.0
#include "kernels/cpu/packed_matrix.h"

#include <vector>

#include <gtest/gtest.h>

#include "kernels/cpu/cpu_backend.h"
#include "tests/support/kernel_inputs.h"

namespace tl {
namespace {

using cpu::PackedMatrix;

// Packing rearranges and changes no value: exact for every format, those with a minimum too, whose
// definition rounds twice and whose decoding here is compiled to do the same.
TEST(PackedMatrixTest, KeepsEveryValueOfEveryFormat) {
    Random random(3);
    for (const WeightType type : kAllWeightTypes) {
        for (const int64_t rows : {1, 16, 33}) {
            const StoredMatrix stored = randomMatrix(type, rows, 512, random);
            const auto packed = PackedMatrix::pack(type, stored.bytes.data(), rows, 512);
            ASSERT_TRUE(packed.ok());
            std::vector<float> row(512);
            for (int64_t r = 0; r < rows; ++r) {
                packed.value()->decodeRow(r, row.data());
                const std::vector<float> expected(stored.values.begin() + r * 512,
                                                  stored.values.begin() + (r + 1) * 512);
                ASSERT_EQ(row, expected) << weightTypeInfo(type).name << ", row " << r;
            }
        }
    }
}

TEST(PackedMatrixTest, TakesRowsAtAnyAddress) {
    Random random(4);
    const StoredMatrix stored = randomMatrix(WeightType::kQ5_K, 3, 256, random);
    std::vector<uint8_t> shifted(stored.bytes.size() + 1);
    std::copy(stored.bytes.begin(), stored.bytes.end(), shifted.begin() + 1);
    const auto packed = PackedMatrix::pack(WeightType::kQ5_K, shifted.data() + 1, 3, 256);
    ASSERT_TRUE(packed.ok());
    std::vector<float> row(256);
    packed.value()->decodeRow(2, row.data());
    EXPECT_TRUE(std::equal(row.begin(), row.end(), stored.values.begin() + 512));
}

TEST(PackedMatrixTest, CountsWhatAProductReads) {
    Random random(5);
    const StoredMatrix stored = randomMatrix(WeightType::kQ4_0, 20, 64, random);
    const auto packed = PackedMatrix::pack(WeightType::kQ4_0, stored.bytes.data(), 20, 64);
    ASSERT_TRUE(packed.ok());
    EXPECT_EQ(packed.value()->rows(), 20);
    EXPECT_EQ(packed.value()->columns(), 64);
    // Two panels of 16 rows, 18 bytes per 32 weights as in the file.
    EXPECT_EQ(packed.value()->bytes(), 2 * 16 * 64 / 32 * 18);
}

TEST(PackedMatrixTest, RefusesBrokenBlocksByName) {
    const std::vector<uint8_t> bytes(4096);
    const auto packed = PackedMatrix::pack(WeightType::kQ4_K, bytes.data(), 2, 288);
    ASSERT_FALSE(packed.ok());
    EXPECT_EQ(packed.error().code, ErrorCode::kUnsupported);
    EXPECT_EQ(packed.error().message, "Q4_K matrix with 288 columns, which is no multiple of 256");
}

TEST(PackedMatrixTest, PairsOnlyWithTheSameForm) {
    Random random(6);
    const auto pack = [&](WeightType type) {
        const StoredMatrix stored = randomMatrix(type, 4, 256, random);
        return std::move(PackedMatrix::pack(type, stored.bytes.data(), 4, 256)).value();
    };
    const auto q4 = pack(WeightType::kQ4_1);
    EXPECT_TRUE(q4->pairsWith(*pack(WeightType::kQ4_K)));
    EXPECT_FALSE(q4->pairsWith(*pack(WeightType::kQ6_K)));
}

TEST(EmbedTest, TakesTheNamedRowsTimesTheScale) {
    Random random(7);
    cpu::CpuBackend backend(*cpu::runnableCpuKernels().front(), 3, ActivationType::kInt8);
    for (const WeightType type : kAllWeightTypes) {
        const StoredMatrix stored = randomMatrix(type, 37, 256, random);
        const auto table = backend.pack(type, stored.bytes.data(), 37, 256);
        ASSERT_TRUE(table.ok());
        const std::vector<int32_t> ids = {36, 0, 5, 5, 17, 1, 2, 3, 4, 16};
        std::vector<float> out(ids.size() * 256);
        backend.embed(
            *table.value(), ids.data(), static_cast<int64_t>(ids.size()), 12.0F, out.data());
        for (size_t i = 0; i < out.size(); ++i) {
            const size_t row = static_cast<size_t>(ids[i / 256]);
            ASSERT_EQ(out[i], 12.0F * stored.values[row * 256 + i % 256])
                << weightTypeInfo(type).name << " " << i;
        }
    }
}

}  // namespace
}  // namespace tl
