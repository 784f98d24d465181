// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>
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
using reference::Sum;
using reference::Sums;

constexpr int64_t kWidth = 256;  // the shortest row that every format has
constexpr int64_t kExperts = 5;
constexpr int64_t kUsed = 2;
constexpr float kEpsilon = 1e-5F;
constexpr float kAlpha = 0.75F;
// Two products of 256 terms on end, each an f32 sum whose roundings cost 2^-24 of what is there and
// partly cancel.
constexpr double kTolerance = 4e-5;

// A mixture, an input with a row stride, and who goes where.
struct Problem {
    StoredMatrix gate, up, down;
    int64_t size;
    std::vector<float> in, norm, before, weights;
    std::vector<int32_t> chosen;
    int64_t tokens;
    int64_t stride = kWidth + 5;
};

Problem makeProblem(WeightType type, int64_t size, int64_t tokens) {
    Random random(static_cast<uint32_t>(size * 100 + tokens));
    Problem p;
    p.size = size;
    p.tokens = tokens;
    p.gate = randomMatrix(type, kExperts * size, kWidth, random);
    p.up = randomMatrix(type, kExperts * size, kWidth, random);
    p.down = randomMatrix(type, kExperts * kWidth, size, random);
    p.in = uniforms(random, tokens * p.stride, -2, 2);
    p.norm = uniforms(random, kWidth, 0.5F, 1.5F);
    p.before = uniforms(random, tokens * p.stride, -1, 1);
    p.weights = uniforms(random, tokens * kUsed, 0.1F, 0.9F);
    for (int64_t t = 0; t < tokens; ++t) {
        // Expert 3 is nobody's; the order of a token's two is mixed.
        const auto first = static_cast<int32_t>(random() % 3);
        p.chosen.push_back(first);
        p.chosen.push_back(random() % 2 == 0 ? 4 : (first + 1) % 3);
    }
    return p;
}

// Tokens [first, first + count) of the problem.
std::vector<float> compute(Backend& backend, const Problem& p, int64_t first, int64_t count) {
    const auto pack = [&](const StoredMatrix& w) {
        return std::move(backend.pack(w.type, w.bytes.data(), w.rows, w.columns)).value();
    };
    const auto gate = pack(p.gate);
    const auto up = pack(p.up);
    const auto down = pack(p.down);
    std::vector<float> hidden(static_cast<size_t>(count * kUsed * p.size));
    std::vector<float> out(p.before.begin() + first * p.stride,
                           p.before.begin() + (first + count) * p.stride);
    ExpertsArgs args = {};
    args.in = p.in.data() + first * p.stride;
    args.normWeight = p.norm.data();
    args.chosen = p.chosen.data() + first * kUsed;
    args.weights = p.weights.data() + first * kUsed;
    args.gate = gate.get();
    args.up = up.get();
    args.down = down.get();
    args.hidden = hidden.data();
    args.out = out.data();
    args.tokens = count;
    args.experts = kExperts;
    args.used = kUsed;
    args.inStride = p.stride;
    args.outStride = p.stride;
    args.normEpsilon = kEpsilon;
    args.alpha = kAlpha;
    backend.experts(args);
    EXPECT_TRUE(backend.sync().ok());
    return out;
}

std::vector<float> expertRows(const StoredMatrix& matrix, int64_t expert) {
    const int64_t values = matrix.rows / kExperts * matrix.columns;
    const auto begin = matrix.values.begin() + expert * values;
    return {begin, begin + values};
}

// What one expert makes of one token, in double precision.
Sums expertOutput(const Problem& p, int64_t token, int64_t expert) {
    const std::vector<double> x = reference::rmsNorm(
        p.in.data() + token * p.stride, p.norm.data(), kWidth, static_cast<double>(kEpsilon));
    const Sums hidden =
        reference::swiGlu(reference::matmul(x, expertRows(p.gate, expert), 1, kWidth, 1),
                          reference::matmul(x, expertRows(p.up, expert), 1, kWidth, 1),
                          1);
    const std::vector<float> down = expertRows(p.down, expert);
    Sums out(kWidth);
    for (int64_t i = 0; i < kWidth * p.size; ++i) {
        const Sum& h = hidden[static_cast<size_t>(i % p.size)];
        const double weight = static_cast<double>(down[static_cast<size_t>(i)]);
        out[static_cast<size_t>(i / p.size)].value += h.value * weight;
        out[static_cast<size_t>(i / p.size)].magnitude += h.magnitude * std::abs(weight);
    }
    return out;
}

Sums expectedOutput(const Problem& p) {
    Sums out;
    for (const float before : p.before) {
        out.push_back({static_cast<double>(before), 0});
    }
    for (int64_t i = 0; i < p.tokens * kUsed; ++i) {
        const Sums one = expertOutput(p, i / kUsed, p.chosen[static_cast<size_t>(i)]);
        const double weight = static_cast<double>(kAlpha * p.weights[static_cast<size_t>(i)]);
        for (int64_t c = 0; c < kWidth; ++c) {
            Sum& sum = out[static_cast<size_t>(i / kUsed * p.stride + c)];
            sum.value += weight * one[static_cast<size_t>(c)].value;
            sum.magnitude += weight * one[static_cast<size_t>(c)].magnitude + 1;
        }
    }
    return out;
}

class ExpertsTest : public testing::TestWithParam<const KernelTable*> {
protected:
    std::unique_ptr<CpuBackend> backend(int threads, ActivationType activations) {
        auto made = std::make_unique<CpuBackend>(*GetParam(), threads, activations);
        Backend::Limits limits;
        limits.tokens = 64;
        limits.columns = kWidth;
        limits.experts = kExperts;
        limits.expertsUsed = kUsed;
        limits.expertColumns = kWidth;
        EXPECT_TRUE(made->prepare(limits).ok());
        return made;
    }
};

TEST_P(ExpertsTest, AddTheirWeightedSwiGluToTheirTokens) {
    const auto one = backend(1, ActivationType::kF32);
    const auto three = backend(3, ActivationType::kF32);
    for (const WeightType type : kAllWeightTypes) {
        for (const int64_t tokens : {1, 2, 19}) {
            const Problem p = makeProblem(type, kWidth, tokens);
            const std::vector<float> out = compute(*one, p, 0, tokens);
            ASSERT_EQ(reference::firstDifference(out.data(), expectedOutput(p), kTolerance), "")
                << weightTypeInfo(type).name << ", tokens " << tokens;
            ASSERT_EQ(out, compute(*three, p, 0, tokens)) << "with three threads";
        }
    }
}

// Sizes that end with a single panel; only plain numbers have rows that short.
TEST_P(ExpertsTest, MayBeOfAnyWholeNumberOfVectors) {
    const auto one = backend(1, ActivationType::kF32);
    for (const int64_t size : {16, 48}) {
        const Problem p = makeProblem(WeightType::kF16, size, 7);
        const std::vector<float> out = compute(*one, p, 0, 7);
        EXPECT_EQ(reference::firstDifference(out.data(), expectedOutput(p), kTolerance), "")
            << size;
    }
}

// With int8 activations an expert is what two plain products with its own matrices make, and those
// are held to their references by matmul_test.
TEST_P(ExpertsTest, Int8ActivationsGiveThePlainProductsOfEachExpert) {
    const auto backend = this->backend(2, ActivationType::kInt8);
    for (const WeightType type : {WeightType::kQ4_0, WeightType::kQ6_K, WeightType::kQ5_1}) {
        const Problem p = makeProblem(type, kWidth, 9);
        Sums expected;
        for (const float before : p.before) {
            expected.push_back(
                {static_cast<double>(before), std::abs(static_cast<double>(before))});
        }
        for (int64_t i = 0; i < p.tokens * kUsed; ++i) {
            const int64_t expert = p.chosen[static_cast<size_t>(i)];
            const auto pack = [&](const StoredMatrix& w) {
                const int64_t rows = w.rows / kExperts;
                const auto* bytes = w.bytes.data() + expert * rows * w.rowBytes();
                return std::move(backend->pack(w.type, bytes, rows, w.columns)).value();
            };
            const auto gate = pack(p.gate);
            const auto up = pack(p.up);
            const auto down = pack(p.down);
            std::vector<float> hidden(kWidth);
            std::vector<float> out(kWidth);
            backend->matmul({p.in.data() + i / kUsed * p.stride,
                             gate.get(),
                             up.get(),
                             p.norm.data(),
                             hidden.data(),
                             1,
                             kWidth,
                             kWidth,
                             kEpsilon,
                             1,
                             false});
            backend->matmul({hidden.data(),
                             down.get(),
                             nullptr,
                             nullptr,
                             out.data(),
                             1,
                             kWidth,
                             kWidth,
                             kEpsilon,
                             kAlpha,
                             false});
            for (int64_t c = 0; c < kWidth; ++c) {
                const double added = static_cast<double>(p.weights[static_cast<size_t>(i)]) *
                                     static_cast<double>(out[static_cast<size_t>(c)]);
                Sum& sum = expected[static_cast<size_t>(i / kUsed * p.stride + c)];
                sum.value += added;
                sum.magnitude += std::abs(added);
            }
        }
        const std::vector<float> out = compute(*backend, p, 0, p.tokens);
        // Two additions of f32 numbers are all that differs.
        EXPECT_EQ(reference::firstDifference(out.data(), expected, 3e-7), "")
            << weightTypeInfo(type).name;
    }
}

TEST_P(ExpertsTest, OneTokenGivesTheBitsOfMany) {
    const int64_t tokens = 13;
    for (const ActivationType activations : {ActivationType::kInt8, ActivationType::kF32}) {
        const auto one = backend(1, activations);
        const auto three = backend(3, activations);
        for (const WeightType type : {WeightType::kQ4_0, WeightType::kQ4_K, WeightType::kF16}) {
            const Problem p = makeProblem(type, kWidth, tokens);
            const std::vector<float> many = compute(*one, p, 0, tokens);
            ASSERT_EQ(many, compute(*three, p, 0, tokens)) << "with three threads";
            for (int64_t t = 0; t < tokens; ++t) {
                const std::vector<float> alone = compute(*three, p, t, 1);
                ASSERT_TRUE(std::equal(alone.begin(), alone.end(), many.begin() + t * p.stride))
                    << weightTypeInfo(type).name << ", token " << t;
            }
        }
    }
}

// What is no number would be everywhere at once.
TEST_P(ExpertsTest, OnesThatNobodyGoesToAreNotRead) {
    const auto backend = this->backend(2, ActivationType::kInt8);
    for (const int64_t tokens : {1, 7}) {
        Problem p = makeProblem(WeightType::kF32, kWidth, tokens);
        const std::vector<float> expected = compute(*backend, p, 0, tokens);
        for (StoredMatrix* matrix : {&p.gate, &p.up, &p.down}) {
            const int64_t bytes = matrix->rows / kExperts * matrix->rowBytes();
            const auto begin = matrix->bytes.begin() + 3 * bytes;
            std::fill(begin, begin + bytes, uint8_t{0xFF});
        }
        EXPECT_EQ(compute(*backend, p, 0, tokens), expected);
    }
}

class RouteTest : public ExpertsTest {
protected:
    struct Routes {
        std::vector<int32_t> chosen;
        std::vector<float> weights;
    };
    Routes route(const std::vector<float>& logits, int64_t experts, int64_t used) {
        const int64_t tokens = std::ssize(logits) / experts;
        Routes routes{std::vector<int32_t>(static_cast<size_t>(tokens * used), -1),
                      std::vector<float>(static_cast<size_t>(tokens * used))};
        backend(2, ActivationType::kInt8)
            ->route({logits.data(),
                     routes.chosen.data(),
                     routes.weights.data(),
                     tokens,
                     experts,
                     used});
        return routes;
    }
};

TEST_P(RouteTest, TheGreatestLogitsComeFirstAndOfEqualOnesTheFirst) {
    EXPECT_EQ(route({1, 3, 2, 3, -1}, 5, 3).chosen, (std::vector<int32_t>{1, 3, 2}));
    EXPECT_EQ(route({0, 0, 0, 0}, 4, 2).chosen, (std::vector<int32_t>{0, 1}));
    EXPECT_EQ(route({1, 2, 3, 4, 4, 3, 2, 1}, 4, 1).chosen, (std::vector<int32_t>{3, 0}));
    EXPECT_EQ(route({5, 7, 6}, 3, 3).chosen, (std::vector<int32_t>{1, 2, 0}));
}

TEST_P(RouteTest, WeightsAreTheSharesOfAllMadeToAddUpToOne) {
    Random random(3);
    const int64_t experts = 72;
    const int64_t used = 10;
    const std::vector<float> logits = uniforms(random, 33 * experts, -9, 9);
    const Routes routes = route(logits, experts, used);
    for (int64_t t = 0; t < 33; ++t) {
        std::vector<double> shares;
        double sum = 0;
        for (int64_t i = 0; i < used; ++i) {
            const auto at = static_cast<size_t>(t * used + i);
            shares.push_back(std::exp(
                static_cast<double>(logits[static_cast<size_t>(t * experts + routes.chosen[at])])));
            sum += shares.back();
        }
        for (int64_t i = 0; i < used; ++i) {
            const double expected = shares[static_cast<size_t>(i)] / sum;
            EXPECT_NEAR(
                routes.weights[static_cast<size_t>(t * used + i)], expected, 2e-6 * expected);
        }
    }
}

// Of a broken file's logits only nonsense can come, but from experts that there are.
TEST_P(RouteTest, WhatIsNoNumberStillChoosesDifferentExperts) {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const float infinity = std::numeric_limits<float>::infinity();
    for (const std::vector<float>& logits : {std::vector<float>{nan, nan, nan, nan},
                                             {1, nan, 2, nan},
                                             {nan, 1, nan, 2},
                                             {infinity, -infinity, infinity, nan}}) {
        const std::vector<int32_t> chosen = route(logits, 4, 3).chosen;
        std::vector<int> times(4);
        for (const int32_t expert : chosen) {
            ASSERT_TRUE(expert >= 0 && expert < 4);
            EXPECT_EQ(++times[static_cast<size_t>(expert)], 1);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Tables, ExpertsTest, everyTable(), tableName);
INSTANTIATE_TEST_SUITE_P(Tables, RouteTest, everyTable(), tableName);

}  // namespace
}  // namespace tl
