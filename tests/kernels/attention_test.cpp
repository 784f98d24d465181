// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <memory>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "kernels/cpu/cpu_backend.h"
#include "tests/support/kernel_inputs.h"
#include "tests/support/kv_store.h"
#include "tests/support/reference_ops.h"

namespace tl {
namespace {

using cpu::CpuBackend;
using cpu::KernelTable;
using reference::keyAt;
using reference::valueAt;

// The reference reads the stored keys and values, so that only the sums' rounding is left: logits
// of a few units to some 1e-6, which is a weight's relative error, then sums of thousands of
// weights in 64 partial ones.
constexpr double kTolerance = 5e-5;
// Products with the stored bytes take queries and weights as numbers of 16 bits. Half a step in
// each of the 128 summands of a logit makes 2e-5 of it on average and five times that at worst,
// twice over for a row and the weight of its largest key. The keys' own 8 bits cost a hundred times
// more.
constexpr double kByteTolerance = 3e-4;

double toleranceOf(const KernelTable& table, KvType type) {
    return type == KvType::kInt8 && table.name == "avx512" ? kByteTolerance : kTolerance;
}

struct Case {
    int64_t heads, kvHeads, headDim;
    int64_t position, tokens;
    int64_t window = 0;
    double logScaleBase = 0;
};

// A cache filled up to position + tokens, and queries for the last `tokens`.
struct Attention {
    Case c;
    KvStore kv;
    int64_t qStride;
    std::vector<float> keys, values, q, out, scores;

    Attention(const Case& shape, KvType type)
        : c(shape)
        , kv(type, c.kvHeads, c.headDim, c.position + c.tokens)
        , qStride(c.heads * c.headDim + 5) {
        Random random(static_cast<uint32_t>(c.position + 7 * c.headDim + c.tokens));
        const int64_t width = c.kvHeads * c.headDim;
        keys = uniforms(random, (c.position + c.tokens) * width, -2, 2);
        values = uniforms(random, (c.position + c.tokens) * width, -2, 2);
        q = uniforms(random, c.tokens * qStride, -2, 2);
        out.resize(static_cast<size_t>(c.tokens * c.heads * c.headDim), NAN);
    }

    void append(Backend& backend) const {
        const int64_t width = c.kvHeads * c.headDim;
        backend.kvAppend(
            {keys.data(), values.data(), kv.view(), c.position + c.tokens, 0, width, width});
    }
    AttentionArgs args() {
        const float scale = 1.0F / std::sqrt(static_cast<float>(c.headDim));
        return {q.data(),
                kv.view(),
                out.data(),
                c.tokens,
                c.position,
                c.heads,
                c.window,
                qStride,
                scale,
                c.logScaleBase,
                scores.empty() ? nullptr : scores.data(),
                0,
                c.tokens};
    }
};

class AttentionTest : public testing::TestWithParam<const KernelTable*> {
protected:
    std::unique_ptr<CpuBackend> backend(int threads, const Case& c) {
        auto made = std::make_unique<CpuBackend>(*GetParam(), threads, ActivationType::kInt8);
        Backend::Limits limits;
        limits.tokens = c.tokens;
        limits.heads = c.heads;
        limits.headDim = c.headDim;
        EXPECT_TRUE(made->prepare(limits).ok());
        return made;
    }

    void check(const Case& c) {
        for (const KvType type : {KvType::kInt8, KvType::kF16}) {
            SCOPED_TRACE(testing::Message()
                         << c.heads << "/" << c.kvHeads << " heads of " << c.headDim
                         << ", position " << c.position << ", tokens " << c.tokens << ", window "
                         << c.window << (type == KvType::kInt8 ? ", int8" : ", f16"));
            Attention a(c, type);
            const auto single = backend(1, c);
            a.append(*single);
            const reference::AttentionResult expected = reference::attention(a.args());
            single->attention(a.args());
            const double tolerance = toleranceOf(*GetParam(), type);
            EXPECT_EQ(reference::firstDifference(a.out.data(), expected.out, tolerance), "");
            const std::vector<float> alone = a.out;
            backend(3, c)->attention(a.args());
            EXPECT_EQ(a.out, alone) << "with three threads";
        }
    }
};

TEST_P(AttentionTest, MatchesTheReferenceForAllHeadShapes) {
    check({4, 1, 32, 0, 1});
    check({4, 2, 64, 30, 5});
    check({4, 4, 80, 63, 17});
    check({8, 2, 128, 64, 33});
    check({3, 1, 16, 200, 1});
}

TEST_P(AttentionTest, SeesNoFurtherThanTheWindow) {
    check({2, 1, 32, 0, 40, 5});
    check({2, 2, 32, 600, 3, 5});
    check({4, 2, 64, 100, 35, 70});
    check({2, 1, 32, 1500, 20, 512});
    check({2, 1, 32, 90, 20, 512});
}

TEST_P(AttentionTest, CrossesPagesAndSplits) {
    check({2, 1, 32, 3000, 1});
    check({2, 1, 32, 3070, 3});
    check({2, 2, 32, 4090, 18});
    check({2, 1, 32, 4095, 1});
    check({2, 1, 32, 4096, 1});
    check({2, 1, 32, 4100, 17, 70});
    check({1, 1, 32, 8200, 2, 5000});
}

TEST_P(AttentionTest, StretchesLogitsWithTheLogarithmOfTheReach) {
    check({2, 1, 64, 100, 4, 0, 64.0});
    check({2, 1, 64, 40, 30, 0, 64.0});  // some below the base, where nothing changes
    check({2, 1, 32, 300, 4, 70, 128.0});
}

// A few keys take nearly everything, and the many others together as much as one of them: none may
// be rounded away with its like.
TEST_P(AttentionTest, ManySmallWeightsCountBesideALargeOne) {
    const Case c{2, 1, 32, 8000, 1};
    for (const KvType type : {KvType::kInt8, KvType::kF16}) {
        Attention a(c, type);
        for (int64_t i = 0; i < 32; ++i) {
            a.q[static_cast<size_t>(i)] = a.q[static_cast<size_t>(32 + i)] = 1.5F;
            for (int64_t key = 0; key < c.position; ++key) {
                // The first key of each thousand by e^9 above the rest, alone in its tile.
                const float size = key % 1000 == 0 ? 1.0F : -0.06F;
                a.keys[static_cast<size_t>(key * 32 + i)] = size;
                a.values[static_cast<size_t>(key * 32 + i)] = key % 1000 == 0 ? -1.0F : 1.0F;
            }
        }
        const auto cpu = backend(1, c);
        a.append(*cpu);
        const reference::AttentionResult expected = reference::attention(a.args());
        cpu->attention(a.args());
        const double tolerance = toleranceOf(*GetParam(), type);
        EXPECT_EQ(reference::firstDifference(a.out.data(), expected.out, tolerance), "");
    }
}

// What the passages' importance is read from: per position, the weights all heads of the chosen
// tokens give it, on top of what is there.
TEST_P(AttentionTest, ScoresAreTheWeightsOfTheChosenTokens) {
    const Case c{4, 2, 32, 3000, 20};
    for (const int threads : {1, 3}) {
        Attention a(c, KvType::kInt8);
        a.scores.assign(static_cast<size_t>(c.position), 0.25F);
        const auto cpu = backend(threads, c);
        a.append(*cpu);
        AttentionArgs args = a.args();
        args.scoreBegin = 14;  // from the first block of sixteen query tokens into the second
        args.scoreEnd = 19;
        const reference::AttentionResult expected = reference::attention(args);
        cpu->attention(args);
        const double tolerance = toleranceOf(*GetParam(), KvType::kInt8);
        EXPECT_EQ(reference::firstDifference(a.scores.data(), expected.scores, tolerance), "");
        EXPECT_EQ(reference::firstDifference(a.out.data(), expected.out, tolerance), "");
    }
}

TEST_P(AttentionTest, ScoresOfOneTokenSumToItsWeightOnThePast) {
    const Case c{6, 1, 32, 500, 1, 70};
    Attention a(c, KvType::kF16);
    a.scores.assign(static_cast<size_t>(c.position), 0.0F);
    const auto cpu = backend(1, c);
    a.append(*cpu);
    const reference::AttentionResult expected = reference::attention(a.args());
    cpu->attention(a.args());
    EXPECT_EQ(reference::firstDifference(a.scores.data(), expected.scores, kTolerance), "");
    const double sum = std::accumulate(a.scores.begin(), a.scores.end(), 0.0);
    EXPECT_GT(sum, 0.0);
    EXPECT_LT(sum, 6.0);  // a whole weight per head, less what the token gives itself
    EXPECT_EQ(a.scores[500 - 70], 0.0F);
    EXPECT_GT(a.scores[500 - 69], 0.0F);
}

TEST_P(AttentionTest, ScoresOfNoTokensChangeNothing) {
    const Case c{2, 1, 32, 100, 4};
    Attention a(c, KvType::kF16);
    a.scores.assign(static_cast<size_t>(c.position), 0.5F);
    const auto cpu = backend(1, c);
    a.append(*cpu);
    AttentionArgs args = a.args();
    args.scoreBegin = args.scoreEnd = 2;
    cpu->attention(args);
    EXPECT_EQ(a.scores, std::vector<float>(100, 0.5F));
}

class KvAppendTest : public testing::TestWithParam<const KernelTable*> {
protected:
    // Appends `tokens` from `position` on, with row strides.
    void append(const KvStore& kv, int64_t position, int64_t tokens, int threads) {
        Random random(21);
        stride = kv.view().kvHeads * kv.view().headDim + 3;
        keys = uniforms(random, tokens * stride, -4, 4);
        values = uniforms(random, tokens * stride, -4, 4);
        CpuBackend backend(*GetParam(), threads, ActivationType::kInt8);
        backend.kvAppend({keys.data(), values.data(), kv.view(), tokens, position, stride, stride});
    }
    const float* keyRow(int64_t token, int64_t head, int64_t dim) const {
        return keys.data() + token * stride + head * dim;
    }
    const float* valueRow(int64_t token, int64_t head, int64_t dim) const {
        return values.data() + token * stride + head * dim;
    }

    int64_t stride = 0;
    std::vector<float> keys, values;
};

// Half a step of the row's scale, or half a unit in the last place of a half.
double storedError(KvType type, const float* row, int64_t dim, int64_t d) {
    if (type == KvType::kF16) {
        return std::abs(static_cast<double>(row[d])) * 0x1p-11 + 0x1p-25;
    }
    double largest = 0;
    for (int64_t i = 0; i < dim; ++i) {
        largest = std::max(largest, std::abs(static_cast<double>(row[i])));
    }
    return (0.5 + 1e-4) * largest / 127;  // 1e-4: what f32 loses of 127 steps
}

TEST_P(KvAppendTest, StoresTheNearestNumbersAcrossPages) {
    for (const KvType type : {KvType::kInt8, KvType::kF16}) {
        const int64_t dim = 80;
        const int64_t first = kKvPagePositions - 5;
        KvStore kv(type, 2, dim, 2 * kKvPagePositions);
        append(kv, first, 23, 3);
        for (int64_t i = 0; i < 23 * 2 * dim; ++i) {
            const int64_t token = i / (2 * dim);
            const int64_t head = i / dim % 2;
            const int64_t d = i % dim;
            const float* key = keyRow(token, head, dim);
            const float* value = valueRow(token, head, dim);
            ASSERT_NEAR(keyAt(kv.view(), head, first + token, d),
                        static_cast<double>(key[d]),
                        storedError(type, key, dim, d));
            ASSERT_NEAR(valueAt(kv.view(), head, first + token, d),
                        static_cast<double>(value[d]),
                        storedError(type, value, dim, d));
        }
        for (int64_t d = 0; d < dim; ++d) {
            EXPECT_EQ(keyAt(kv.view(), 1, first - 1, d), 0) << "the position before";
            EXPECT_EQ(valueAt(kv.view(), 1, first + 23, d), 0) << "the position after";
        }
    }
}

TEST_P(KvAppendTest, ZerosStayZero) {
    const std::vector<float> zeros(32, 0.0F);
    for (const KvType type : {KvType::kInt8, KvType::kF16}) {
        KvStore kv(type, 1, 32, 16);
        append(kv, 0, 3, 1);
        CpuBackend backend(*GetParam(), 1, ActivationType::kInt8);
        backend.kvAppend({zeros.data(), zeros.data(), kv.view(), 1, 1, 32, 32});
        EXPECT_EQ(keyAt(kv.view(), 0, 1, 7), 0);
        EXPECT_EQ(valueAt(kv.view(), 0, 1, 7), 0);
        EXPECT_NE(keyAt(kv.view(), 0, 2, 7), 0);
    }
}

INSTANTIATE_TEST_SUITE_P(Tables, AttentionTest, everyTable(), tableName);
INSTANTIATE_TEST_SUITE_P(Tables, KvAppendTest, everyTable(), tableName);

}  // namespace
}  // namespace tl
