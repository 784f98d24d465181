// SPDX-License-Identifier: Apache-2.0
#include "ingest/office/html_layout.h"

#include "ingest/transcript/text_lines.h"

namespace tl {
namespace {

// The link to a note, where the mark in it is not raised on its own.
bool isNoteMark(const GumboNode* link) {
    const GumboVector& children = link->v.element.children;
    return children.length > 0 && !isElement(static_cast<const GumboNode*>(children.data[0])) &&
           (attributeOf(link, "epub:type") == "noteref" ||
            attributeOf(link, "role") == "doc-noteref");
}

// The first text below a node, not far down.
std::string_view firstText(const GumboNode* node) {
    for (int depth = 0; depth < 4 && isElement(node); ++depth) {
        if (node->v.element.children.length == 0) {
            return {};
        }
        node = static_cast<const GumboNode*>(node->v.element.children.data[0]);
    }
    return node->type == GUMBO_NODE_TEXT ? trimmed(node->v.text.text) : std::string_view();
}

}  // namespace

HtmlLayout layoutOf(const GumboNode* node) {
    switch (tagOf(node)) {
        case GUMBO_TAG_DIV:
        case GUMBO_TAG_DT:
        case GUMBO_TAG_DD:
        case GUMBO_TAG_CENTER:
        case GUMBO_TAG_LEGEND:
        case GUMBO_TAG_OPTION:
            return HtmlLayout::kLine;
        case GUMBO_TAG_P:
        case GUMBO_TAG_BLOCKQUOTE:
        case GUMBO_TAG_SECTION:
        case GUMBO_TAG_ARTICLE:
        case GUMBO_TAG_ASIDE:
        case GUMBO_TAG_NAV:
        case GUMBO_TAG_MAIN:
        case GUMBO_TAG_HEADER:
        case GUMBO_TAG_FOOTER:
        case GUMBO_TAG_HGROUP:
        case GUMBO_TAG_ADDRESS:
        case GUMBO_TAG_DL:
        case GUMBO_TAG_FIGURE:
        case GUMBO_TAG_FIGCAPTION:
        case GUMBO_TAG_DETAILS:
        case GUMBO_TAG_SUMMARY:
        case GUMBO_TAG_FIELDSET:
        case GUMBO_TAG_FORM:
        case GUMBO_TAG_CAPTION:
        case GUMBO_TAG_BODY:
            return HtmlLayout::kParagraph;
        case GUMBO_TAG_H1:
        case GUMBO_TAG_H2:
        case GUMBO_TAG_H3:
        case GUMBO_TAG_H4:
        case GUMBO_TAG_H5:
        case GUMBO_TAG_H6:
            return HtmlLayout::kHeading;
        case GUMBO_TAG_OL:
        case GUMBO_TAG_UL:
        case GUMBO_TAG_MENU:
        case GUMBO_TAG_DIR:
            return HtmlLayout::kList;
        case GUMBO_TAG_LI:
            return HtmlLayout::kItem;
        case GUMBO_TAG_PRE:
        case GUMBO_TAG_LISTING:
        case GUMBO_TAG_XMP:
        case GUMBO_TAG_PLAINTEXT:
            return HtmlLayout::kPre;
        case GUMBO_TAG_BR:
            return HtmlLayout::kBreak;
        case GUMBO_TAG_HR:
            return HtmlLayout::kRule;
        case GUMBO_TAG_IMG:
        case GUMBO_TAG_AREA:
            return HtmlLayout::kImage;
        case GUMBO_TAG_Q:
            return HtmlLayout::kQuote;
        case GUMBO_TAG_SUP:
            return HtmlLayout::kRaised;
        case GUMBO_TAG_A:
            return isNoteMark(node) ? HtmlLayout::kRaised : HtmlLayout::kInline;
        case GUMBO_TAG_TABLE:
            return HtmlLayout::kTable;
        case GUMBO_TAG_TR:
            return HtmlLayout::kRow;
        case GUMBO_TAG_TD:
        case GUMBO_TAG_TH:
            return HtmlLayout::kCell;
        default:
            return HtmlLayout::kInline;
    }
}

std::string_view raisedSign(const GumboNode* node) {
    const GumboVector& children = node->v.element.children;
    const bool isInLink = tagOf(node) == GUMBO_TAG_A ||
                          (node->parent != nullptr && tagOf(node->parent) == GUMBO_TAG_A);
    const bool holdsLink = children.length > 0 &&
                           tagOf(static_cast<const GumboNode*>(children.data[0])) == GUMBO_TAG_A;
    const std::string_view text = firstText(node);
    if (text.empty() || text[0] == '[') {
        return "";
    }
    if (isInLink || holdsLink) {
        return "[";
    }
    const bool hasSign = text[0] == '-' || text[0] == '+' || text.starts_with("\xE2\x88\x92");
    return isAsciiDigit(text[0]) || hasSign ? "^" : "";
}

}  // namespace tl
