// SPDX-License-Identifier: Apache-2.0
#include "ingest/xml/page_text.h"

#include <string_view>
#include <utility>

#include "ingest/text/text_flow.h"
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

Reading<Extract> readPage(std::string page, PageExtent extent, const ReadLimits& limits) {
    if (isXhtml(page)) {
        page = withExplicitEnds(page);
    }
    const auto tree = HtmlTree::parse(page, limits.maxMemoryBytes / 2);
    if (!tree.ok()) {
        return tree.error();
    }
    HtmlMain main = findMain(*tree.value());
    if (extent == PageExtent::kAll) {
        main.part = HtmlMain::Part::kEverything;
    }
    TextFlow flow(limits.maxTextBytes);
    writeHtml(*tree.value(), main, flow);
    if (flow.isFull()) {
        return overTextLimit(limits);
    }
    Extract extract;
    extract.kind = DocumentKind::kMarkup;
    extract.title = titleOf(*tree.value());
    if (extent == PageExtent::kMainPart) {
        tellWhatWasLeft(main, extract);
    }
    std::move(flow).finish(extract);
    if (extract.text.empty()) {
        extract.warnings.push_back({ReasonCode::kWebPageWithoutText});
    }
    return extract;
}

}  // namespace tl
