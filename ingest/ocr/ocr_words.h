// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "ingest/ocr/tesseract.h"
#include "ingest/pdf/pdf_page.h"

namespace tl {

// Makes the words the page's text, in lines and blocks as Tesseract saw them, and marks the page
// as read by OCR. REQUIRES: `words` is not empty.
void placeOcrWords(const std::vector<OcrWord>& words, double pointsPerPixel, PdfPage& page);

}  // namespace tl
