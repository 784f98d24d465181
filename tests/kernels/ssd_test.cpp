// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include <gtest/gtest.h>

#include "kernels/cpu/cpu_backend.h"
#include "tests/support/kernel_inputs.h"
#include "tests/support/reference_ops.h"

namespace tl {
namespace {

using cpu::CpuBackend;
using cpu::KernelTable;

// Sums of up to 256 products, then of 64 tokens. The running sum of dt * A reaches some 50 in a
// chunk, where f32 resolves 4e-6, and that goes into an exponent.
constexpr double kTolerance = 5e-5;

struct Shape {
    int64_t heads, groups, headDim, stateDim;
};
constexpr Shape kShapes[] = {{9, 9, 64, 64}, {16, 1, 32, 128}, {4, 2, 80, 16}, {2, 2, 128, 256}};

// The range of dt before softplus, and of -A.
struct Decay {
    float rawLow, rawHigh, slowest, fastest;
};
constexpr Decay kUsual = {-4, 1, 0.05F, 2};

struct Scan {
    Shape shape;
    int64_t tokens, width, dtStride;
    std::vector<float> xBC, dt, bias, A, D, h, y;

    Scan(Shape s, int64_t count, Decay decay = kUsual)
        : shape(s)
        , tokens(count)
        , width(s.heads * s.headDim + 2 * s.groups * s.stateDim)
        , dtStride(s.heads + 3) {
        Random random(static_cast<uint32_t>(s.headDim * 1000 + count));
        xBC = uniforms(random, tokens * width, -1, 1);
        dt = uniforms(random, tokens * dtStride, decay.rawLow, decay.rawHigh);
        bias = uniforms(random, s.heads, -0.5F, 0.5F);
        A = uniforms(random, s.heads, -decay.fastest, -decay.slowest);
        D = uniforms(random, s.heads, -1, 1);
        h = uniforms(random, s.heads * s.stateDim * s.headDim, -1, 1);
        y.resize(static_cast<size_t>(tokens * s.heads * s.headDim), NAN);
    }

    // Tokens [first, first + count).
    SsdArgs args(int64_t first, int64_t count) {
        return {xBC.data() + first * width,
                dt.data() + first * dtStride,
                bias.data(),
                A.data(),
                D.data(),
                h.data(),
                y.data() + first * shape.heads * shape.headDim,
                count,
                dtStride,
                shape.heads,
                shape.groups,
                shape.headDim,
                shape.stateDim};
    }

    void expectNear(const reference::SsdResult& expected, double tolerance) const {
        EXPECT_EQ(reference::firstDifference(y.data(), expected.y, tolerance), "") << "in y";
        EXPECT_EQ(reference::firstDifference(h.data(), expected.h, tolerance), "") << "in h";
    }
};

class SsdTest : public testing::TestWithParam<const KernelTable*> {
protected:
    std::unique_ptr<CpuBackend> backend(int threads, Shape s, int64_t tokens) {
        auto made = std::make_unique<CpuBackend>(*GetParam(), threads, ActivationType::kInt8);
        Backend::Limits limits;
        limits.tokens = tokens;
        limits.ssmHeads = s.heads;
        limits.ssmStateDim = s.stateDim;
        limits.ssmHeadDim = s.headDim;
        EXPECT_TRUE(made->prepare(limits).ok());
        return made;
    }
};

TEST_P(SsdTest, ChunksMatchTheRecurrence) {
    for (const Shape& shape : kShapes) {
        for (const int64_t tokens : {1, 2, 5, 16, 17, 63, 64, 65, 130}) {
            SCOPED_TRACE(testing::Message()
                         << "head size " << shape.headDim << ", tokens " << tokens);
            Scan scan(shape, tokens);
            Scan threaded = scan;
            const reference::SsdResult expected = reference::ssd(scan.args(0, tokens));
            backend(1, shape, tokens)->ssd(scan.args(0, tokens));
            scan.expectNear(expected, kTolerance);
            backend(3, shape, tokens)->ssd(threaded.args(0, tokens));
            EXPECT_EQ(threaded.y, scan.y) << "with three threads";
            EXPECT_EQ(threaded.h, scan.h) << "with three threads";
        }
    }
}

TEST_P(SsdTest, TheStateCarriesOverEverySplit) {
    const Shape shape = kShapes[2];
    const int64_t tokens = 21;
    const auto cpu = backend(1, shape, tokens);
    const reference::SsdResult expected = reference::ssd(Scan(shape, tokens).args(0, tokens));
    for (int64_t cut = 1; cut < tokens; ++cut) {
        SCOPED_TRACE(testing::Message() << "cut at " << cut);
        Scan scan(shape, tokens);
        cpu->ssd(scan.args(0, cut));
        cpu->ssd(scan.args(cut, tokens - cut));
        scan.expectNear(expected, kTolerance);
    }
}

TEST_P(SsdTest, StepsMatchTheRecurrence) {
    const Shape shape = kShapes[1];
    const int64_t tokens = 70;
    Scan scan(shape, tokens);
    const reference::SsdResult expected = reference::ssd(scan.args(0, tokens));
    const auto cpu = backend(3, shape, tokens);
    for (int64_t t = 0; t < tokens; ++t) {
        cpu->ssd(scan.args(t, 1));
    }
    scan.expectNear(expected, kTolerance);
}

// dt * A down to -400 a token: e^{-s_j} alone would be infinite, and the running sum comes to some
// -1e4, where f32 resolves 1e-3; that much is lost between a weak token and its neighbours.
TEST_P(SsdTest, StrongDecayNeitherOverflowsNorLosesTheRest) {
    for (const int64_t tokens : {1, 64, 130}) {
        Scan scan({4, 2, 80, 16}, tokens, {-8, 12, 10, 32});
        const reference::SsdResult expected = reference::ssd(scan.args(0, tokens));
        backend(1, scan.shape, tokens)->ssd(scan.args(0, tokens));
        scan.expectNear(expected, 4e-3);
    }
}

TEST_P(SsdTest, WithoutDecayTheStateOnlyGrows) {
    Scan scan({4, 2, 80, 16}, 130, {-1, 1, 0, 0});
    const reference::SsdResult expected = reference::ssd(scan.args(0, 130));
    backend(1, scan.shape, 130)->ssd(scan.args(0, 130));
    scan.expectNear(expected, kTolerance);
}

INSTANTIATE_TEST_SUITE_P(Tables, SsdTest, everyTable(), tableName);

}  // namespace
}  // namespace tl
