// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "ingest/extract.h"
#include "ingest/page/pdf_page.h"

namespace tl {

// Writes the pages' text, a unit for each page and a box for each word into `extract`. Paragraphs
// are separated by blank lines, cells of a table's row by two spaces. A paragraph that runs on over
// columns or pages stays one: running heads and page numbers come after the page's text, or
// before its last paragraph when that one runs on. Hyphens at line ends go as HyphenRules says.
// REQUIRES: the words' letters together are less than 2 GiB.
void writeDocumentText(const std::vector<PdfPage>& pages, Extract& extract);

}  // namespace tl
