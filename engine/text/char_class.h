// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/utf8.h"

namespace tl {

// What pre-tokenizers ask of a character: \p{L}, \p{N}, \s, or none of these.
enum class CharClass : uint8_t { kOther, kLetter, kNumber, kSpace };

// The classes of all code points, folded from ICU's properties into two levels: equal blocks of 256
// code points are stored once. Immutable and shared by the process.
class CharClasses {
public:
    static const CharClasses& instance();

    CharClass of(char32_t code) const {
        return m_classes[static_cast<size_t>(m_blocks[code >> kBlockBits]) << kBlockBits |
                         (code & kBlockMask)];
    }

    struct Char {
        CharClass cls;
        uint32_t length;  // bytes
    };
    // The character of `text` at `position`; a byte that is no UTF-8 counts as kOther by itself.
    Char at(std::string_view text, size_t position) const {
        const uint8_t byte = static_cast<uint8_t>(text[position]);
        if (byte < 0x80) {
            return {m_classes[byte], 1};  // block 0 comes first
        }
        const Utf8Char c = decodeUtf8(text.substr(position));
        if (c.status != Utf8Status::kValid) {
            return {CharClass::kOther, 1};
        }
        return {of(c.code), c.length};
    }

private:
    static constexpr uint32_t kBlockBits = 8;
    static constexpr uint32_t kBlockMask = (1U << kBlockBits) - 1;
    static constexpr size_t kBlockCount = 0x110000 >> kBlockBits;

    CharClasses();

    std::array<uint8_t, kBlockCount> m_blocks{};  // index into m_classes, in blocks
    std::vector<CharClass> m_classes;
};

}  // namespace tl
