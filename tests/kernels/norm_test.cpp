// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "kernels/cpu/cpu_backend.h"
#include "tests/support/kernel_inputs.h"
#include "tests/support/reference_ops.h"

namespace tl {
namespace {

using cpu::BlockScale;
using cpu::CpuBackend;
using cpu::KernelTable;
using reference::Sums;

// A root, a quotient and two products round, and the mean square is a sum of positive terms in
// sixteen lanes: a few 2^-24. The gate adds e^x, good to 2 ulp.
constexpr double kTolerance = 1e-6;
constexpr float kEpsilon = 1e-5F;

class NormTest : public testing::TestWithParam<const KernelTable*> {
protected:
    // RMS norm of 11 rows of `size`, from an odd address, with row strides.
    void checkRmsNorm(int64_t size) {
        Random random(static_cast<uint32_t>(size));
        const int64_t tokens = 11;
        const int64_t stride = size + 3;
        const std::vector<float> in = uniforms(random, 1 + tokens * stride, -3, 3);
        const std::vector<float> weight = uniforms(random, size, -2, 2);
        std::vector<float> out(static_cast<size_t>(tokens * (size + 1)));
        for (int64_t t = 0; t < tokens; ++t) {
            GetParam()->normRow(in.data() + 1 + t * stride,
                                weight.data(),
                                kEpsilon,
                                size,
                                out.data() + t * (size + 1));
            Sums expected;
            for (const double y : reference::rmsNorm(in.data() + 1 + t * stride,
                                                     weight.data(),
                                                     size,
                                                     static_cast<double>(kEpsilon))) {
                expected.push_back({y, std::abs(y)});
            }
            ASSERT_EQ(reference::firstDifference(out.data() + t * (size + 1), expected, kTolerance),
                      "")
                << "size " << size << ", token " << t;
        }
    }
};

TEST_P(NormTest, RmsNormMatchesTheReference) {
    for (const int64_t size : {16, 32, 48, 80, 576, 768, 1536}) {
        checkRmsNorm(size);
    }
}

TEST_P(NormTest, RmsNormOfZerosIsZero) {
    std::vector<float> row(48, 0.0F);
    const std::vector<float> weight(48, 1.0F);
    GetParam()->normRow(row.data(), weight.data(), kEpsilon, 48, row.data());
    EXPECT_EQ(row, std::vector<float>(48, 0.0F));
}

TEST_P(NormTest, GatedNormMatchesTheReference) {
    struct Shape {
        int64_t tokens, size, groups;
    };
    for (const Shape s : {Shape{1, 576, 1}, {1, 128, 2}, {9, 96, 1}, {17, 256, 4}, {3, 160, 2}}) {
        for (const int threads : {1, 3}) {
            Random random(static_cast<uint32_t>(s.size + s.tokens));
            const int64_t zStride = s.size + 7;
            // Gates far out on both sides too, where the sigmoid is 0 or 1.
            const std::vector<float> z = uniforms(random, s.tokens * zStride, -100, 100);
            const std::vector<float> weight = uniforms(random, s.size, -2, 2);
            std::vector<float> y = uniforms(random, s.tokens * s.size, -3, 3);
            const GatedNormArgs args{
                z.data(), weight.data(), y.data(), s.tokens, s.size, s.groups, zStride, kEpsilon};
            Sums expected = reference::gatedNorm(args);
            for (reference::Sum& sum : expected) {
                sum.magnitude += 1e-30;  // what e^-87 and less is flushed to zero from
            }
            CpuBackend backend(*GetParam(), threads, ActivationType::kInt8);
            backend.gatedNorm(args);
            EXPECT_EQ(reference::firstDifference(y.data(), expected, kTolerance), "")
                << s.tokens << " x " << s.size << ", groups " << s.groups;
        }
    }
}

class QuantizeTest : public testing::TestWithParam<const KernelTable*> {};

// Checks one block against the values it stands for.
void checkBlock(const double* x, const int8_t* q, const BlockScale& scale) {
    double largest = 0;
    int32_t sum = 0;
    int32_t high = 0;
    for (int i = 0; i < 32; ++i) {
        largest = std::max(largest, std::abs(x[i]));
        sum += q[i];
        high += i < 16 ? 0 : q[i];
    }
    const double step = static_cast<double>(scale.scale);
    EXPECT_NEAR(step, largest / 127, 1e-6 * largest / 127);
    for (int i = 0; i < 32; ++i) {
        // Half a step, and what f32 loses of 127 steps.
        EXPECT_LE(std::abs(static_cast<double>(q[i]) * step - x[i]), (0.5 + 1e-4) * step) << i;
    }
    EXPECT_EQ(scale.minus8Sum, -8 * sum);
    EXPECT_EQ(scale.minus8SumHigh, -8 * high);
    EXPECT_EQ(scale.scaledSum, scale.scale * static_cast<float>(sum));
}

TEST_P(QuantizeTest, RoundsBlocksToTheNearestOf127Steps) {
    const int64_t size = 160;
    Random random(8);
    std::vector<float> row = uniforms(random, size, -5, 5);
    std::fill(row.begin() + 32, row.begin() + 64, 0.0F);
    row[70] = 1e4F;  // one large value, others of its block round to nothing
    const std::vector<float> weight = uniforms(random, size, -2, 2);
    for (const float* norm : {static_cast<const float*>(nullptr), weight.data()}) {
        std::vector<int8_t> q(static_cast<size_t>(size), 99);
        std::vector<BlockScale> scales(static_cast<size_t>(size / 32));
        GetParam()->quantizeRow(row.data(), norm, kEpsilon, size, q.data(), scales.data());
        std::vector<double> x(row.begin(), row.end());
        if (norm != nullptr) {
            x = reference::rmsNorm(row.data(), norm, size, static_cast<double>(kEpsilon));
        }
        for (size_t b = 0; b < scales.size(); ++b) {
            checkBlock(x.data() + 32 * b, q.data() + 32 * b, scales[b]);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Tables, NormTest, everyTable(), tableName);
INSTANTIATE_TEST_SUITE_P(Tables, QuantizeTest, everyTable(), tableName);

}  // namespace
}  // namespace tl
