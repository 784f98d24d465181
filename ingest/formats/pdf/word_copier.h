// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ingest/page/pdf_page.h"

class TextFlow;

namespace tl {

// Appends what Poppler has made of a page, its words in its lines and blocks, to `page` as plain
// values: letters as they are to be read, raised and lowered ones marked (line_scripts), lines of
// right-to-left scripts in reading order.
void copyWords(const TextFlow* flows, PdfPage& page);

}  // namespace tl
