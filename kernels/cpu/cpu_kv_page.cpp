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

// Positions [first, first + count) of one head, (count, runs) to and from the layout; `flip` goes
// over every byte. `Bytes` is the size of a run where that is known, or 0.
template <int64_t Bytes>
void exportRuns(std::byte* to,
                const std::byte* from,
                const RunLayout& layout,
                const Range& range,
                std::byte flip) {
    const int64_t bytes = Bytes > 0 ? Bytes : layout.bytes;
    for (int64_t position = range.first; position < range.end(); ++position) {
        for (int64_t run = 0; run < layout.runs; ++run, to += bytes) {
            const std::byte* at = from + layout.place(position, run);
            for (int64_t i = 0; i < bytes; ++i) {
                to[i] = at[i] ^ flip;
            }
        }
    }
}

template <int64_t Bytes>
void importRuns(std::byte* to,
                const std::byte* from,
                const RunLayout& layout,
                const Range& range,
                std::byte flip) {
    const int64_t bytes = Bytes > 0 ? Bytes : layout.bytes;
    for (int64_t position = range.first; position < range.end(); ++position) {
        for (int64_t run = 0; run < layout.runs; ++run, from += bytes) {
            std::byte* at = to + layout.place(position, run);
            for (int64_t i = 0; i < bytes; ++i) {
                at[i] = from[i] ^ flip;
            }
        }
    }
}

using RunFn =
    void (*)(std::byte*, const std::byte*, const RunLayout&, const Range&, std::byte flip);

RunFn exportOf(const RunLayout& layout) {
    return layout.bytes == 4   ? exportRuns<4>
           : layout.bytes == 2 ? exportRuns<2>
           : layout.bytes == 1 ? exportRuns<1>
                               : exportRuns<0>;
}

RunFn importOf(const RunLayout& layout) {
    return layout.bytes == 4   ? importRuns<4>
           : layout.bytes == 2 ? importRuns<2>
           : layout.bytes == 1 ? importRuns<1>
                               : importRuns<0>;
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
            exportOf(half->layout)(to, from, half->layout, {first, count}, half->flip);
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
            importOf(half->layout)(to, from, half->layout, {first, count}, half->flip);
            from += count * half->layout.rowBytes();
        }
        for (int64_t head = 0; head < m_shape.kvHeads && scales > 0; ++head) {
            copyBytes(half->scales + head * kKvPagePositions + first, from, scales);
            from += scales;
        }
    }
}

}  // namespace tl::cpu
