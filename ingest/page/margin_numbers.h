// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ingest/page/pdf_page.h"

namespace tl {

// Takes away numbers that count the lines of a manuscript, a bill or a court paper in its left
// margin, sets PdfPage::hasLineNumbers, and lets its lines, which stand far apart, be one block.
// Numbers of lists and tables stay: the lines beside a count go on in the midst of sentences.
void removeMarginNumbers(PdfPage& page);

}  // namespace tl
