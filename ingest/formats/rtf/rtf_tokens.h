// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace tl {

struct RtfToken {
    enum class Kind {
        kOpen,    // "{"
        kClose,   // "}"
        kWord,    // "\par", "\u8226"
        kSymbol,  // "\~": the character in `text`
        kByte,    // "\'e9"
        kText,    // plain bytes, without line ends, which mean nothing
        kEnd,
    };

    Kind kind = Kind::kEnd;
    std::string_view text;  // of words and text
    int number = 0;         // after a word
    bool hasNumber = false;
    unsigned char byte = 0;
};

// Takes RTF apart. Never fails: any bytes are tokens.
class RtfTokens {
public:
    explicit RtfTokens(std::string_view bytes) : m_rest(bytes) {}

    RtfToken next();
    // Passes over what follows "\bin"; false when there is less than that.
    bool skipBytes(int count);

private:
    RtfToken control();
    RtfToken word();

    std::string_view m_rest;
};

}  // namespace tl
