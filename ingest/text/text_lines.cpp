// SPDX-License-Identifier: Apache-2.0
#include "ingest/text/text_lines.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/utf8.h"

namespace tl {

std::vector<TextLine> splitLines(std::string_view text) {
    std::vector<TextLine> lines;
    size_t begin = 0;
    while (begin < text.size()) {
        const size_t end = std::min(text.find('\n', begin), text.size());
        lines.push_back({text.substr(begin, end - begin),
                         static_cast<int64_t>(begin),
                         static_cast<int64_t>(lines.size()) + 1});
        begin = end + 1;
    }
    return lines;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kWhite = " \t\r\n\f\v";
    const size_t first = text.find_first_not_of(kWhite);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(kWhite) - first + 1);
}

bool hasExtension(std::string_view name, std::initializer_list<std::string_view> extensions) {
    constexpr size_t kLongest = 16;
    const std::string ending =
        asciiLower(name.substr(name.size() - std::min(name.size(), kLongest)));
    return std::any_of(extensions.begin(), extensions.end(), [&](std::string_view extension) {
        return ending.ends_with(extension);
    });
}

bool isNumber(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), isAsciiDigit);
}

std::string_view cutAtCharacter(std::string_view text, size_t bytes) {
    size_t end = std::min(bytes, text.size());
    while (end > 0 && end < text.size() && isContinuationByte(text[end])) {
        --end;
    }
    return text.substr(0, end);
}

void appendSeparated(std::string& text, std::string_view separator, std::string_view piece) {
    if (!text.empty()) {
        text += separator;
    }
    text += piece;
}

std::string cleanText(std::string_view text) {
    std::string clean;
    if (isValidUtf8(text)) {
        clean = text;
    } else {
        Utf8Assembler assembler;
        assembler.push(text, clean);
        assembler.finish(clean);
    }
    const auto isOdd = [](char c) { return c == '\0' || c == '\r'; };
    clean.erase(std::remove_if(clean.begin(), clean.end(), isOdd), clean.end());
    return clean;
}

}  // namespace tl
