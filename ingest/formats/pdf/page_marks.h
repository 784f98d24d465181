// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ingest/extract.h"
#include "ingest/reader.h"

class PDFDoc;

namespace tl {

// What is pinned to pages or attached to the document: links become links of the words under them,
// attached files parts. Notes are counted in a warning. REQUIRES: the extract's text, units and
// words are written; its units are the document's pages.
void readMarks(PDFDoc& document, const ReadRequest& request, Extract& extract);

}  // namespace tl
