// SPDX-License-Identifier: Apache-2.0
// Mixtures of experts. A call's rows, one for each token and expert that it goes to, are sorted by
// expert, so that an expert's weights are widened once for all of its tokens and those of an expert
// that nobody goes to are not read. A token's experts are added to it in the order of their
// numbers, by one thread: neither the number of threads nor the other tokens of the call change its
// bits.
#include <algorithm>
#include <cassert>
#include <cmath>

#include "kernels/cpu/cpu_backend.h"
#include "kernels/cpu/panel_product.h"

namespace tl::cpu {
namespace {

// The experts of greatest logits, greatest first, and of equal ones the first. Whatever the logits
// are, no number among them too, the experts exist and differ.
void choose(const float* logits, int64_t experts, int64_t used, int32_t* chosen) {
    for (int64_t e = 0; e < experts; ++e) {
        int64_t at = std::min(e, used);
        if (at == used && !(logits[e] > logits[chosen[used - 1]])) {
            continue;
        }
        at = std::min(at, used - 1);
        for (; at > 0 && logits[e] > logits[chosen[at - 1]]; --at) {
            chosen[at] = chosen[at - 1];
        }
        chosen[at] = static_cast<int32_t>(e);
    }
}

void softmaxOfChosen(const float* logits, const int32_t* chosen, int64_t used, float* weights) {
    float sum = 0;
    for (int64_t i = 0; i < used; ++i) {
        weights[i] = std::exp(logits[chosen[i]] - logits[chosen[0]]);
        sum += weights[i];
    }
    for (int64_t i = 0; i < used; ++i) {
        weights[i] /= sum;
    }
}

}  // namespace

// Views into m_experts.
struct CpuBackend::ExpertRows {
    int32_t* begin;     // (experts + 1) the rows of expert e are [begin[e], begin[e + 1])
    int32_t* visited;   // the experts that have rows, rising
    int32_t* token;     // (rows)
    float* weight;      // (rows)
    int64_t count = 0;  // of visited

    int64_t rowsOf(int64_t expert) const { return begin[expert + 1] - begin[expert]; }
};

int64_t CpuBackend::expertRowBytes(const Limits& limits) {
    const int64_t rows = limits.tokens * limits.expertsUsed;
    return limits.expertsUsed == 0 ? 0 : 4 * (2 * limits.experts + 1 + 2 * rows);
}

CpuBackend::ExpertRows CpuBackend::sortByExpert(const ExpertsArgs& a) const {
    ExpertRows rows = {};
    rows.begin = reinterpret_cast<int32_t*>(m_experts.get());
    rows.visited = rows.begin + a.experts + 1;
    rows.token = rows.visited + a.experts;
    rows.weight = reinterpret_cast<float*>(rows.token + a.tokens * a.used);
    std::fill_n(rows.begin, a.experts + 1, 0);
    for (int64_t i = 0; i < a.tokens * a.used; ++i) {
        ++rows.begin[a.chosen[i] + 1];
    }
    for (int64_t e = 0; e < a.experts; ++e) {
        if (rows.begin[e + 1] > 0) {
            rows.visited[rows.count++] = static_cast<int32_t>(e);
        }
        rows.begin[e + 1] += rows.begin[e];
    }
    // Each expert's begin runs through its rows to its end, where the next one begins.
    for (int64_t i = 0; i < a.tokens * a.used; ++i) {
        const int32_t at = rows.begin[a.chosen[i]]++;
        rows.token[at] = static_cast<int32_t>(i / a.used);
        rows.weight[at] = a.weights[i];
    }
    std::copy_backward(rows.begin, rows.begin + a.experts, rows.begin + a.experts + 1);
    rows.begin[0] = 0;
    return rows;
}

// hidden = SwiGLU of the normed input, a row for each row of `sorted`.
void CpuBackend::runExpertsUp(const ExpertsArgs& a, const ExpertRows& sorted) {
    const auto& gate = static_cast<const PackedMatrix&>(*a.gate);
    const auto& up = static_cast<const PackedMatrix&>(*a.up);
    assert(gate.kind() == up.kind() && gate.rows() == up.rows());
    // A single token is prepared once for all its experts.
    const bool isShared = a.tokens == 1;
    MatmulArgs in = {};
    in.in = a.in;
    in.weights = a.gate;
    in.normWeight = a.normWeight;
    in.normEpsilon = a.normEpsilon;
    in.inStride = a.inStride;
    in.tokens = isShared ? 1 : a.tokens * a.used;
    const ProductRows rows = productRows(in, sorted.token);
    const int64_t size = gate.rows() / a.experts;
    const int64_t panels = size / kPanelRows;
    m_pool.run(sorted.count * panels, [&](int64_t task, int thread) {
        const int64_t expert = sorted.visited[task / panels];
        const int64_t panel = task % panels;
        const int64_t first = sorted.begin[expert];
        const PanelPair pair{
            {&gate, &up}, {expert * panels + panel, expert * panels + panel}, true};
        multiplyPair(
            m_table,
            pair,
            rows.slice(isShared ? 0 : first, sorted.rowsOf(expert)),
            {a.hidden + first * size + panel * kPanelRows, size, kPanelRows, 1, Epilogue::kSwiGlu},
            pairScratch(thread));
    });
}

// A task is a pair of panels' columns of the output, of all experts.
void CpuBackend::runExpertsDown(const ExpertsArgs& a, const ExpertRows& sorted) {
    const auto& down = static_cast<const PackedMatrix&>(*a.down);
    const int64_t panels = down.rows() / a.experts / kPanelRows;
    MatmulArgs in = {};
    in.in = a.hidden;
    in.weights = a.down;
    in.inStride = down.columns();
    in.tokens = a.tokens * a.used;
    const ProductRows rows = productRows(in);
    m_pool.run((panels + 1) / 2, [&](int64_t task, int thread) {
        constexpr int64_t kWidth = 2 * kPanelRows;
        const bool hasSecond = 2 * task + 1 < panels;
        const int64_t width = hasSecond ? kWidth : kPanelRows;
        float* products = m_scratch[static_cast<size_t>(thread)].asProducts();
        for (int64_t i = 0; i < sorted.count; ++i) {
            const int64_t expert = sorted.visited[i];
            const int64_t first = sorted.begin[expert];
            const int64_t panel = expert * panels + 2 * task;
            multiplyPair(m_table,
                         {{&down, &down}, {panel, panel + (hasSecond ? 1 : 0)}, hasSecond},
                         rows.slice(first, sorted.rowsOf(expert)),
                         {products, kWidth, width, a.alpha, Epilogue::kStore},
                         pairScratch(thread));
            for (int64_t row = 0; row < sorted.rowsOf(expert); ++row) {
                float* out = a.out + sorted.token[first + row] * a.outStride + task * kWidth;
                m_table.addScaledRow(
                    out, products + row * kWidth, sorted.weight[first + row], width);
            }
        }
    });
}

void CpuBackend::route(const RouteArgs& a) {
    forRows(a.tokens, kRowsPerTask, [&](int64_t t) {
        const float* logits = a.logits + t * a.experts;
        int32_t* chosen = a.chosen + t * a.used;
        choose(logits, a.experts, a.used, chosen);
        softmaxOfChosen(logits, chosen, a.used, a.weights + t * a.used);
    });
}

void CpuBackend::experts(const ExpertsArgs& a) {
    assert(a.tokens <= m_limits.tokens && a.experts <= m_limits.experts &&
           a.used <= m_limits.expertsUsed);
    assert(a.gate->columns() <= m_limits.expertColumns &&
           a.down->columns() <= m_limits.expertColumns);
    const ExpertRows sorted = sortByExpert(a);
    runExpertsUp(a, sorted);
    runExpertsDown(a, sorted);
}

}  // namespace tl::cpu
