// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ingest/extract.h"
#include "ingest/page/pdf_page.h"

namespace tl {

// Why a page's text is missing or not to be trusted.
struct PageFinding {
    // kPageMissing (the page cannot be read at all), kPageDamaged (its content breaks the format),
    // kPageScanned (pictures and no text), kPageDrawn (letters as outlines), kPageEmpty,
    // kPagePicture (a picture over the page and few characters: perhaps a scan with a stamp),
    // kPageUnknownGlyphs (letters without a character table), kPageUnlikelyLetters (a character
    // table that lies), kPageTinyGlyphs (more than Poppler takes from a page), kPageByOcr,
    // kPageLineNumbers
    ReasonCode fault = ReasonCode::kNone;
    int64_t number = 0;  // percent of unknown characters, of how sure OCR is; characters
};

std::vector<PageFinding> findingsOf(const PdfPage& page);

enum class OcrUse {
    kNone,
    kInstead,  // its words are better than the page's
    kBesides,  // the page's words are sound, and there may be more
};

OcrUse ocrUseOf(const PdfPage& page);

// Sets the warnings of the extract's units, which are the pages, and adds one for each kind of
// finding to its own, with the pages. `ocrHint`, kNone or what OCR could do or has done in vain,
// comes after those where it would help.
void reportPages(const std::vector<PdfPage>& pages, ReasonCode ocrHint, Extract& extract);

}  // namespace tl
