// SPDX-License-Identifier: Apache-2.0
#include "kernels/cpu/packed_matrix.h"

#include <bit>
#include <cstring>
#include <string>

#include "kernels/half.h"
#include "kernels/split_block.h"

namespace tl::cpu {
namespace {

// Eleven formats of files in eight kinds: what differs only in how bits are spread is made the same
// here, once, and not in every kernel.
PanelKind kindOf(WeightType type) {
    switch (type) {
        case WeightType::kF32:
            return PanelKind::kF32;
        case WeightType::kF16:
            return PanelKind::kF16;
        case WeightType::kBF16:
            return PanelKind::kBF16;
        default:
            break;
    }
    const SplitInfo info = splitInfo(type);
    if (info.bits == 4) {
        return info.hasMin ? PanelKind::kNibbleMin : PanelKind::kNibble;
    }
    if (info.hasMin) {
        return PanelKind::kByteMin;
    }
    return info.halves ? PanelKind::kByteHalf : PanelKind::kByte;
}

bool hasNibbles(PanelKind kind) {
    return kind == PanelKind::kNibble || kind == PanelKind::kNibbleMin;
}

bool hasMins(PanelKind kind) {
    return kind == PanelKind::kNibbleMin || kind == PanelKind::kByteMin;
}

int64_t valueBytes(PanelKind kind, int64_t columns) {
    if (kind == PanelKind::kF32) {
        return kPanelRows * columns * 4;
    }
    if (!isQuantized(kind)) {
        return kPanelRows * columns * 2;
    }
    return hasNibbles(kind) ? kPanelRows * columns / 2 : kPanelRows * columns;
}

int64_t scaleBytes(PanelKind kind, int64_t columns) {
    if (!isQuantized(kind)) {
        return 0;
    }
    const int64_t count = kPanelRows * columns / (kind == PanelKind::kByteHalf ? 16 : kQuantBlock);
    return count * (kind == PanelKind::kNibble ? 2 : 4);
}

int64_t minBytes(PanelKind kind, int64_t columns) {
    return hasMins(kind) ? kPanelRows * columns / kQuantBlock * 4 : 0;
}

// The half whose value `scale` is; REQUIRES that there is one, as for every scale of Q4_0.
uint16_t exactHalf(float scale) {
    const auto bits = std::bit_cast<uint32_t>(scale);
    const auto sign = static_cast<uint16_t>((bits >> 16) & 0x8000U);
    const float magnitude = scale < 0 ? -scale : scale;
    if (magnitude < 0x1p-14F) {
        return static_cast<uint16_t>(sign | static_cast<uint16_t>(magnitude * 0x1p24F));
    }
    return static_cast<uint16_t>(sign | (((bits & 0x7FFFFFFFU) - 0x38000000U) >> 13));
}

// Puts one block of 32 columns of row `lane` in its place.
struct PanelWriter {
    PanelKind kind;
    uint8_t* values;
    uint8_t* scales;
    float* mins;

    void write(const SplitBlock& block, int shift, int64_t index, int64_t lane) const {
        if (hasNibbles(kind)) {
            uint8_t* at = values + index * 256 + lane * 4;
            for (int64_t k = 0; k < 16; ++k) {
                // As dot products of bytes want it: four columns of one row side by side, sixteen
                // rows a vector.
                const auto both = static_cast<uint8_t>(block.q[k] | (block.q[k + 16] << 4));
                at[k / 4 * 64 + k % 4] = both;
            }
        } else {
            uint8_t* at = values + index * 512 + lane * 4;
            for (int64_t k = 0; k < 32; ++k) {
                at[k / 4 * 64 + k % 4] = static_cast<uint8_t>(block.q[k] + shift);
            }
        }
        writeScales(block, index, lane);
    }

    void writeScales(const SplitBlock& block, int64_t index, int64_t lane) const {
        auto* floats = reinterpret_cast<float*>(scales);
        if (kind == PanelKind::kNibble) {
            reinterpret_cast<uint16_t*>(scales)[index * 16 + lane] = exactHalf(block.scale[0]);
        } else if (kind == PanelKind::kByteHalf) {
            floats[2 * index * 16 + lane] = block.scale[0];
            floats[(2 * index + 1) * 16 + lane] = block.scale[1];
        } else {
            floats[index * 16 + lane] = block.scale[0];
        }
        if (mins != nullptr) {
            mins[index * 16 + lane] = block.min;
        }
    }
};

// A row of plain numbers of `size` bytes each, one lane wide.
void writeNumbers(const uint8_t* row, int64_t size, int64_t columns, int64_t lane, uint8_t* panel) {
    for (int64_t k = 0; k < columns; ++k) {
        std::memcpy(
            panel + (k * kPanelRows + lane) * size, row + k * size, static_cast<size_t>(size));
    }
}

}  // namespace

const uint8_t* PackedMatrix::panelBytes(int64_t panel) const {
    return m_values.get() + panel * m_panelBytes;
}

const void* PackedMatrix::panelScales(int64_t panel) const {
    return m_scales.get() + panel * m_panelScales;
}

const float* PackedMatrix::panelMins(int64_t panel) const {
    const auto* mins = reinterpret_cast<const float*>(m_mins.get());
    return mins == nullptr ? nullptr : mins + panel * kPanelRows * m_columns / kQuantBlock;
}

int64_t PackedMatrix::bytesFor(WeightType type, int64_t rows, int64_t columns) {
    const PanelKind kind = kindOf(type);
    const int64_t panels = (rows + kPanelRows - 1) / kPanelRows;
    return panels *
           (valueBytes(kind, columns) + scaleBytes(kind, columns) + minBytes(kind, columns));
}

Result<std::unique_ptr<PackedMatrix>> PackedMatrix::pack(WeightType type,
                                                         const void* data,
                                                         int64_t rows,
                                                         int64_t columns) {
    const WeightTypeInfo& info = weightTypeInfo(type);
    // Vectors go over plain numbers sixteen at a time, and over blocks whole.
    const int64_t whole = info.blockElements == 1 ? kPanelRows : info.blockElements;
    if (columns % whole != 0) {
        return Error{ErrorCode::kUnsupported,
                     std::string(info.name) + " matrix with " + std::to_string(columns) +
                         " columns, which is no multiple of " + std::to_string(whole)};
    }
    std::unique_ptr<PackedMatrix> m(new PackedMatrix());
    m->m_rows = rows;
    m->m_columns = columns;
    m->m_kind = kindOf(type);
    m->m_panelBytes = valueBytes(m->m_kind, columns);
    m->m_panelScales = scaleBytes(m->m_kind, columns);
    const int64_t panelMins = minBytes(m->m_kind, columns);
    m->m_bytes = bytesFor(type, rows, columns);
    m->m_values = allocateAligned(m->panels() * m->m_panelBytes);
    m->m_scales = allocateAligned(m->panels() * m->m_panelScales);
    if (panelMins > 0) {
        m->m_mins = allocateAligned(m->panels() * panelMins);
    }
    if (!m->m_values || !m->m_scales || (panelMins > 0 && !m->m_mins)) {
        return Error{ErrorCode::kOutOfMemory,
                     "no memory for a matrix of " + std::to_string(m->m_bytes >> 20) + " MiB"};
    }
    const auto* bytes = static_cast<const uint8_t*>(data);
    const int64_t rowBytes = columns / info.blockElements * info.blockBytes;
    // Five- and six-bit values keep their own offset; what kernels take off is always 128.
    const SplitInfo split = isQuantized(m->m_kind) ? splitInfo(type) : SplitInfo{};
    const int shift = hasNibbles(m->m_kind) || split.hasMin ? 0 : 128 - split.offset;
    for (int64_t row = 0; row < rows; ++row) {
        const int64_t panel = row / kPanelRows;
        uint8_t* values = m->m_values.get() + panel * m->m_panelBytes;
        if (!isQuantized(m->m_kind)) {
            writeNumbers(
                bytes + row * rowBytes, info.blockBytes, columns, row % kPanelRows, values);
            continue;
        }
        const PanelWriter writer{m->m_kind,
                                 values,
                                 m->m_scales.get() + panel * m->m_panelScales,
                                 const_cast<float*>(m->panelMins(panel))};
        for (int64_t b = 0; b < columns / kQuantBlock; ++b) {
            writer.write(splitBlock(type, bytes + row * rowBytes, b), shift, b, row % kPanelRows);
        }
    }
    return m;
}

float PackedMatrix::number(const uint8_t* values, int64_t at) const {
    if (m_kind == PanelKind::kF32) {
        return reinterpret_cast<const float*>(values)[at];
    }
    const uint16_t bits = reinterpret_cast<const uint16_t*>(values)[at];
    return m_kind == PanelKind::kF16 ? halfToFloat(bits) : bfloat16ToFloat(bits);
}

float PackedMatrix::quantizedValue(int64_t panel, int64_t lane, int64_t k) const {
    const uint8_t* values = panelBytes(panel);
    const void* scales = panelScales(panel);
    const float* mins = panelMins(panel);
    const int64_t block = k / kQuantBlock;
    const int64_t in = k % kQuantBlock;
    int q = 0;
    if (hasNibbles(m_kind)) {
        const uint8_t both = values[block * 256 + in % 16 / 4 * 64 + lane * 4 + in % 4];
        q = in < 16 ? both & 15 : both >> 4;
    } else {
        q = values[block * 512 + in / 4 * 64 + lane * 4 + in % 4];
    }
    if (m_kind == PanelKind::kNibble) {
        return halfToFloat(static_cast<const uint16_t*>(scales)[block * 16 + lane]) *
               static_cast<float>(q - 8);
    }
    const int64_t scaleBlock = m_kind == PanelKind::kByteHalf ? k / 16 : block;
    const float scale = static_cast<const float*>(scales)[scaleBlock * 16 + lane];
    if (mins != nullptr) {
        return scale * static_cast<float>(q) + mins[block * 16 + lane];
    }
    return scale * static_cast<float>(q - 128);
}

void PackedMatrix::decodeRow(int64_t row, float* out) const {
    const int64_t panel = row / kPanelRows;
    const int64_t lane = row % kPanelRows;
    for (int64_t k = 0; k < m_columns; ++k) {
        out[k] = isQuantized(m_kind) ? quantizedValue(panel, lane, k)
                                     : number(panelBytes(panel), k * kPanelRows + lane);
    }
}

}  // namespace tl::cpu
