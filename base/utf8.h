// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tl {

enum class Utf8Status {
    kValid,
    kInvalid,     // these bytes can never become a character
    kIncomplete,  // the text ends within a character that is right so far
};

struct Utf8Char {
    char32_t code;    // U+FFFD unless kValid
    uint32_t length;  // bytes it takes; of broken ones as many as Unicode's table 3-7 lets belong
                      // together
    Utf8Status status;
};

// The character at the start of `text`. REQUIRES: !text.empty()
Utf8Char decodeUtf8(std::string_view text);

bool isValidUtf8(std::string_view text);

// Whether a byte of UTF-8 lies within a character, after its first byte.
constexpr bool isContinuationByte(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// Joins pieces of a byte stream so that only whole UTF-8 characters come out; bytes that can
// never become one come out as U+FFFD.
class Utf8Assembler {
public:
    // Appends the characters that are whole now to `out`.
    void push(std::string_view piece, std::string& out);
    // Appends what is left, broken characters as U+FFFD.
    void finish(std::string& out);

private:
    std::string m_pending;  // fewer than 4 bytes
};

}  // namespace tl
