// SPDX-License-Identifier: Apache-2.0
#include "ingest/office/read_html.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/utf8.h"
#include "ingest/office/html_main.h"
#include "ingest/office/html_text.h"
#include "ingest/office/html_tree.h"
#include "ingest/office/text_flow.h"
#include "ingest/read/charset.h"
#include "ingest/read/file_bytes.h"
#include "ingest/transcript/text_lines.h"

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

bool isXhtml(std::string_view text) {
    const std::string_view head = text.substr(0, 1024);
    return head.starts_with("<?xml") ||
           head.find("http://www.w3.org/1999/xhtml") != std::string::npos;
}

void tellWhatWasLeft(const HtmlMain& main, Extract& extract) {
    if (main.isThin) {
        extract.warnings.push_back({ReasonCode::kThinMainPart});
    } else if (main.leftOutBytes > 0) {
        extract.notes.push_back({.code = ReasonCode::kMainPartOnly, .count = main.leftOutBytes});
    }
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

Reading<Extract> readHtml(const ReadRequest& request) {
    Reading<DecodedText> decoded = decodeHtml(request.bytes);
    if (!decoded.ok()) {
        return decoded.error();
    }
    std::string page = std::move(decoded.value().text);
    if (isXhtml(page)) {
        page = withExplicitEnds(page);
    }
    const auto tree = HtmlTree::parse(page, request.limits.maxMemoryBytes / 2);
    if (!tree.ok()) {
        return tree.error();
    }
    const HtmlMain main = findMain(*tree.value());
    TextFlow flow(request.limits.maxTextBytes);
    writeHtml(*tree.value(), main, flow);
    if (flow.isFull()) {
        return overTextLimit(request.limits);
    }
    Extract extract;
    extract.kind = DocumentKind::kMarkup;
    extract.notes = std::move(decoded.value().notes);
    extract.title = titleOf(*tree.value());
    tellWhatWasLeft(main, extract);
    std::move(flow).finish(extract);
    if (extract.text.empty()) {
        extract.warnings.push_back({ReasonCode::kWebPageWithoutText});
    }
    return extract;
}

}  // namespace tl
