// SPDX-License-Identifier: Apache-2.0
// Matrix products: pairs of 16-row panels are the tasks. With many tokens a pair is widened (4 bits
// to bytes, f16 scales to f32) once for all tokens of its task; see panel_product.h.
#include <algorithm>
#include <cassert>

#include "kernels/cpu/cpu_backend.h"
#include "kernels/cpu/panel_product.h"

namespace tl::cpu {
namespace {

int64_t pairCount(const MatmulArgs& a) {
    const auto& w = static_cast<const PackedMatrix&>(*a.weights);
    return a.gateWith != nullptr ? w.panels() : (w.panels() + 1) / 2;
}

PanelPair panelPair(const MatmulArgs& a, int64_t pair) {
    const auto& w = static_cast<const PackedMatrix&>(*a.weights);
    if (a.gateWith != nullptr) {
        const auto& up = static_cast<const PackedMatrix&>(*a.gateWith);
        // Gate and up as the two panels of one pair: SiLU(gate) * up is written at once, and
        // neither product ever stands in memory.
        assert(up.kind() == w.kind() && up.rows() == w.rows());
        return {{&w, &up}, {pair, pair}, true};
    }
    const bool hasSecond = 2 * pair + 1 < w.panels();
    return {{&w, &w}, {2 * pair, hasSecond ? 2 * pair + 1 : 2 * pair}, hasSecond};
}

// The place of a pair's results, from row `begin` on.
ProductOut productOut(const MatmulArgs& a, int64_t pair, int64_t begin) {
    const int64_t width = a.gateWith != nullptr ? kPanelRows : 2 * kPanelRows;
    const int64_t columns = a.weights->rows() - pair * width;
    const Epilogue mode = a.gateWith != nullptr ? Epilogue::kSwiGlu
                          : a.accumulate        ? Epilogue::kAdd
                                                : Epilogue::kStore;
    return {a.out + begin * a.outStride + pair * width,
            a.outStride,
            std::min(columns, width),
            a.alpha,
            mode};
}

// Tasks are pairs times blocks of tokens. The cut into blocks changes no result; it is made so
// that many threads find work in matrices of few rows.
struct TaskGrid {
    int64_t pairs;
    int64_t rowsPerTask;
    int64_t rowBlocks;

    TaskGrid(const MatmulArgs& a, int threads) : pairs(pairCount(a)) {
        constexpr int64_t kFewest = 48;  // fewer would not pay for widening the pair
        const int64_t wanted = (4 * threads + pairs - 1) / pairs;
        rowsPerTask = std::max((a.tokens + wanted - 1) / wanted, std::min(kFewest, a.tokens));
        rowBlocks = (a.tokens + rowsPerTask - 1) / rowsPerTask;
    }
    int64_t tasks() const { return pairs * rowBlocks; }
};

}  // namespace

bool CpuBackend::takesInt8(const Matrix& weights) const {
    return m_activations == ActivationType::kInt8 &&
           isQuantized(static_cast<const PackedMatrix&>(weights).kind());
}

// The input in the form that the weights want, normed where that is asked for. Row t is row
// sources[t] of the input; without sources row t, which may then stay where it is.
ProductRows CpuBackend::productRows(const MatmulArgs& a, const int32_t* sources) {
    const auto rowAt = [&](int64_t t) {
        return a.in + (sources == nullptr ? t : sources[t]) * a.inStride;
    };
    ProductRows rows;
    rows.count = a.tokens;
    rows.columns = a.weights->columns();
    if (takesInt8(*a.weights)) {
        rows.q = quantized();
        rows.scales = blockScales();
        forRows(a.tokens, kRowsPerTask, [&](int64_t t) {
            m_table.quantizeRow(rowAt(t),
                                a.normWeight,
                                a.normEpsilon,
                                rows.columns,
                                quantized() + t * rows.columns,
                                blockScales() + t * rows.columns / kQuantBlock);
        });
        return rows;
    }
    // Weights that are no 8-bit integers are multiplied in f32, from where the input stands.
    rows.floats = a.in;
    rows.stride = a.inStride;
    if (a.normWeight != nullptr) {
        rows.floats = normed();
        rows.stride = rows.columns;
        forRows(a.tokens, kRowsPerTask, [&](int64_t t) {
            m_table.normRow(
                rowAt(t), a.normWeight, a.normEpsilon, rows.columns, normed() + t * rows.columns);
        });
    }
    return rows;
}

void CpuBackend::matmul(const MatmulArgs& a) {
    assert(a.tokens <= m_limits.tokens && a.weights->columns() <= m_limits.columns);
    const ProductRows rows = productRows(a);
    if (rows.floats == nullptr && a.tokens == 1) {
        // Enough pairs a task that taking one costs nothing, few enough that all threads end
        // together.
        const int64_t pairs = pairCount(a);
        forRows(pairs, std::max<int64_t>(1, pairs / (16 * m_pool.threads())), [&](int64_t pair) {
            multiplyPair(m_table, panelPair(a, pair), rows, productOut(a, pair, 0), {});
        });
        return;
    }
    const TaskGrid grid(a, m_pool.threads());
    m_pool.run(grid.tasks(), [&](int64_t task, int thread) {
        const int64_t pair = task / grid.rowBlocks;
        const int64_t begin = task % grid.rowBlocks * grid.rowsPerTask;
        const int64_t count = std::min(grid.rowsPerTask, a.tokens - begin);
        multiplyPair(m_table,
                     panelPair(a, pair),
                     rows.slice(begin, count),
                     productOut(a, pair, begin),
                     pairScratch(thread));
    });
}

}  // namespace tl::cpu
