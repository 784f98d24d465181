// SPDX-License-Identifier: Apache-2.0
#include "kernels/cpu/panel_product.h"

namespace tl::cpu {
namespace {

// A panel as bytes: itself, or widened into the given memory.
BytePanel bytePanel(
    const KernelTable& table, const PackedMatrix& w, int64_t panel, uint8_t* bytes, float* scales) {
    const void* stored = w.panelScales(panel);
    // Widening costs a pass over the panel, which pays where many rows then use the bytes.
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

void multiplyInt8(const KernelTable& table,
                  const PanelPair& pair,
                  const ProductRows& rows,
                  const ProductOut& out,
                  const PairScratch& scratch) {
    Int8ProductArgs product = {};
    product.kind = pair.matrix[0]->kind();
    for (int i = 0; i < 2; ++i) {
        product.panels[i] = bytePanel(table,
                                      *pair.matrix[i],
                                      pair.panel[i],
                                      scratch.bytes + i * kPanelRows * rows.columns,
                                      scratch.floats + i * rows.columns);
    }
    product.x = rows.q;
    product.scales = rows.scales;
    product.rows = rows.count;
    product.columns = rows.columns;
    product.out = out;
    table.int8Product(product);
}

void multiplyInt8Row(const KernelTable& table,
                     const PanelPair& pair,
                     const ProductRows& rows,
                     const ProductOut& out) {
    // A single row uses each weight once and is bound by memory: nibbles stay nibbles until they
    // are in registers.
    Int8VectorArgs row = {};
    row.kind = pair.matrix[0]->kind();
    for (int i = 0; i < (pair.hasSecond ? 2 : 1); ++i) {
        row.bytes[i] = pair.matrix[i]->panelBytes(pair.panel[i]);
        row.scales[i] = pair.matrix[i]->panelScales(pair.panel[i]);
        row.mins[i] = pair.matrix[i]->panelMins(pair.panel[i]);
    }
    row.x = rows.q;
    row.blockScales = rows.scales;
    row.columns = rows.columns;
    row.out = out;
    table.int8Vector(row);
}

void multiplyFloats(const KernelTable& table,
                    const PanelPair& pair,
                    const ProductRows& rows,
                    const ProductOut& out,
                    const PairScratch& scratch) {
    for (int i = 0; i < 2; ++i) {
        const PackedMatrix& w = *pair.matrix[i];
        float* decoded = scratch.floats + i * kPanelRows;
        if (isQuantized(w.kind())) {
            // The scales come after the widened bytes; both are done with before the next.
            auto* scales = reinterpret_cast<float*>(scratch.bytes + kPanelRows * rows.columns);
            const BytePanel panel = bytePanel(table, w, pair.panel[i], scratch.bytes, scales);
            table.decodeBytes(w.kind(), panel, rows.columns, decoded);
        } else {
            table.decodeFloats(w.kind(), w.panelBytes(pair.panel[i]), rows.columns, decoded);
        }
    }
    table.f32Product({scratch.floats, rows.floats, rows.count, rows.columns, rows.stride, out});
}

}  // namespace

ProductRows ProductRows::slice(int64_t first, int64_t rows) const {
    ProductRows part = *this;
    part.count = rows;
    if (floats != nullptr) {
        part.floats += first * stride;
    } else {
        part.q += first * columns;
        part.scales += first * columns / kQuantBlock;
    }
    return part;
}

void multiplyPair(const KernelTable& table,
                  const PanelPair& pair,
                  const ProductRows& rows,
                  const ProductOut& out,
                  const PairScratch& scratch) {
    if (rows.floats != nullptr) {
        multiplyFloats(table, pair, rows, out, scratch);
    } else if (rows.count == 1) {
        multiplyInt8Row(table, pair, rows, out);
    } else {
        multiplyInt8(table, pair, rows, out, scratch);
    }
}

}  // namespace tl::cpu
