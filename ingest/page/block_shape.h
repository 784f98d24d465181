// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "ingest/page/pdf_page.h"

namespace tl {

// What a block of lines looks like from afar.
struct BlockShape {
    PdfBox box;
    int lines = 0;
    int words = 0;
    float filled = 0;  // sum of the widths of all lines but the last
    float lastWidth = 0;
    bool isProse = false;  // several lines of several words that fill the block's width
};

// By PageLine::block.
std::vector<BlockShape> shapesOf(const PdfPage& page);

// Words of the line that are more than the dots which lead to a page number.
int wordCountOf(const PdfPage& page, const PageLine& line);

// Makes the box hold the other one too.
void grow(PdfBox& box, const PdfBox& other);

}  // namespace tl
