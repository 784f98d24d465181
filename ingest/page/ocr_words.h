// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "ingest/page/pdf_page.h"
#include "ingest/page/tesseract.h"

namespace tl {

// Makes the words the page's text, in lines and blocks as Tesseract saw them, and marks the page
// as read by OCR. REQUIRES: `words` is not empty.
void placeOcrWords(const std::vector<OcrWord>& words, double pointsPerPixel, PdfPage& page);

// Percent, of all words of a page. What OCR sees in the leaves of a photographed tree is not worth
// reading.
inline constexpr int kLeastSure = 50;

// Puts the words between the page's own, which stay as they are: what was recognised on one of
// these is left out. Nothing changes where nothing else was recognised, or not surely enough.
void addOcrWords(const std::vector<OcrWord>& words, double pointsPerPixel, PdfPage& page);

}  // namespace tl
