// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "engine/tokenizer.h"

namespace tl {

// Remembers the tokens of short words. Each word has one place, which the last word that belongs
// there holds, so memory is fixed (1 MiB) and nothing is ever evicted by age. Not thread-safe.
class WordCache {
public:
    WordCache() : m_entries(kEntries) {}

    // The word's tokens, empty where they are not known. Valid until the next store().
    std::span<const TokenId> find(std::string_view word) const {
        if (word.size() > kMaxBytes) {
            return {};
        }
        const Entry& entry = m_entries[slotOf(word)];
        const bool same = entry.bytes == word.size() &&
                          std::memcmp(entry.text.data(), word.data(), word.size()) == 0;
        return same ? std::span(entry.ids.data(), entry.count) : std::span<const TokenId>();
    }

    void store(std::string_view word, std::span<const TokenId> ids) {
        if (word.empty() || word.size() > kMaxBytes || ids.size() > kMaxTokens) {
            return;
        }
        Entry& entry = m_entries[slotOf(word)];
        std::memcpy(entry.text.data(), word.data(), word.size());
        std::copy(ids.begin(), ids.end(), entry.ids.begin());
        entry.bytes = static_cast<uint8_t>(word.size());
        entry.count = static_cast<uint8_t>(ids.size());
    }

private:
    static constexpr size_t kMaxBytes = 30;
    static constexpr size_t kMaxTokens = 8;
    static constexpr int kEntryBits = 14;
    static constexpr size_t kEntries = size_t{1} << kEntryBits;

    struct alignas(64) Entry {  // one cache line
        std::array<TokenId, kMaxTokens> ids;
        std::array<char, kMaxBytes> text;
        uint8_t bytes = 0;  // 0 = free
        uint8_t count = 0;
    };
    static_assert(sizeof(Entry) == 64);

    // REQUIRES: bytes <= 8
    static uint64_t load(const char* text, size_t bytes) {
        uint64_t value = 0;
        std::memcpy(&value, text, bytes);
        return value;
    }
    static uint64_t mix(uint64_t hash, uint64_t value) {
        hash = (hash ^ value) * 0x9E3779B97F4A7C15U;
        return hash ^ (hash >> 32);
    }
    static size_t slotOf(std::string_view word) {
        uint64_t hash = word.size();
        size_t i = 0;
        for (; i + 8 <= word.size(); i += 8) {
            hash = mix(hash, load(word.data() + i, 8));
        }
        hash = mix(hash, load(word.data() + i, word.size() - i));
        return (hash * 0x9E3779B97F4A7C15U) >> (64 - kEntryBits);
    }

    std::vector<Entry> m_entries;
};

}  // namespace tl
