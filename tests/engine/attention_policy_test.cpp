// SPDX-License-Identifier: Apache-2.0
// The reading policy (design.md section 3) against plain double-precision attention: a window while
// reading, everything and log-length scaling for questions, and where the question's weights go.
#include <algorithm>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "tests/support/random_model.h"

namespace tl {
namespace {

using test::RandomModel;
using test::RandomModelShape;
using test::randomTokens;
using Vector = std::vector<double>;

constexpr int64_t kWindow = 6;
constexpr double kLogBase = 4;
constexpr int64_t kHeads = 4;
constexpr int64_t kHeadDim = 16;

RandomModelShape oneAttentionLayer() {
    RandomModelShape shape;
    shape.kvHeads = {2};
    shape.readWindow = kWindow;
    shape.logScaleBase = static_cast<float>(kLogBase);
    return shape;
}

Vector rmsNorm(const Vector& x, const Vector& weight) {
    double squares = 0;
    for (const double v : x) {
        squares += v * v;
    }
    const double scale = 1 / std::sqrt(squares / static_cast<double>(x.size()) + 1e-5);
    Vector out(x.size());
    std::ranges::transform(
        x, weight, out.begin(), [&](double a, double w) { return a * scale * w; });
    return out;
}

Vector multiply(const Vector& matrix, const Vector& x) {
    Vector out(matrix.size() / x.size());
    for (size_t r = 0; r < out.size(); ++r) {
        out[r] = std::inner_product(
            x.begin(), x.end(), matrix.begin() + static_cast<long>(r * x.size()), 0.0);
    }
    return out;
}

void addTo(Vector& to, const Vector& what) {
    std::ranges::transform(to, what, to.begin(), std::plus<>());
}

// The one-layer model, a token at a time, everything in double.
class Reference {
public:
    explicit Reference(const RandomModel& model) : m_model(model) {}

    // Logits after `id`, which sees the last `window` positions (0 = all).
    Vector next(TokenId id, int64_t window, bool isQuestion) {
        const Vector table = m_model.values("token_embd.weight");
        Vector x(table.begin() + id * 64L, table.begin() + (id + 1) * 64L);
        addTo(x, attend(rmsNorm(x, m_model.values("blk.0.attn_norm.weight")), window, isQuestion));
        const Vector normed = rmsNorm(x, m_model.values("blk.0.ffn_norm.weight"));
        Vector gate = multiply(m_model.values("blk.0.ffn_gate.weight"), normed);
        const Vector up = multiply(m_model.values("blk.0.ffn_up.weight"), normed);
        std::ranges::transform(
            gate, up, gate.begin(), [](double g, double u) { return g / (1 + std::exp(-g)) * u; });
        addTo(x, multiply(m_model.values("blk.0.ffn_down.weight"), gate));
        return multiply(table, rmsNorm(x, m_model.values("output_norm.weight")));
    }

    // Attention weights of the last token, summed over heads, per position.
    const Vector& weights() const { return m_weights; }

private:
    Vector attend(const Vector& x, int64_t window, bool isQuestion) {
        m_keys.push_back(multiply(m_model.values("blk.0.attn_k.weight"), x));
        m_values.push_back(multiply(m_model.values("blk.0.attn_v.weight"), x));
        const Vector q = multiply(m_model.values("blk.0.attn_q.weight"), x);
        const auto n = static_cast<int64_t>(m_keys.size());
        const int64_t first = window > 0 ? std::max<int64_t>(0, n - window) : 0;
        const double stretch =
            isQuestion ? std::max(1.0, std::log(static_cast<double>(n)) / std::log(kLogBase)) : 1;
        Vector mixed(kHeads * kHeadDim, 0.0);
        m_weights.assign(static_cast<size_t>(n), 0.0);
        for (int64_t head = 0; head < kHeads; ++head) {
            const int64_t kv = head / 2 * kHeadDim;
            Vector p(static_cast<size_t>(n), 0.0);
            double sum = 0;
            for (int64_t j = first; j < n; ++j) {
                double dot = 0;
                for (int64_t d = 0; d < kHeadDim; ++d) {
                    dot += q[static_cast<size_t>(head * kHeadDim + d)] *
                           m_keys[static_cast<size_t>(j)][static_cast<size_t>(kv + d)];
                }
                sum += p[static_cast<size_t>(j)] = std::exp(dot * stretch / std::sqrt(kHeadDim));
            }
            for (int64_t j = first; j < n; ++j) {
                const double weight = p[static_cast<size_t>(j)] / sum;
                m_weights[static_cast<size_t>(j)] += weight;
                for (int64_t d = 0; d < kHeadDim; ++d) {
                    mixed[static_cast<size_t>(head * kHeadDim + d)] +=
                        weight * m_values[static_cast<size_t>(j)][static_cast<size_t>(kv + d)];
                }
            }
        }
        return multiply(m_model.values("blk.0.attn_output.weight"), mixed);
    }

    const RandomModel& m_model;
    std::vector<Vector> m_keys;
    std::vector<Vector> m_values;
    Vector m_weights;
};

// Keys and values are rounded to f16 (11 bits), logits are of order 1.
constexpr double kTolerance = 5e-3;

void expectNear(std::span<const float> logits, const Vector& expected) {
    ASSERT_EQ(logits.size(), expected.size());
    for (size_t i = 0; i < expected.size(); ++i) {
        ASSERT_NEAR(logits[i], expected[i], kTolerance) << "id " << i;
    }
}

TEST(AttentionPolicy, ReadingSeesTheWindowAndQuestionsSeeEverythingStretched) {
    const RandomModel model(oneAttentionLayer());
    Reference reference(model);
    const auto corpus = randomTokens(90, 128, 1);
    const auto question = randomTokens(11, 128, 2);
    Vector expected;
    for (const TokenId id : corpus) {
        expected = reference.next(id, kWindow, false);
    }
    const auto session = model.session();
    ASSERT_TRUE(session->read(corpus).ok());
    expectNear(session->logits().value(), expected);

    Vector scores(corpus.size(), 0.0);
    Pointers pointers;
    pointers.begin = 3;
    pointers.end = 9;
    for (size_t t = 0; t < question.size(); ++t) {
        expected = reference.next(question[t], 0, true);
        if (t >= 3 && t < 9) {
            std::transform(scores.begin(),
                           scores.end(),
                           reference.weights().begin(),
                           scores.begin(),
                           std::plus<>());
        }
    }
    ASSERT_TRUE(session->ask(question, {}, &pointers).ok());
    expectNear(session->logits().value(), expected);
    ASSERT_EQ(pointers.scores.size(), scores.size());
    for (size_t i = 0; i < scores.size(); ++i) {
        EXPECT_NEAR(pointers.scores[i], scores[i], kTolerance) << "position " << i;
    }

    ASSERT_TRUE(session->step(7).ok());
    expectNear(session->logits().value(), reference.next(7, 0, true));
}

}  // namespace
}  // namespace tl
