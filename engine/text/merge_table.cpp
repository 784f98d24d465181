// SPDX-License-Identifier: Apache-2.0
#include "engine/text/merge_table.h"

#include <bit>
#include <optional>

#include "engine/gguf_file.h"
#include "engine/text/byte_alphabet.h"

namespace tl {
namespace {

constexpr std::string_view kMergesKey = "tokenizer.ggml.merges";

struct Parts {
    std::string left;   // bytes
    std::string right;  // bytes
};

// "LEFT RIGHT" in the byte alphabet, which has no blank.
std::optional<Parts> splitMerge(std::string_view text) {
    const size_t blank = text.find(' ');
    if (blank == 0 || blank == std::string_view::npos || blank + 1 == text.size()) {
        return std::nullopt;
    }
    std::optional<std::string> left = spelledBytes(text.substr(0, blank));
    std::optional<std::string> right = spelledBytes(text.substr(blank + 1));
    if (!left || !right) {
        return std::nullopt;
    }
    return Parts{std::move(*left), std::move(*right)};
}

}  // namespace

MergeTable::MergeTable(size_t mergeCount)
    : m_slots(std::bit_ceil(2 * mergeCount + 2))
    , m_mask(m_slots.size() - 1)
    , m_shift(64 - std::countr_zero(m_slots.size())) {}

void MergeTable::insert(TokenId left, TokenId right, Merge merge) {
    const uint64_t key = keyOf(left, right);
    size_t i = firstSlot(key);
    while (m_slots[i].key != kFree) {
        // The earlier rank stands.
        if (m_slots[i].key == key) {
            return;
        }
        i = (i + 1) & m_mask;
    }
    m_slots[i] = {key, merge};
}

Result<MergeTable> MergeTable::fromGguf(const GgufFile& file, const Vocabulary& vocabulary) {
    const Result<const std::vector<std::string_view>*> merges = metadataStrings(file, kMergesKey);
    if (!merges.ok()) {
        return merges.error();
    }
    MergeTable table(merges.value()->size());
    uint32_t rank = 0;
    for (const std::string_view text : *merges.value()) {
        const std::optional<Parts> parts = splitMerge(text);
        if (!parts) {
            return Error{ErrorCode::kCorrupt,
                         file.name() + ": metadata '" + std::string(kMergesKey) + "': entry " +
                             std::to_string(rank) + " is no pair of tokens"};
        }
        const TokenId left = vocabulary.find(parts->left);
        const TokenId right = vocabulary.find(parts->right);
        const TokenId merged = vocabulary.find(parts->left + parts->right);
        // Merges to what is no token are in some files; they can never be taken.
        if (left != kNoToken && right != kNoToken && merged != kNoToken) {
            table.insert(left, right, {rank, merged});
        }
        ++rank;
    }
    return table;
}

}  // namespace tl
