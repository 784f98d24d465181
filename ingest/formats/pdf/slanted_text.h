// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "ingest/page/pdf_page.h"

namespace tl {

// Text that runs across a page at a slant: marks of ownership, stamps, labels of charts. It has no
// place among the lines it goes over, so it is collected apart from them.
class SlantedText {
public:
    // A character at (x, y), in points from the page's upper left corner, that goes on by (dx, dy).
    struct Glyph {
        std::u32string letters{};
        double x = 0;
        double y = 0;
        double dx = 0;
        double dy = 0;
        double size = 0;  // of the font, in points
    };

    void add(const Glyph& glyph);

    // Appends each text once, however often it is repeated, as a line that isApart, and forgets
    // all.
    void moveTo(PdfPage& page);

private:
    struct Run {
        std::u32string letters;
        PdfBox box;
        double endX = 0;
        double endY = 0;
        double size = 0;
    };

    std::vector<Run> m_runs;
};

}  // namespace tl
