// SPDX-License-Identifier: Apache-2.0
#pragma once

// How the fake device keeps pages and states: unlike the CPU, and unlike the canonical form.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernels/backend.h"

namespace tl::test {

// Of a page: a record for each position and head.
struct RecordLayout {
    PageShape shape;
    int64_t rowBytes, recordBytes;

    explicit RecordLayout(const PageShape& s)
        : shape(s)
        , rowBytes(s.headDim * elementBytes())
        , recordBytes(2 * (rowBytes + scaleBytes())) {}

    int64_t elementBytes() const { return shape.type == KvType::kInt8 ? 1 : 2; }
    int64_t scaleBytes() const { return shape.type == KvType::kInt8 ? 4 : 0; }
    int64_t pageBytes() const { return kKvPagePositions * shape.kvHeads * recordBytes; }
    // Keys (half 0) or values of one position and head: the scale, then the numbers.
    int64_t place(int64_t half, int64_t head, int64_t position) const {
        return (position * shape.kvHeads + head) * recordBytes + half * recordBytes / 2;
    }
};

// Positions [first, first + count) of a page to the canonical form of just these, and back.
void toCanonical(
    const PageShape& shape, std::byte* page, int64_t first, int64_t count, std::byte* to);
void fromCanonical(
    const PageShape& shape, std::byte* page, int64_t first, int64_t count, const std::byte* from);

// The last two dimensions of a state change places: (count, rows, columns) to (count, columns,
// rows).
void transpose(const float* from, float* to, int64_t count, int64_t rows, int64_t columns);

// A state's sizes as transpose() takes them.
struct Sides {
    int64_t count = 1, rows = 1, columns = 1;
};
Sides sidesOf(const StateShape& shape);

// A state in canonical order while the CPU works on it; `stored` is the fake device's own memory.
class CanonicalState {
public:
    CanonicalState(float* stored, int64_t count, int64_t rows, int64_t columns)
        : m_stored(stored)
        , m_count(count)
        , m_rows(rows)
        , m_columns(columns)
        , m_values(static_cast<size_t>(count * rows * columns)) {
        transpose(m_stored, m_values.data(), count, columns, rows);
    }
    ~CanonicalState() { transpose(m_values.data(), m_stored, m_count, m_rows, m_columns); }
    CanonicalState(const CanonicalState&) = delete;
    CanonicalState& operator=(const CanonicalState&) = delete;

    float* values() { return m_values.data(); }

private:
    float* m_stored;
    int64_t m_count, m_rows, m_columns;
    std::vector<float> m_values;
};

}  // namespace tl::test
