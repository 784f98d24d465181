// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "ingest/text/text_flow.h"
#include "ingest/xml/html_main.h"
#include "ingest/xml/html_tree.h"

namespace tl {

// Writes the text of the chosen part of a page: headings, paragraphs, lists, tables row by row,
// preformatted text as it stands, links by their words, images by their alternative texts.
void writeHtml(const HtmlTree& tree, const HtmlMain& main, TextFlow& flow);

// The words of <title> in one line.
std::string titleOf(const HtmlTree& tree);

}  // namespace tl
