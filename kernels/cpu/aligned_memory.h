// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace tl::cpu {

struct FreeMemory {
    void operator()(void* p) const { std::free(p); }
};

// Zeroed memory on a cache-line border; null when there is none left.
using AlignedMemory = std::unique_ptr<uint8_t[], FreeMemory>;

inline AlignedMemory allocateAligned(int64_t bytes) {
    constexpr size_t kAlignment = 64;
    // A margin, so that prefetches and whole-vector loads at the end stay inside.
    const size_t size = (static_cast<size_t>(bytes) + 2 * kAlignment - 1) / kAlignment * kAlignment;
    void* memory = std::aligned_alloc(kAlignment, size);
    if (memory != nullptr) {
        std::memset(memory, 0, size);
    }
    return AlignedMemory(static_cast<uint8_t*>(memory));
}

}  // namespace tl::cpu
