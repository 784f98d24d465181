// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_layout.h"

#include <algorithm>

namespace tl::test {
namespace {

void copyBackwards(std::byte* to, const std::byte* from, int64_t bytes, int64_t element) {
    for (int64_t at = 0; at < bytes; at += element) {
        std::copy_n(from + at, element, to + bytes - element - at);
    }
}

// Calls fn(record, canonical numbers, canonical scale) for the keys and the values of each head at
// positions [first, first + count) of a page; the canonical form has just these.
template <typename Byte, typename Fn>
void forRecords(
    const PageShape& shape, std::byte* page, Byte* canonical, int64_t first, int64_t count, Fn fn) {
    const RecordLayout layout(shape);
    const int64_t rows = shape.kvHeads * count;
    for (int64_t half = 0; half < 2; ++half) {
        Byte* numbers = canonical + half * rows * (layout.rowBytes + layout.scaleBytes());
        Byte* scales = numbers + rows * layout.rowBytes;
        for (int64_t row = 0; row < rows; ++row) {
            fn(page + layout.place(half, row / count, first + row % count),
               numbers + row * layout.rowBytes,
               scales + row * layout.scaleBytes());
        }
    }
}

}  // namespace

void toCanonical(
    const PageShape& shape, std::byte* page, int64_t first, int64_t count, std::byte* to) {
    const RecordLayout layout(shape);
    const auto take = [&](const std::byte* record, std::byte* numbers, std::byte* scale) {
        std::copy_n(record, layout.scaleBytes(), scale);
        copyBackwards(
            numbers, record + layout.scaleBytes(), layout.rowBytes, layout.elementBytes());
    };
    forRecords(shape, page, to, first, count, take);
}

void fromCanonical(
    const PageShape& shape, std::byte* page, int64_t first, int64_t count, const std::byte* from) {
    const RecordLayout layout(shape);
    const auto put = [&](std::byte* record, const std::byte* numbers, const std::byte* scale) {
        std::copy_n(scale, layout.scaleBytes(), record);
        copyBackwards(
            record + layout.scaleBytes(), numbers, layout.rowBytes, layout.elementBytes());
    };
    forRecords(shape, page, from, first, count, put);
}

void transpose(const float* from, float* to, int64_t count, int64_t rows, int64_t columns) {
    for (int64_t i = 0; i < count; ++i) {
        for (int64_t r = 0; r < rows; ++r) {
            for (int64_t c = 0; c < columns; ++c) {
                to[(i * columns + c) * rows + r] = from[(i * rows + r) * columns + c];
            }
        }
    }
}

Sides sidesOf(const StateShape& shape) {
    const size_t rank = shape.sizes.size();
    Sides sides{1, shape.sizes[rank - 2], shape.sizes[rank - 1]};
    for (size_t i = 0; i + 2 < rank; ++i) {
        sides.count *= shape.sizes[i];
    }
    return sides;
}

}  // namespace tl::test
