// SPDX-License-Identifier: Apache-2.0
#include "ingest/xml/html_layout.h"

#include <array>

#include "base/ascii.h"
#include "ingest/text/text_lines.h"

namespace tl {
namespace {

struct TagLayout {
    GumboTag tag;
    HtmlLayout layout;
};

constexpr TagLayout kTagLayouts[] = {
    {GUMBO_TAG_DIV, HtmlLayout::kLine},
    {GUMBO_TAG_DT, HtmlLayout::kLine},
    {GUMBO_TAG_DD, HtmlLayout::kLine},
    {GUMBO_TAG_CENTER, HtmlLayout::kLine},
    {GUMBO_TAG_LEGEND, HtmlLayout::kLine},
    {GUMBO_TAG_OPTION, HtmlLayout::kLine},
    {GUMBO_TAG_P, HtmlLayout::kParagraph},
    {GUMBO_TAG_BLOCKQUOTE, HtmlLayout::kParagraph},
    {GUMBO_TAG_SECTION, HtmlLayout::kParagraph},
    {GUMBO_TAG_ARTICLE, HtmlLayout::kParagraph},
    {GUMBO_TAG_ASIDE, HtmlLayout::kParagraph},
    {GUMBO_TAG_NAV, HtmlLayout::kParagraph},
    {GUMBO_TAG_MAIN, HtmlLayout::kParagraph},
    {GUMBO_TAG_HEADER, HtmlLayout::kParagraph},
    {GUMBO_TAG_FOOTER, HtmlLayout::kParagraph},
    {GUMBO_TAG_HGROUP, HtmlLayout::kParagraph},
    {GUMBO_TAG_ADDRESS, HtmlLayout::kParagraph},
    {GUMBO_TAG_DL, HtmlLayout::kParagraph},
    {GUMBO_TAG_FIGURE, HtmlLayout::kParagraph},
    {GUMBO_TAG_FIGCAPTION, HtmlLayout::kParagraph},
    {GUMBO_TAG_DETAILS, HtmlLayout::kParagraph},
    {GUMBO_TAG_SUMMARY, HtmlLayout::kParagraph},
    {GUMBO_TAG_FIELDSET, HtmlLayout::kParagraph},
    {GUMBO_TAG_FORM, HtmlLayout::kParagraph},
    {GUMBO_TAG_CAPTION, HtmlLayout::kParagraph},
    {GUMBO_TAG_BODY, HtmlLayout::kParagraph},
    {GUMBO_TAG_H1, HtmlLayout::kHeading},
    {GUMBO_TAG_H2, HtmlLayout::kHeading},
    {GUMBO_TAG_H3, HtmlLayout::kHeading},
    {GUMBO_TAG_H4, HtmlLayout::kHeading},
    {GUMBO_TAG_H5, HtmlLayout::kHeading},
    {GUMBO_TAG_H6, HtmlLayout::kHeading},
    {GUMBO_TAG_OL, HtmlLayout::kList},
    {GUMBO_TAG_UL, HtmlLayout::kList},
    {GUMBO_TAG_MENU, HtmlLayout::kList},
    {GUMBO_TAG_DIR, HtmlLayout::kList},
    {GUMBO_TAG_LI, HtmlLayout::kItem},
    {GUMBO_TAG_PRE, HtmlLayout::kPre},
    {GUMBO_TAG_LISTING, HtmlLayout::kPre},
    {GUMBO_TAG_XMP, HtmlLayout::kPre},
    {GUMBO_TAG_PLAINTEXT, HtmlLayout::kPre},
    {GUMBO_TAG_BR, HtmlLayout::kBreak},
    {GUMBO_TAG_HR, HtmlLayout::kRule},
    {GUMBO_TAG_IMG, HtmlLayout::kImage},
    {GUMBO_TAG_AREA, HtmlLayout::kImage},
    {GUMBO_TAG_Q, HtmlLayout::kQuote},
    {GUMBO_TAG_SUP, HtmlLayout::kRaised},
    {GUMBO_TAG_TABLE, HtmlLayout::kTable},
    {GUMBO_TAG_TR, HtmlLayout::kRow},
    {GUMBO_TAG_TD, HtmlLayout::kCell},
    {GUMBO_TAG_TH, HtmlLayout::kCell},
};

constexpr std::array<HtmlLayout, GUMBO_TAG_LAST + 1> layoutsByTag() {
    std::array<HtmlLayout, GUMBO_TAG_LAST + 1> layouts{};  // inline
    for (const TagLayout& entry : kTagLayouts) {
        layouts[entry.tag] = entry.layout;
    }
    return layouts;
}

constexpr std::array<HtmlLayout, GUMBO_TAG_LAST + 1> kLayouts = layoutsByTag();
static_assert(kLayouts[GUMBO_TAG_SPAN] == HtmlLayout::kInline);

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
    const GumboTag tag = tagOf(node);
    if (tag == GUMBO_TAG_A && isNoteMark(node)) {
        return HtmlLayout::kRaised;
    }
    return kLayouts[tag];
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
