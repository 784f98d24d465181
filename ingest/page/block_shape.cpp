// SPDX-License-Identifier: Apache-2.0
#include "ingest/page/block_shape.h"

#include <algorithm>
#include <string_view>

namespace tl {
namespace {

constexpr int kProseLines = 3;
constexpr float kProseWordsPerLine = 4.0F;
constexpr float kProseFill = 0.75F;  // of the block's width, the last line left aside

}  // namespace

int wordCountOf(const PdfPage& page, const PageLine& line) {
    int count = 0;
    for (uint32_t i = line.wordsBegin; i < line.wordsEnd; ++i) {
        const std::string_view word = page.wordText(page.words[i]);
        count += word.find_first_not_of("._-") != std::string_view::npos ? 1 : 0;
    }
    return count;
}

void grow(PdfBox& box, const PdfBox& other) {
    box = {std::min(box.left, other.left),
           std::min(box.top, other.top),
           std::max(box.right, other.right),
           std::max(box.bottom, other.bottom)};
}

std::vector<BlockShape> shapesOf(const PdfPage& page) {
    std::vector<BlockShape> shapes;
    for (const PageLine& line : page.lines) {
        if (line.block >= shapes.size()) {
            shapes.resize(line.block + 1);
        }
        BlockShape& shape = shapes[line.block];
        if (shape.lines == 0) {
            shape.box = line.box;
        } else {
            grow(shape.box, line.box);
            shape.filled += shape.lastWidth;
        }
        ++shape.lines;
        shape.words += wordCountOf(page, line);
        shape.lastWidth = line.box.width();
    }
    for (BlockShape& shape : shapes) {
        const auto lines = static_cast<float>(shape.lines);
        shape.isProse = shape.lines >= kProseLines &&
                        static_cast<float>(shape.words) >= kProseWordsPerLine * lines &&
                        shape.filled >= kProseFill * (lines - 1) * shape.box.width();
    }
    return shapes;
}

}  // namespace tl
