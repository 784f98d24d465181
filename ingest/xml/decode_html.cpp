// SPDX-License-Identifier: Apache-2.0
#include "ingest/xml/decode_html.h"

#include <algorithm>
#include <string>

#include "base/utf8.h"
#include "ingest/text/charset.h"
#include "ingest/text/text_lines.h"

namespace tl {
namespace {

constexpr size_t kHeadBytes = 4096;

// The word behind "charset=" or "encoding=" in the page's head, or nothing.
std::string declaredCharset(std::string_view bytes) {
    const std::string head = asciiLower(bytes.substr(0, kHeadBytes));
    size_t at = head.find("charset=");
    size_t length = std::string_view("charset=").size();
    if (head.starts_with("<?xml")) {
        at = head.find("encoding=");
        length = std::string_view("encoding=").size();
    }
    if (at == std::string::npos) {
        return {};
    }
    const size_t begin = head.find_first_not_of(" \"'", at + length);
    if (begin == std::string::npos) {
        return {};
    }
    const size_t end = head.find_first_of(" \"';>?/\r\n\t", begin);
    constexpr size_t kLongestName = 40;
    const std::string name = head.substr(begin, std::min(end - begin, kLongestName));
    // What browsers do: pages of Windows that call themselves Latin-1 are many.
    return name == "iso-8859-1" || name == "latin1" || name == "us-ascii" ? "windows-1252" : name;
}

}  // namespace

Reading<DecodedText> decodeHtml(std::string_view bytes) {
    const bool hasMark = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
    if (!hasMark && !isValidUtf8(bytes)) {
        const std::string charset = declaredCharset(bytes);
        const bool isWide = charset.starts_with("utf-16") || charset.starts_with("utf-8");
        if (!charset.empty() && !isWide) {
            if (auto converted = convertToUtf8(bytes, charset.c_str())) {
                return DecodedText{cleanText(converted->text),
                                   {{.code = ReasonCode::kConverted, .name = cleanText(charset)}}};
            }
        }
    }
    return decodeText(std::string(bytes));
}

}  // namespace tl
