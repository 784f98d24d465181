// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "ingest/page/pdf_page.h"

namespace tl {

// What stands together on a page, in reading order.
struct Paragraph {
    enum class Kind { kText, kTable, kRunning };

    Kind kind = Kind::kText;
    // Each row is a line of the output; only tables have rows of several lines (cells).
    std::vector<std::vector<uint32_t>> rows;
    float fontSize = 0;
};

// Every line of the page in exactly one paragraph. Running lines come last, as one paragraph.
std::vector<Paragraph> paragraphsOf(const PdfPage& page, const std::vector<bool>& isRunning);

// Whether `next` goes on with the sentence of `paragraph`: it begins in lower case where the other
// broke off in the midst of a sentence, both in letters of one size. They may be of two pages.
bool goesOn(const PdfPage& page,
            const Paragraph& paragraph,
            const PdfPage& nextPage,
            const Paragraph& next);

}  // namespace tl
