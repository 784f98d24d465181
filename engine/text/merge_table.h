// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "base/result.h"
#include "engine/text/vocabulary.h"

namespace tl {

// What a pair of neighbouring tokens becomes. Lower ranks merge first.
struct Merge {
    static constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();
    uint32_t rank = kNone;
    TokenId merged = kNoToken;
};

// The merges of a byte-level BPE by pair of token ids, in a hash table with open addressing at most
// half full. Immutable after loading.
class MergeTable {
public:
    // From metadata `tokenizer.ggml.merges`. A merge that names or makes no token of the vocabulary
    // could never be output and is left out.
    static Result<MergeTable> fromGguf(const GgufFile& file, const Vocabulary& vocabulary);

    Merge find(TokenId left, TokenId right) const {
        const uint64_t key = keyOf(left, right);
        for (size_t i = firstSlot(key);; i = (i + 1) & m_mask) {
            if (m_slots[i].key == key) {
                return m_slots[i].merge;
            }
            if (m_slots[i].key == kFree) {
                return {};
            }
        }
    }

private:
    struct Slot {
        uint64_t key = kFree;
        Merge merge;
    };
    static constexpr uint64_t kFree = std::numeric_limits<uint64_t>::max();  // no pair of ids

    explicit MergeTable(size_t mergeCount);
    static uint64_t keyOf(TokenId left, TokenId right) {
        return static_cast<uint64_t>(static_cast<uint32_t>(left)) << 32 |
               static_cast<uint32_t>(right);
    }
    // Fibonacci hashing: the upper bits of the product depend on all bits of the key.
    size_t firstSlot(uint64_t key) const { return (key * 0x9E3779B97F4A7C15U) >> m_shift; }
    // Keeps the first of two merges of one pair.
    void insert(TokenId left, TokenId right, Merge merge);

    std::vector<Slot> m_slots;  // a power of two
    size_t m_mask;
    int m_shift;
};

}  // namespace tl
