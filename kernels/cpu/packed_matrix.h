// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>

#include "base/result.h"
#include "kernels/backend.h"
#include "kernels/cpu/aligned_memory.h"
#include "kernels/cpu/kernel_table.h"

namespace tl::cpu {

// Weights in panels of 16 rows, one row a lane, in the order products read them:
//   kNibble, kNibbleMin  (panels, columns / 32, 4, 16, 4) bytes: vector v, row i, byte t hold
//   column
//                        4 v + t of the block in the low and column 16 + 4 v + t in the high nibble
//   kByte*               (panels, columns / 32, 8, 16, 4): column 4 v + t
//   kF32, kF16, kBF16    (panels, columns, 16)
// Scales (panels, columns / 32, 16), f16 for kNibble, else f32; kByteHalf has one per 16 columns.
// Rows that fill the last panel up are zero. Values are exactly those of the stored format.
class PackedMatrix final : public Matrix {
public:
    static Result<std::unique_ptr<PackedMatrix>> pack(WeightType type,
                                                      const void* data,
                                                      int64_t rows,
                                                      int64_t columns);

    // What pack() takes of memory.
    static int64_t bytesFor(WeightType type, int64_t rows, int64_t columns);

    bool pairsWith(const Matrix& other) const override {
        return static_cast<const PackedMatrix&>(other).m_kind == m_kind;
    }
    PanelKind kind() const { return m_kind; }
    int64_t panels() const { return (m_rows + kPanelRows - 1) / kPanelRows; }

    const uint8_t* panelBytes(int64_t panel) const;
    const void* panelScales(int64_t panel) const;
    const float* panelMins(int64_t panel) const;  // null where the kind has none

    // One row to f32.
    void decodeRow(int64_t row, float* out) const;

private:
    PackedMatrix() = default;

    float number(const uint8_t* values, int64_t at) const;
    float quantizedValue(int64_t panel, int64_t lane, int64_t k) const;

    PanelKind m_kind = PanelKind::kF32;
    int64_t m_panelBytes = 0;   // of values
    int64_t m_panelScales = 0;  // bytes of scales
    AlignedMemory m_values;
    AlignedMemory m_scales;
    AlignedMemory m_mins;
};

}  // namespace tl::cpu
