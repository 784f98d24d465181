// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ingest/extract.h"
#include "ingest/pdf/pdf_page.h"

namespace tl {

// Why a page's text is missing or not to be trusted.
enum class PageFault {
    kMissing,          // the page cannot be read at all
    kDamaged,          // its content breaks the format
    kScanned,          // pictures and no text
    kDrawn,            // drawings and no text: letters as outlines
    kEmpty,            // nothing at all
    kPicture,          // a picture over the page and few characters: perhaps a scan with a stamp
    kUnknownGlyphs,    // letters without a character table
    kUnlikelyLetters,  // a character table that lies
    kTooManyGlyphs,    // more tiny characters than Poppler takes from a page
    kOcr,              // none: read by OCR
};

struct PageFinding {
    PageFault fault;
    int64_t number = 0;  // percent of unknown characters, of how sure OCR is; characters
};

std::vector<PageFinding> findingsOf(const PdfPage& page);

enum class OcrUse {
    kNone,
    kInstead,  // its words are better than the page's
    kBesides,  // the page's words are sound, and there may be more
};

OcrUse ocrUseOf(const PdfPage& page);

// Sets the warnings of the extract's units, which are the pages, and one line for each kind of
// finding to its warnings: "pages 3-40: scanned, no text". `ocrHint` is added where OCR would help.
void reportPages(const std::vector<PdfPage>& pages, const std::string& ocrHint, Extract& extract);

}  // namespace tl
