// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>
#include <cstring>
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

// Products are f32 sums of up to 256 terms in one order; each rounding costs 2^-24 of what is
// there, and they partly cancel. One quantised weight off by one is 1/15 of one of 256
// terms: 2.6e-4.
constexpr double kTolerance = 2e-5;
constexpr int64_t kColumns = 256;  // the shortest row that every format has
constexpr float kEpsilon = 1e-5F;
constexpr float kUntouched = 77.0F;

struct Variant {
    bool norm = false;
    bool swiGlu = false;
    bool accumulate = false;
    float alpha = 1;
};

// One product: matrices, input with a row stride, and what the output holds before.
struct Problem {
    StoredMatrix weights;
    StoredMatrix gate;
    std::vector<float> in;
    std::vector<float> norm;
    std::vector<float> before;
    int64_t tokens;
    int64_t inStride;
    int64_t outStride;
    Variant variant;
};

Problem makeProblem(WeightType type, int64_t rows, int64_t tokens, Variant variant) {
    Random random(static_cast<uint32_t>(rows * 1000 + tokens));
    Problem p;
    p.weights = randomMatrix(type, rows, kColumns, random);
    p.gate = randomMatrix(type, rows, kColumns, random);
    p.tokens = tokens;
    p.inStride = kColumns + 5;
    p.outStride = rows + 3;
    p.in = uniforms(random, tokens * p.inStride, -2, 2);
    p.norm = uniforms(random, kColumns, 0.5F, 1.5F);
    p.before = uniforms(random, tokens * p.outStride, -1, 1);
    for (int64_t t = 0; t < tokens; ++t) {
        for (int64_t i = rows; i < p.outStride; ++i) {
            p.before[static_cast<size_t>(t * p.outStride + i)] = kUntouched;
        }
    }
    p.variant = variant;
    return p;
}

// Tokens [first, first + count) of the problem.
std::vector<float> compute(Backend& backend, const Problem& p, int64_t first, int64_t count) {
    const StoredMatrix& w = p.weights;
    const auto weights = backend.pack(w.type, w.bytes.data(), w.rows, w.columns);
    const auto gate = backend.pack(w.type, p.gate.bytes.data(), w.rows, w.columns);
    EXPECT_TRUE(weights.ok() && gate.ok());
    std::vector<float> out(p.before.begin() + first * p.outStride,
                           p.before.begin() + (first + count) * p.outStride);
    backend.matmul({p.in.data() + first * p.inStride,
                    weights.value().get(),
                    p.variant.swiGlu ? gate.value().get() : nullptr,
                    p.variant.norm ? p.norm.data() : nullptr,
                    out.data(),
                    count,
                    p.inStride,
                    p.outStride,
                    kEpsilon,
                    p.variant.alpha,
                    p.variant.accumulate});
    EXPECT_TRUE(backend.sync().ok());
    return out;
}

// What the products are made of: the inputs, normed, and for int8 after their rounding, which
// QuantizeTest checks by itself.
std::vector<double> effectiveInput(const KernelTable& table,
                                   ActivationType type,
                                   const Problem& p) {
    std::vector<double> input;
    const float* norm = p.variant.norm ? p.norm.data() : nullptr;
    const bool plain = weightTypeInfo(p.weights.type).blockElements == 1;
    for (int64_t t = 0; t < p.tokens; ++t) {
        const float* row = p.in.data() + t * p.inStride;
        if (type == ActivationType::kInt8 && !plain) {
            std::array<int8_t, kColumns> q{};
            std::array<cpu::BlockScale, kColumns / cpu::kQuantBlock> scales{};
            table.quantizeRow(row, norm, kEpsilon, kColumns, q.data(), scales.data());
            for (size_t k = 0; k < q.size(); ++k) {
                input.push_back(static_cast<double>(q[k]) *
                                static_cast<double>(scales[k / cpu::kQuantBlock].scale));
            }
        } else if (norm != nullptr) {
            const auto normed =
                reference::rmsNorm(row, norm, kColumns, static_cast<double>(kEpsilon));
            input.insert(input.end(), normed.begin(), normed.end());
        } else {
            input.insert(input.end(), row, row + kColumns);
        }
    }
    return input;
}

Sums expectedOutput(const KernelTable& table, ActivationType type, const Problem& p) {
    const std::vector<double> input = effectiveInput(table, type, p);
    const double alpha = static_cast<double>(p.variant.alpha);
    const double first = p.variant.swiGlu ? 1.0 : alpha;
    Sums product = reference::matmul(input, p.weights.values, p.tokens, kColumns, first);
    if (p.variant.swiGlu) {
        const Sums up = reference::matmul(input, p.gate.values, p.tokens, kColumns, 1.0);
        product = reference::swiGlu(product, up, alpha);
    }
    Sums out;
    for (int64_t i = 0; i < p.tokens * p.outStride; ++i) {
        const double before = static_cast<double>(p.before[static_cast<size_t>(i)]);
        const int64_t row = i % p.outStride;
        if (row >= p.weights.rows) {
            out.push_back({before, 0});  // must be what it was, exactly
            continue;
        }
        Sum sum = product[static_cast<size_t>(i / p.outStride * p.weights.rows + row)];
        if (p.variant.accumulate) {
            sum.value += before;
            sum.magnitude += std::abs(before);
        }
        out.push_back(sum);
    }
    return out;
}

class MatmulTest : public testing::TestWithParam<const KernelTable*> {
protected:
    std::unique_ptr<CpuBackend> backend(int threads, ActivationType activations) {
        auto made = std::make_unique<CpuBackend>(*GetParam(), threads, activations);
        Backend::Limits limits;
        limits.tokens = 64;
        limits.columns = kColumns;
        EXPECT_TRUE(made->prepare(limits).ok());
        return made;
    }

    void check(ActivationType type, const std::vector<int64_t>& rows, Variant variant) {
        const auto single = backend(1, type);
        const auto several = backend(3, type);
        for (const WeightType weights : kAllWeightTypes) {
            for (const int64_t count : rows) {
                for (const int64_t tokens : {1, 2, 5, 6, 7, 13, 64}) {
                    const Problem p = makeProblem(weights, count, tokens, variant);
                    const std::vector<float> out = compute(*single, p, 0, tokens);
                    const Sums expected = expectedOutput(*GetParam(), type, p);
                    ASSERT_EQ(reference::firstDifference(out.data(), expected, kTolerance), "")
                        << weightTypeInfo(weights).name << ", rows " << count << ", tokens "
                        << tokens;
                    ASSERT_EQ(out, compute(*several, p, 0, tokens)) << "with three threads";
                }
            }
        }
    }
};

TEST_P(MatmulTest, Int8ActivationsMatchTheirExactProducts) {
    check(ActivationType::kInt8, {1, 15, 16, 17, 33}, {});
}

TEST_P(MatmulTest, F32ActivationsMatchTheDecodedWeights) {
    check(ActivationType::kF32, {1, 15, 16, 17, 33}, {});
}

TEST_P(MatmulTest, NormsTheInputFirst) {
    for (const ActivationType type : {ActivationType::kInt8, ActivationType::kF32}) {
        check(type, {17}, {.norm = true});
    }
}

TEST_P(MatmulTest, AddsTheScaledProductToTheOutput) {
    for (const ActivationType type : {ActivationType::kInt8, ActivationType::kF32}) {
        check(type, {1, 33}, {.accumulate = true, .alpha = -0.75F});
    }
}

TEST_P(MatmulTest, GatesOneProductWithTheOther) {
    for (const ActivationType type : {ActivationType::kInt8, ActivationType::kF32}) {
        check(type, {16, 33}, {.norm = true, .swiGlu = true, .alpha = 0.5F});
    }
}

TEST_P(MatmulTest, SharesOutManyRowsAmongThreads) {
    const int64_t rows = 619;  // many pairs of panels, and neither the last pair nor panel is whole
    const auto one = backend(1, ActivationType::kInt8);
    const auto three = backend(3, ActivationType::kInt8);
    for (const WeightType type : {WeightType::kQ4_0, WeightType::kQ6_K, WeightType::kF16}) {
        for (const int64_t tokens : {1, 7, 64}) {
            const Problem p = makeProblem(type, rows, tokens, {});
            const std::vector<float> out = compute(*three, p, 0, tokens);
            const Sums expected = expectedOutput(*GetParam(), ActivationType::kInt8, p);
            EXPECT_EQ(reference::firstDifference(out.data(), expected, kTolerance), "") << tokens;
            EXPECT_EQ(out, compute(*one, p, 0, tokens)) << tokens;
        }
    }
}

// A token's result must not depend on how many others come with it: a prompt read in parts gives
// the same bits as one read at once.
TEST_P(MatmulTest, OneTokenGivesTheBitsOfMany) {
    const int64_t tokens = 13;
    for (const ActivationType activations : {ActivationType::kInt8, ActivationType::kF32}) {
        const auto one = backend(1, activations);
        for (const WeightType type : kAllWeightTypes) {
            for (const bool swiGlu : {false, true}) {
                Variant variant{.norm = true, .swiGlu = swiGlu, .alpha = 1.25F};
                variant.accumulate = !swiGlu;
                const Problem p = makeProblem(type, 33, tokens, variant);
                const std::vector<float> many = compute(*one, p, 0, tokens);
                for (int64_t t = 0; t < tokens; ++t) {
                    const std::vector<float> alone = compute(*one, p, t, 1);
                    ASSERT_TRUE(
                        std::equal(alone.begin(), alone.end(), many.begin() + t * p.outStride))
                        << weightTypeInfo(type).name << ", token " << t;
                }
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Tables, MatmulTest, everyTable(), tableName);

}  // namespace
}  // namespace tl
