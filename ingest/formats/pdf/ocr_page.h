// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ingest/page/pdf_page.h"

class PDFDoc;

namespace tl {

// Draws a page that OCR is good for, see ocrUseOf(), and gives it the words that Tesseract finds in
// the picture. A page in which none are found, or that is too large to be drawn, stays as it is.
// REQUIRES: hasTesseract()
void readPageByOcr(PDFDoc& document, int number, PdfPage& page);

}  // namespace tl
