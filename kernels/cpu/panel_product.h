// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "kernels/cpu/kernel_table.h"
#include "kernels/cpu/packed_matrix.h"

namespace tl::cpu {

// A pair of panels: two neighbours, or for SwiGLU the same panel of both matrices.
struct PanelPair {
    const PackedMatrix* matrix[2];
    int64_t panel[2];
    bool hasSecond;  // false where the matrix ends with the first: it then stands twice
};

// Rows of activations as products take them: rounded to int8, or as they are where `floats` is set.
struct ProductRows {
    const int8_t* q = nullptr;           // (count, columns)
    const BlockScale* scales = nullptr;  // (count, columns / 32)
    const float* floats = nullptr;       // (count, columns), row stride `stride`
    int64_t stride = 0;
    int64_t count = 0, columns = 0;

    // `rows` of them, from `first` on.
    ProductRows slice(int64_t first, int64_t rows) const;
};

// Memory of one thread: 32 bytes and 32 floats for each column.
struct PairScratch {
    uint8_t* bytes;
    float* floats;
};

// The piece that all matrix products are made of: rows times a pair of panels. Several rows widen
// or decode the pair first; a single int8 row reads the packed form, which is what memory bandwidth
// wants, and gives the same bits.
void multiplyPair(const KernelTable& table,
                  const PanelPair& pair,
                  const ProductRows& rows,
                  const ProductOut& out,
                  const PairScratch& scratch);

}  // namespace tl::cpu
