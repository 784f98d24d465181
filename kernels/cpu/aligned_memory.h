// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>

namespace tl::cpu {

struct FreeMemory {
    void* block = nullptr;  // what calloc() gave

    void operator()(void*) const { std::free(block); }
};

// Zeroed memory on a cache-line border; null when there is none left.
using AlignedMemory = std::unique_ptr<uint8_t[], FreeMemory>;

// From calloc(): large blocks come from the system as zeros and are not touched here, so that pages
// of keys and values are first written by the threads that fill them.
inline AlignedMemory allocateAligned(int64_t bytes) {
    constexpr size_t kAlignment = 64;
    // A margin, so that prefetches and whole-vector loads at the end stay inside.
    void* block = std::calloc(static_cast<size_t>(bytes) + 3 * kAlignment, 1);
    if (block == nullptr) {
        return nullptr;
    }
    const size_t past = reinterpret_cast<uintptr_t>(block) % kAlignment;
    return AlignedMemory(static_cast<uint8_t*>(block) + (kAlignment - past), FreeMemory{block});
}

}  // namespace tl::cpu
