// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace tl {

struct TextLine {
    std::string_view text;  // without its line end
    int64_t begin = 0;      // byte offset in the whole text
    int64_t number = 1;     // 1-based
};

// The lines of a text whose lines end in \n; a view of it.
std::vector<TextLine> splitLines(std::string_view text);

// Without white space at both ends (space, tab, line ends, form feed).
std::string_view trimmed(std::string_view text);

// Whether the name ends in one of the extensions, which are given as ".srt". Case does not matter.
bool hasExtension(std::string_view name, std::initializer_list<std::string_view> extensions);

// Not empty and digits only.
bool isNumber(std::string_view text);

// At most `bytes` from the front, up to the end of a whole character.
std::string_view cutAtCharacter(std::string_view text, size_t bytes);

// Appends a piece, with the separator in front unless `text` is empty.
void appendSeparated(std::string& text, std::string_view separator, std::string_view piece);

// Without NUL bytes and carriage returns, broken UTF-8 as U+FFFD: what may stand in Extract::text.
std::string cleanText(std::string_view text);

}  // namespace tl
