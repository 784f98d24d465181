// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <unordered_set>

#include "ingest/xml/html_tree.h"

namespace tl {

// Which part of a page is what it was written for. The rule:
// 1. never text: scripts, styles, templates, form fields, embedded media, `hidden` elements;
// 2. surroundings: nav, aside, and elements with a role such as "navigation", "banner",
//    "contentinfo", "complementary", "search"; header and footer, unless they stand within
//    main, article or section, or the header holds the <h1> and no menu;
// 3. the main part is all <main> elements (or role="main"), else all <article> elements, else the
//    body; each without its surroundings;
// 4. when the main part has less than a third of the page's text, everything but 1 is kept.
struct HtmlMain {
    enum class Part { kMain, kArticles, kBody, kEverything };

    Part part = Part::kEverything;
    bool isThin = false;       // 4 applied
    int64_t leftOutBytes = 0;  // of text, without white space
    // Tables that put things in place: those with tables, headings or preformatted text in their
    // cells, with one column, or with role="presentation".
    std::unordered_set<const GumboNode*> layoutTables;
    std::unordered_set<const GumboNode*> titleHeaders;  // headers that rule 2 lets stay
};

HtmlMain findMain(const HtmlTree& tree);

// Rule 1 and 2, for elements; a header's own exceptions are the caller's.
bool isNeverText(const GumboNode* node);
bool isSurrounding(const GumboNode* node, bool isWithinSection);
// Whether an element is one of those that `part` takes.
bool startsPart(const GumboNode* node, HtmlMain::Part part);
// main, article, section: a header within belongs to the text.
bool isSection(const GumboNode* node);

}  // namespace tl
