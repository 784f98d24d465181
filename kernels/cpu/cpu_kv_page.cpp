// SPDX-License-Identifier: Apache-2.0
#include "kernels/cpu/cpu_kv_page.h"

#include <cstring>
#include <string>

namespace tl::cpu {
namespace {

// How a head's keys or values lie: blocks of `positions` positions, in which runs of `bytes` bytes
// of all of them stand side by side.
struct RunLayout {
    int64_t positions;
    int64_t bytes;
    int64_t runs;  // of one position

    int64_t rowBytes() const { return bytes * runs; }
    int64_t place(int64_t position, int64_t run) const {
        const int64_t block = position / positions * positions;
        return block * rowBytes() + (run * positions + position % positions) * bytes;
    }
};

RunLayout keyLayout(const PageShape& shape) {
    return shape.type == KvType::kInt8 ? RunLayout{kKeyBlock, 4, shape.headDim / 4}
                                       : RunLayout{kKeyBlock, 2, shape.headDim};
}

RunLayout valueLayout(const PageShape& shape) {
    return shape.type == KvType::kInt8 ? RunLayout{kValueBlock, 1, shape.headDim}
                                       : RunLayout{1, 2 * shape.headDim, 1};
}

// Positions of a page.
struct Range {
    int64_t first, count;

    int64_t end() const { return first + count; }
};

int64_t scaleBytes(const PageShape& shape, int64_t positions) {
    return shape.type == KvType::kInt8 ? positions * static_cast<int64_t>(sizeof(float)) : 0;
}

void copyBytes(void* to, const void* from, int64_t bytes) {
    std::memcpy(to, from, static_cast<size_t>(bytes));
}

// One head, within the layout: whole blocks, then what is in use of the last one.
void copyHead(std::byte* to, const std::byte* from, const RunLayout& layout, int64_t positions) {
    const int64_t rest = positions % layout.positions;
    const int64_t whole = positions - rest;
    copyBytes(to, from, whole * layout.rowBytes());
    for (int64_t run = 0; run < layout.runs && rest > 0; ++run) {
        const int64_t at = layout.place(whole, run);
        copyBytes(to + at, from + at, rest * layout.bytes);
    }
}

// A block of the layout from and to (Positions, runs): of each run, the bytes of all positions
// stand side by side. The sizes are known, so that the compiler moves whole vectors.
template <int64_t Bytes, int64_t Positions>
void importBlock(std::byte* __restrict to,
                 const std::byte* __restrict from,
                 int64_t runs,
                 std::byte flip) {
    for (int64_t run = 0; run < runs; ++run) {
        for (int64_t position = 0; position < Positions; ++position) {
            for (int64_t i = 0; i < Bytes; ++i) {
                to[(run * Positions + position) * Bytes + i] =
                    from[(position * runs + run) * Bytes + i] ^ flip;
            }
        }
    }
}

template <int64_t Bytes, int64_t Positions>
void exportBlock(std::byte* __restrict to,
                 const std::byte* __restrict from,
                 int64_t runs,
                 std::byte flip) {
    for (int64_t position = 0; position < Positions; ++position) {
        for (int64_t run = 0; run < runs; ++run) {
            for (int64_t i = 0; i < Bytes; ++i) {
                to[(position * runs + run) * Bytes + i] =
                    from[(run * Positions + position) * Bytes + i] ^ flip;
            }
        }
    }
}

// One position of a block that is there in part.
void importPosition(std::byte* to,
                    const std::byte* from,
                    const RunLayout& layout,
                    int64_t position,
                    std::byte flip) {
    for (int64_t run = 0; run < layout.runs; ++run) {
        std::byte* at = to + layout.place(position, run);
        for (int64_t i = 0; i < layout.bytes; ++i) {
            at[i] = *from++ ^ flip;
        }
    }
}

void exportPosition(std::byte* to,
                    const std::byte* from,
                    const RunLayout& layout,
                    int64_t position,
                    std::byte flip) {
    for (int64_t run = 0; run < layout.runs; ++run) {
        const std::byte* at = from + layout.place(position, run);
        for (int64_t i = 0; i < layout.bytes; ++i) {
            *to++ = at[i] ^ flip;
        }
    }
}

// Calls wholeBlock(first position) and onePosition(position) so that a range is covered.
template <typename Block, typename Position>
void forBlocks(const Range& range, int64_t positions, Block wholeBlock, Position onePosition) {
    for (int64_t at = range.first; at < range.end();) {
        if (at % positions == 0 && range.end() - at >= positions) {
            wholeBlock(at);
            at += positions;
        } else {
            onePosition(at++);
        }
    }
}

using BlockFn = void (*)(std::byte*, const std::byte*, int64_t runs, std::byte flip);
struct BlockFns {
    BlockFn importBlock, exportBlock;
};

// Of the layouts that keyLayout() and valueLayout() give with blocks of several positions.
BlockFns blockFnsOf(const RunLayout& layout) {
    if (layout.bytes == 4) {
        return {importBlock<4, kKeyBlock>, exportBlock<4, kKeyBlock>};
    }
    if (layout.bytes == 2) {
        return {importBlock<2, kKeyBlock>, exportBlock<2, kKeyBlock>};
    }
    return {importBlock<1, kValueBlock>, exportBlock<1, kValueBlock>};
}

// Positions of one head, (positions, runs), to and from the layout; `flip` goes over every byte.
void exportRuns(std::byte* to,
                const std::byte* from,
                const RunLayout& layout,
                const Range& range,
                std::byte flip) {
    const int64_t row = layout.rowBytes();
    if (layout.positions == 1) {
        copyBytes(to, from + range.first * row, range.count * row);
        return;
    }
    const BlockFn block = blockFnsOf(layout).exportBlock;
    forBlocks(
        range,
        layout.positions,
        [&](int64_t at) {
            block(to + (at - range.first) * row, from + at * row, layout.runs, flip);
        },
        [&](int64_t at) { exportPosition(to + (at - range.first) * row, from, layout, at, flip); });
}

void importRuns(std::byte* to,
                const std::byte* from,
                const RunLayout& layout,
                const Range& range,
                std::byte flip) {
    const int64_t row = layout.rowBytes();
    if (layout.positions == 1) {
        copyBytes(to + range.first * row, from, range.count * row);
        return;
    }
    const BlockFn block = blockFnsOf(layout).importBlock;
    forBlocks(
        range,
        layout.positions,
        [&](int64_t at) {
            block(to + at * row, from + (at - range.first) * row, layout.runs, flip);
        },
        [&](int64_t at) { importPosition(to, from + (at - range.first) * row, layout, at, flip); });
}

// Adding 128 to a byte, or taking it off, is turning its highest bit over.
constexpr std::byte kKeyFlip{kKeyOffset};

std::byte keyFlip(const PageShape& shape) {
    return shape.type == KvType::kInt8 ? kKeyFlip : std::byte{0};
}

// Keys or values of a page, of all heads, with their scales.
struct Half {
    std::byte* numbers;
    float* scales;
    RunLayout layout;
    std::byte flip;
};

struct Halves {
    Half keys, values;
};

Halves halvesOf(const CpuKvPage& page) {
    const PageShape& shape = page.shape();
    const PageParts& parts = page.parts();
    return {
        {static_cast<std::byte*>(parts.keys), parts.keyScales, keyLayout(shape), keyFlip(shape)},
        {static_cast<std::byte*>(parts.values),
         parts.valueScales,
         valueLayout(shape),
         std::byte{0}}};
}

}  // namespace

int64_t CpuKvPage::bytesFor(const PageShape& shape) {
    return canonicalPageBytes(shape, kKvPagePositions);
}

Result<std::unique_ptr<CpuKvPage>> CpuKvPage::create(const PageShape& shape) {
    AlignedMemory memory = allocateAligned(bytesFor(shape));
    if (!memory) {
        return Error{ErrorCode::kOutOfMemory,
                     "no memory for " + std::to_string(bytesFor(shape) >> 20) +
                         " MiB of keys and values more"};
    }
    const int64_t rows = shape.kvHeads * kKvPagePositions;
    const int64_t numbers = rows * keyLayout(shape).rowBytes();
    std::unique_ptr<CpuKvPage> page(new CpuKvPage());
    page->m_shape = shape;
    page->m_parts.keys = memory.get();
    page->m_parts.values = memory.get() + numbers;
    if (shape.type == KvType::kInt8) {
        page->m_parts.keyScales = reinterpret_cast<float*>(memory.get() + 2 * numbers);
        page->m_parts.valueScales = page->m_parts.keyScales + rows;
    }
    page->m_memory = std::move(memory);
    return page;
}

void CpuKvPage::copyFrom(const CpuKvPage& other, int64_t positions) {
    const Halves to = halvesOf(*this);
    const Halves from = halvesOf(other);
    const int64_t scales = scaleBytes(m_shape, positions);
    for (int64_t head = 0; head < m_shape.kvHeads; ++head) {
        const int64_t row = head * kKvPagePositions;
        for (const auto& [half, source] :
             {std::pair(&to.keys, &from.keys), std::pair(&to.values, &from.values)}) {
            const int64_t at = row * half->layout.rowBytes();
            copyHead(half->numbers + at, source->numbers + at, half->layout, positions);
            if (scales > 0) {
                copyBytes(half->scales + row, source->scales + row, scales);
            }
        }
    }
}

void CpuKvPage::exportTo(int64_t first, int64_t count, std::byte* to) const {
    const Halves halves = halvesOf(*this);
    const int64_t scales = scaleBytes(m_shape, count);
    for (const Half* half : {&halves.keys, &halves.values}) {
        const int64_t headBytes = half->layout.rowBytes() * kKvPagePositions;
        for (int64_t head = 0; head < m_shape.kvHeads; ++head) {
            const std::byte* from = half->numbers + head * headBytes;
            exportRuns(to, from, half->layout, {first, count}, half->flip);
            to += count * half->layout.rowBytes();
        }
        for (int64_t head = 0; head < m_shape.kvHeads && scales > 0; ++head) {
            copyBytes(to, half->scales + head * kKvPagePositions + first, scales);
            to += scales;
        }
    }
}

void CpuKvPage::importFrom(int64_t first, int64_t count, const std::byte* from) {
    const Halves halves = halvesOf(*this);
    const int64_t scales = scaleBytes(m_shape, count);
    for (const Half* half : {&halves.keys, &halves.values}) {
        const int64_t headBytes = half->layout.rowBytes() * kKvPagePositions;
        for (int64_t head = 0; head < m_shape.kvHeads; ++head) {
            std::byte* to = half->numbers + head * headBytes;
            importRuns(to, from, half->layout, {first, count}, half->flip);
            from += count * half->layout.rowBytes();
        }
        for (int64_t head = 0; head < m_shape.kvHeads && scales > 0; ++head) {
            copyBytes(half->scales + head * kKvPagePositions + first, from, scales);
            from += scales;
        }
    }
}

}  // namespace tl::cpu
