// SPDX-License-Identifier: Apache-2.0
// Matrix products: pairs of 16-row panels are the tasks. With many tokens a pair is first widened
// (4 bits to bytes, f16 scales to f32), which is done once for all tokens; a single token reads the
// packed form, which is what memory bandwidth wants.
#include <algorithm>
#include <cassert>

#include "kernels/cpu/cpu_backend.h"

namespace tl::cpu {
namespace {

// A pair of panels: two neighbours, or for SwiGLU the same panel of both matrices.
struct PanelPair {
    const PackedMatrix* matrix[2];
    int64_t panel[2];
    int64_t firstRow;  // of the output columns
    bool hasSecond;
};

int64_t pairCount(const MatmulArgs& a) {
    const auto& w = static_cast<const PackedMatrix&>(*a.weights);
    return a.gateWith != nullptr ? w.panels() : (w.panels() + 1) / 2;
}

PanelPair panelPair(const MatmulArgs& a, int64_t pair) {
    const auto& w = static_cast<const PackedMatrix&>(*a.weights);
    if (a.gateWith != nullptr) {
        const auto& up = static_cast<const PackedMatrix&>(*a.gateWith);
        assert(up.kind() == w.kind() && up.rows() == w.rows());
        return {{&w, &up}, {pair, pair}, pair * kPanelRows, true};
    }
    const bool hasSecond = 2 * pair + 1 < w.panels();
    return {{&w, &w},
            {2 * pair, hasSecond ? 2 * pair + 1 : 2 * pair},
            2 * pair * kPanelRows,
            hasSecond};
}

// The place of a pair's results, from row `begin` on.
ProductOut productOut(const MatmulArgs& a, const PanelPair& pair, int64_t begin) {
    const int64_t columns = a.weights->rows() - pair.firstRow;
    const int64_t width = a.gateWith != nullptr ? kPanelRows : 2 * kPanelRows;
    const Epilogue mode = a.gateWith != nullptr ? Epilogue::kSwiGlu
                          : a.accumulate        ? Epilogue::kAdd
                                                : Epilogue::kStore;
    return {a.out + begin * a.outStride + pair.firstRow,
            a.outStride,
            std::min(columns, width),
            a.alpha,
            mode};
}

// A panel as bytes: itself, or widened into the given memory.
BytePanel bytePanel(
    const KernelTable& table, const PackedMatrix& w, int64_t panel, uint8_t* bytes, float* scales) {
    const void* stored = w.panelScales(panel);
    const int64_t blocks = w.columns() / kQuantBlock;
    if (w.kind() == PanelKind::kNibble) {
        table.widenNibbles(
            w.panelBytes(panel), static_cast<const uint16_t*>(stored), blocks, bytes, scales);
        return {bytes, scales, nullptr};
    }
    if (w.kind() == PanelKind::kNibbleMin) {
        table.widenNibbles(w.panelBytes(panel), nullptr, blocks, bytes, nullptr);
        return {bytes, static_cast<const float*>(stored), w.panelMins(panel)};
    }
    return {w.panelBytes(panel), static_cast<const float*>(stored), w.panelMins(panel)};
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

void CpuBackend::quantizeInput(const MatmulArgs& a) {
    const int64_t columns = a.weights->columns();
    forRows(a.tokens, 8, [&](int64_t t) {
        m_table.quantizeRow(a.in + t * a.inStride,
                            a.normWeight,
                            a.normEpsilon,
                            columns,
                            quantized() + t * columns,
                            blockScales() + t * columns / kQuantBlock);
    });
}

void CpuBackend::int8Matmul(const MatmulArgs& a) {
    const int64_t columns = a.weights->columns();
    const TaskGrid grid(a, m_pool.threads());
    m_pool.run(grid.tasks(), [&](int64_t task, int thread) {
        const PanelPair pair = panelPair(a, task / grid.rowBlocks);
        const int64_t begin = task % grid.rowBlocks * grid.rowsPerTask;
        const Scratch& scratch = m_scratch[static_cast<size_t>(thread)];
        Int8ProductArgs product = {};
        product.kind = pair.matrix[0]->kind();
        for (int i = 0; i < 2; ++i) {
            product.panels[i] = bytePanel(m_table,
                                          *pair.matrix[i],
                                          pair.panel[i],
                                          scratch.bytes.get() + i * kPanelRows * columns,
                                          scratch.asFloats() + i * columns);
        }
        product.x = quantized() + begin * columns;
        product.scales = blockScales() + begin * columns / kQuantBlock;
        product.rows = std::min(grid.rowsPerTask, a.tokens - begin);
        product.columns = columns;
        product.out = productOut(a, pair, begin);
        m_table.int8Product(product);
    });
}

void CpuBackend::int8Row(const MatmulArgs& a) {
    // Enough pairs a task that taking one costs nothing, few enough that all threads end together.
    const int64_t pairs = pairCount(a);
    const int64_t perTask = std::max<int64_t>(1, pairs / (16 * m_pool.threads()));
    forRows(pairs, perTask, [&](int64_t index) {
        const PanelPair pair = panelPair(a, index);
        Int8VectorArgs row = {};
        row.kind = pair.matrix[0]->kind();
        for (int i = 0; i < (pair.hasSecond ? 2 : 1); ++i) {
            row.bytes[i] = pair.matrix[i]->panelBytes(pair.panel[i]);
            row.scales[i] = pair.matrix[i]->panelScales(pair.panel[i]);
            row.mins[i] = pair.matrix[i]->panelMins(pair.panel[i]);
        }
        row.x = quantized();
        row.blockScales = blockScales();
        row.columns = a.weights->columns();
        row.out = productOut(a, pair, 0);
        m_table.int8Vector(row);
    });
}

void CpuBackend::normInput(const MatmulArgs& a) {
    const int64_t columns = a.weights->columns();
    forRows(a.tokens, kRowsPerTask, [&](int64_t t) {
        m_table.normRow(
            a.in + t * a.inStride, a.normWeight, a.normEpsilon, columns, normed() + t * columns);
    });
}

void CpuBackend::f32Matmul(const MatmulArgs& a) {
    const int64_t columns = a.weights->columns();
    const float* in = a.in;
    int64_t stride = a.inStride;
    if (a.normWeight != nullptr) {
        normInput(a);
        in = normed();
        stride = columns;
    }
    const TaskGrid grid(a, m_pool.threads());
    m_pool.run(grid.tasks(), [&](int64_t task, int thread) {
        const PanelPair pair = panelPair(a, task / grid.rowBlocks);
        const int64_t begin = task % grid.rowBlocks * grid.rowsPerTask;
        const Scratch& scratch = m_scratch[static_cast<size_t>(thread)];
        float* decoded = scratch.asFloats();
        for (int i = 0; i < 2; ++i) {
            const PackedMatrix& w = *pair.matrix[i];
            if (isQuantized(w.kind())) {
                // The scales stand behind the widened bytes; both are done with before the next.
                uint8_t* bytes = scratch.bytes.get();
                auto* scales = reinterpret_cast<float*>(bytes + kPanelRows * columns);
                const BytePanel panel = bytePanel(m_table, w, pair.panel[i], bytes, scales);
                m_table.decodeBytes(w.kind(), panel, columns, decoded + i * kPanelRows);
            } else {
                m_table.decodeFloats(
                    w.kind(), w.panelBytes(pair.panel[i]), columns, decoded + i * kPanelRows);
            }
        }
        m_table.f32Product({decoded,
                            in + begin * stride,
                            std::min(grid.rowsPerTask, a.tokens - begin),
                            columns,
                            stride,
                            productOut(a, pair, begin)});
    });
}

void CpuBackend::matmul(const MatmulArgs& a) {
    const auto& w = static_cast<const PackedMatrix&>(*a.weights);
    assert(a.tokens <= m_limits.tokens && w.columns() <= m_limits.columns);
    if (m_activations == ActivationType::kF32 || !isQuantized(w.kind())) {
        f32Matmul(a);
        return;
    }
    quantizeInput(a);
    if (a.tokens == 1) {
        int8Row(a);
    } else {
        int8Matmul(a);
    }
}

}  // namespace tl::cpu
