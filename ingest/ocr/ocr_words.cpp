// SPDX-License-Identifier: Apache-2.0
#include "ingest/ocr/ocr_words.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace tl {
namespace {

// Builds the page's words, lines and blocks as page_words does.
class OcrPageBuilder {
public:
    OcrPageBuilder(PdfPage& page, double pointsPerPixel)
        : m_page(page), m_pointsPerPixel(static_cast<float>(pointsPerPixel)) {
        m_page.text.clear();
        m_page.words.clear();
        m_page.lines.clear();
    }

    void add(const OcrWord& word) {
        PageWord placed;
        placed.begin = static_cast<uint32_t>(m_page.text.size());
        m_page.text += word.text;
        placed.end = static_cast<uint32_t>(m_page.text.size());
        placed.hasSpaceAfter = !word.endsLine;
        placed.box = {points(word.left), points(word.top), points(word.right), points(word.bottom)};
        m_page.words.push_back(placed);
        m_sureness += word.sureness;
        if (word.endsLine || word.endsParagraph) {
            endLine();
        }
        m_block += word.endsParagraph ? 1 : 0;
    }

    void finish() {
        endLine();
        m_page.isByOcr = true;
        m_page.ocrSureness =
            static_cast<int>(std::lround(m_sureness / static_cast<double>(m_page.words.size())));
    }

private:
    float points(int pixels) const { return static_cast<float>(pixels) * m_pointsPerPixel; }

    void endLine() {
        PageLine line;
        line.wordsBegin = m_lineBegin;
        line.wordsEnd = static_cast<uint32_t>(m_page.words.size());
        m_lineBegin = line.wordsEnd;
        if (line.wordsBegin == line.wordsEnd) {
            return;
        }
        line.box = m_page.words[line.wordsBegin].box;
        for (uint32_t i = line.wordsBegin; i < line.wordsEnd; ++i) {
            const PdfBox& box = m_page.words[i].box;
            line.box.left = std::min(line.box.left, box.left);
            line.box.top = std::min(line.box.top, box.top);
            line.box.right = std::max(line.box.right, box.right);
            line.box.bottom = std::max(line.box.bottom, box.bottom);
        }
        line.block = m_block;
        line.baseline = line.box.bottom;
        line.fontSize = line.box.height();
        m_page.lines.push_back(line);
    }

    PdfPage& m_page;
    const float m_pointsPerPixel;
    uint32_t m_lineBegin = 0;
    uint32_t m_block = 0;
    double m_sureness = 0;
};

}  // namespace

void placeOcrWords(const std::vector<OcrWord>& words, double pointsPerPixel, PdfPage& page) {
    OcrPageBuilder builder(page, pointsPerPixel);
    for (const OcrWord& word : words) {
        builder.add(word);
    }
    builder.finish();
}

}  // namespace tl
