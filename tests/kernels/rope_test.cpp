// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "kernels/cpu/cpu_backend.h"
#include "tests/support/kernel_inputs.h"
#include "tests/support/reference_ops.h"

namespace tl {
namespace {

using cpu::CpuBackend;
using cpu::KernelTable;

// What is left of an angle after whole turns is a float below 1/2, so it is off by 2^-25 turns at
// most, 1.9e-7 radians; sine, cosine, two products and a sum round a few times more.
constexpr double kTolerance = 4e-7;

// Turns per position of frequencies base^(-2 i / dims), split into two floats.
std::vector<float> turnsOf(double base, int64_t dims) {
    std::vector<float> high;
    std::vector<float> low;
    for (int64_t i = 0; i < dims / 2; ++i) {
        const double exponent = -2 * static_cast<double>(i) / static_cast<double>(dims);
        const double turns = std::pow(base, exponent) / (2 * std::acos(-1.0));
        high.push_back(static_cast<float>(turns));
        low.push_back(static_cast<float>(turns - static_cast<double>(high.back())));
    }
    high.insert(high.end(), low.begin(), low.end());
    return high;
}

struct Shape {
    int64_t tokens, heads, headDim, dims, position;
};

class RopeTest : public testing::TestWithParam<const KernelTable*> {
protected:
    void check(const Shape& s, int threads) {
        Random random(static_cast<uint32_t>(s.headDim + s.position));
        const std::vector<float> turns = turnsOf(10000, s.dims);
        const int64_t stride = s.heads * s.headDim + 5;
        std::vector<float> x = uniforms(random, 1 + s.tokens * stride, -3, 3);
        const std::vector<float> before = x;
        const RopeArgs args{
            x.data() + 1, turns.data(), s.tokens, s.position, stride, s.heads, s.headDim, s.dims};
        const reference::Sums expected = reference::rope(args);
        CpuBackend backend(*GetParam(), threads, ActivationType::kInt8);
        backend.rope(args);
        const int64_t width = s.heads * s.headDim;
        for (int64_t t = 0; t < s.tokens; ++t) {
            const auto row = expected.begin() + t * width;
            ASSERT_EQ(reference::firstDifference(
                          x.data() + 1 + t * stride, {row, row + width}, kTolerance),
                      "")
                << "head " << s.headDim << ", position " << s.position + t;
            for (int64_t i = width; i < stride && t * stride + i < s.tokens * stride; ++i) {
                const auto at = static_cast<size_t>(1 + t * stride + i);
                ASSERT_EQ(x[at], before[at]) << "written beyond a row";
            }
        }
    }
};

TEST_P(RopeTest, MatchesTheReferenceAtEveryPosition) {
    for (const Shape& s : {Shape{1, 1, 16, 16, 0},
                           {1, 3, 64, 64, 1},
                           {17, 12, 64, 64, 500},
                           {5, 2, 128, 128, 131071},
                           {3, 2, 512, 512, 1048573}}) {
        check(s, 1);
        check(s, 3);
    }
}

TEST_P(RopeTest, LeavesTheValuesBehindItsDimensionsAlone) {
    check({9, 2, 64, 32, 77}, 2);
    check({2, 3, 80, 16, 9}, 1);
}

TEST_P(RopeTest, PositionZeroChangesNothing) {
    const std::vector<float> turns = turnsOf(500000, 32);
    std::vector<float> x = {1, -2, 3, -4, 5, -6, 7, -8, 9, 1, 2, 3, 4, 5, 6, 7,
                            1, -2, 3, -4, 5, -6, 7, -8, 9, 1, 2, 3, 4, 5, 6, 7};
    const std::vector<float> before = x;
    CpuBackend backend(*GetParam(), 1, ActivationType::kInt8);
    backend.rope({x.data(), turns.data(), 1, 0, 32, 1, 32, 32});
    for (size_t i = 0; i < x.size(); ++i) {
        EXPECT_NEAR(x[i], before[i], kTolerance * std::abs(static_cast<double>(before[i])));
    }
}

TEST_P(RopeTest, BiasIsAddedToEveryRow) {
    Random random(4);
    const std::vector<float> bias = uniforms(random, 48, -2, 2);
    std::vector<float> x = uniforms(random, 10 * 50, -3, 3);
    std::vector<float> expected = x;
    for (size_t i = 0; i < x.size(); ++i) {
        expected[i] += i % 50 < 48 ? bias[i % 50] : 0.0F;
    }
    CpuBackend backend(*GetParam(), 2, ActivationType::kInt8);
    backend.addBias({x.data(), bias.data(), 10, 48, 50});
    EXPECT_EQ(x, expected);
}

INSTANTIATE_TEST_SUITE_P(Tables, RopeTest, everyTable(), tableName);

}  // namespace
}  // namespace tl
