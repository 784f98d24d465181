// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/html/read_html.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/utf8.h"
#include "ingest/io/file_bytes.h"
#include "ingest/text/text_flow.h"
#include "ingest/text/text_lines.h"
#include "ingest/xml/decode_html.h"
#include "ingest/xml/html_main.h"
#include "ingest/xml/html_text.h"
#include "ingest/xml/html_tree.h"

namespace tl {
namespace {

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

Reading<Extract> readHtml(const ReadRequest& request) {
    Reading<DecodedText> decoded = decodeHtml(request.bytes, request.encoding);
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
