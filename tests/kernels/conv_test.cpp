// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "kernels/cpu/cpu_backend.h"
#include "tests/support/kernel_inputs.h"
#include "tests/support/reference_ops.h"

namespace tl {
namespace {

using cpu::CpuBackend;
using cpu::KernelTable;

// Five terms and a SiLU: some 2^-24 each, e^x to 2 ulp.
constexpr double kTolerance = 2e-6;
constexpr int64_t kChannels = 48;

struct Conv {
    int64_t taps, tokens, inStride;
    std::vector<float> in, weight, bias, state, out;

    Conv(int64_t tapCount, int64_t tokenCount)
        : taps(tapCount), tokens(tokenCount), inStride(kChannels + 9) {
        Random random(static_cast<uint32_t>(100 * taps + tokens));
        in = uniforms(random, tokens * inStride, -3, 3);
        weight = uniforms(random, taps * kChannels, -1, 1);
        bias = uniforms(random, kChannels, -1, 1);
        state = uniforms(random, (taps - 1) * kChannels, -3, 3);
        out.resize(static_cast<size_t>(tokens * kChannels));
    }

    // Tokens [first, first + count).
    ConvArgs args(int64_t first, int64_t count) {
        return {in.data() + first * inStride,
                weight.data(),
                bias.data(),
                state.data(),
                out.data() + first * kChannels,
                count,
                kChannels,
                taps,
                inStride};
    }

    // The inputs before what follows, by definition.
    std::vector<float> expectedState() const {
        std::vector<float> rows = state;
        for (int64_t t = 0; t < tokens; ++t) {
            const auto row = in.begin() + t * inStride;
            rows.insert(rows.end(), row, row + kChannels);
        }
        return {rows.end() - (taps - 1) * kChannels, rows.end()};
    }
};

class ConvTest : public testing::TestWithParam<const KernelTable*> {};

TEST_P(ConvTest, MatchesTheReferenceAndKeepsTheLastInputs) {
    for (const int threads : {1, 3}) {
        CpuBackend backend(*GetParam(), threads, ActivationType::kInt8);
        for (const int64_t taps : {2, 3, 4}) {
            for (const int64_t tokens : {1, 2, 3, 4, 5, 32, 33, 70}) {
                Conv conv(taps, tokens);
                const reference::Sums expected = reference::conv(conv.args(0, tokens));
                const std::vector<float> state = conv.expectedState();
                backend.conv(conv.args(0, tokens));
                ASSERT_EQ(reference::firstDifference(conv.out.data(), expected, kTolerance), "")
                    << taps << " taps, " << tokens << " tokens";
                ASSERT_EQ(conv.state, state) << taps << " taps, " << tokens << " tokens";
            }
        }
    }
}

TEST_P(ConvTest, SplitsGiveTheBitsOfOneRun) {
    CpuBackend backend(*GetParam(), 3, ActivationType::kInt8);
    for (const int64_t taps : {2, 4}) {
        const int64_t tokens = 37;
        Conv whole(taps, tokens);
        backend.conv(whole.args(0, tokens));
        for (int64_t cut = 1; cut < tokens; ++cut) {
            Conv parts(taps, tokens);
            backend.conv(parts.args(0, cut));
            backend.conv(parts.args(cut, tokens - cut));
            ASSERT_EQ(parts.out, whole.out) << taps << " taps, cut at " << cut;
            ASSERT_EQ(parts.state, whole.state) << taps << " taps, cut at " << cut;
        }
    }
}

TEST_P(ConvTest, StepsGiveTheBitsOfOneRun) {
    CpuBackend backend(*GetParam(), 1, ActivationType::kInt8);
    Conv whole(4, 9);
    Conv steps(4, 9);
    backend.conv(whole.args(0, 9));
    for (int64_t t = 0; t < 9; ++t) {
        backend.conv(steps.args(t, 1));
    }
    EXPECT_EQ(steps.out, whole.out);
    EXPECT_EQ(steps.state, whole.state);
}

INSTANTIATE_TEST_SUITE_P(Tables, ConvTest, everyTable(), tableName);

}  // namespace
}  // namespace tl
