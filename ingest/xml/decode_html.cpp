// SPDX-License-Identifier: Apache-2.0
#include "ingest/xml/decode_html.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/ascii.h"
#include "base/utf8.h"
#include "ingest/text/charset.h"
#include "ingest/text/charset_names.h"
#include "ingest/text/text_lines.h"

namespace tl {
namespace {

// What stands in the element of this name is no markup.
constexpr std::array<std::string_view, 3> kRawElements{"script", "style", "!--"};

bool startsTag(std::string_view text, std::string_view name) {
    return text.size() > name.size() + 1 && text[0] == '<' &&
           asciiLower(text.substr(1, name.size())) == name;
}

// Where the raw element at `at` ends; `at` for what is none.
size_t rawEnd(std::string_view bytes, size_t at) {
    for (const std::string_view name : kRawElements) {
        if (!startsTag(bytes.substr(at), name)) {
            continue;
        }
        if (name == "!--") {
            return std::min(bytes.find("-->", at + 4), bytes.size());
        }
        for (size_t end = bytes.find("</", at); end < bytes.size();
             end = bytes.find("</", end + 2)) {
            if (asciiLower(bytes.substr(end + 2, name.size())) == name) {
                return end;
            }
        }
        return bytes.size();
    }
    return at;
}

// The word after `mark` in what is in lower case already.
std::string wordBehind(std::string_view text, std::string_view mark) {
    size_t begin = text.find(mark);
    if (begin == std::string_view::npos) {
        return {};
    }
    begin = text.find_first_not_of(" \t\r\n\"'=", begin + mark.size());
    if (begin == std::string_view::npos) {
        return {};
    }
    constexpr size_t kLongestName = 40;
    const size_t end = text.find_first_of(" \"';>?/\r\n\t", begin);
    return std::string(text.substr(begin, std::min(end - begin, kLongestName)));
}

// The encoding that the page's declaration or its first <meta> with one names, wherever that
// stands: browsers start anew when they meet a late one.
std::string declaredCharset(std::string_view bytes) {
    constexpr size_t kLongestTag = 1024;
    if (const std::string start = asciiLower(bytes.substr(0, kLongestTag));
        start.starts_with("<?xml")) {
        if (std::string name = wordBehind(start.substr(0, start.find("?>")), "encoding");
            !name.empty()) {
            return name;
        }
    }
    for (size_t at = bytes.find('<'); at < bytes.size(); at = bytes.find('<', at + 1)) {
        if (const size_t end = rawEnd(bytes, at); end != at) {
            at = end;
            continue;
        }
        if (startsTag(bytes.substr(at), "meta")) {
            const size_t end = std::min(bytes.find('>', at), at + kLongestTag);
            if (std::string name = wordBehind(asciiLower(bytes.substr(at, end - at)), "charset");
                !name.empty()) {
                return name;
            }
        }
    }
    return {};
}

// As the page declares itself; nullopt where it does not, or calls itself UTF-8 without being it.
std::optional<DecodedText> decodedAsDeclared(std::string_view bytes) {
    const std::string declared = declaredCharset(bytes);
    const std::string name = icuCharsetName(declared);
    if (declared.empty() || name.starts_with("utf-")) {
        return std::nullopt;
    }
    auto converted = convertToUtf8(bytes, name.c_str());
    if (!converted) {
        return std::nullopt;
    }
    DecodedText text{cleanText(converted->text),
                     {{.code = ReasonCode::kConverted, .name = cleanText(declared)}}};
    if (converted->wasRepaired) {
        text.notes.push_back({ReasonCode::kBrokenCharacters});
    }
    return text;
}

}  // namespace

Reading<DecodedText> decodeHtml(std::string_view bytes, std::string_view charset) {
    const bool hasMark = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
    if (charset.empty() && !hasMark && !isValidUtf8(bytes)) {
        if (auto text = decodedAsDeclared(bytes)) {
            return std::move(*text);
        }
    }
    return decodeText(std::string(bytes), charset);
}

}  // namespace tl
