// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ingest/extract.h"

class PDFDoc;

namespace tl {

// The document's outline as headings in the extract's symbols; each begins where its words stand on
// its page, or with the page. Items that lead to no page of this file are told in a warning.
// REQUIRES: the extract's text and units are written; its units are the document's pages.
void readOutline(PDFDoc& document, Extract& extract);

}  // namespace tl
