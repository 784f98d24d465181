// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "ingest/xml/html_tree.h"

namespace tl {

// How an element stands in the text.
enum class HtmlLayout {
    kInline,
    kLine,       // starts and ends a line
    kParagraph,  // starts and ends a paragraph
    kHeading,
    kList,
    kItem,
    kPre,
    kBreak,
    kRule,
    kImage,
    kQuote,
    kRaised,
    kTable,
    kRow,
    kCell,
};

HtmlLayout layoutOf(const GumboNode* node);

// What stands in front of a raised element and tells "crates.[1]" and "10^6" from "crates.1" and
// "106": "[" for the mark of a note, which is a link, "^" for a number, nothing for other words.
std::string_view raisedSign(const GumboNode* node);

}  // namespace tl
