// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bitset>
#include <cstdint>
#include <string_view>
#include <vector>

namespace tl {

// A wildcard pattern of a .gitignore line, compiled: `*` and `?` stay within one path component,
// `**` between slashes spans any number of them, `[a-z]`, `[!x]`, `[[:digit:]]`, backslash escapes.
// Bytes are compared, as git does. A malformed pattern matches nothing. Immutable, thread-safe.
class Glob {
public:
    explicit Glob(std::string_view pattern);

    // The whole text. Costs at most size of the pattern times size of the text, whatever they are.
    bool matches(std::string_view text) const;

private:
    using ByteSet = std::bitset<256>;

    enum class Kind : uint8_t {
        kByte,
        kAnyByte,      // `?`: not a slash
        kSet,          // `[...]`: never a slash
        kAnyName,      // `*`: any number of bytes that are no slash
        kAnyPath,      // `**`: any number of bytes
        kMaySkipNext2  // before kAnyPath and its slash: "**/" also stands for nothing at all
    };

    struct Token {
        Kind kind;
        uint8_t byte = 0;
        int32_t set = 0;
    };

    class Parser;

    bool accepts(const Token& token, unsigned char byte) const;
    void follow(uint8_t* states) const;

    std::vector<Token> m_tokens;
    std::vector<ByteSet> m_sets;
    bool m_isMalformed = false;
};

}  // namespace tl
