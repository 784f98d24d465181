// SPDX-License-Identifier: Apache-2.0
#include "ingest/page/ocr_words.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <utility>

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

// Whether a recognised word is one of the page's own: its middle lies on one, or in the space
// beside it, since words of a stamp may be recognised as one.
bool isOwnWord(const PdfPage& page, float x, float y) {
    return std::ranges::any_of(page.words, [&](const PageWord& word) {
        const float slack = word.box.height() / 2;
        return x > word.box.left - slack && x < word.box.right + slack && y > word.box.top &&
               y < word.box.bottom;
    });
}

std::vector<OcrWord> withoutOwnWords(const std::vector<OcrWord>& words,
                                     double pointsPerPixel,
                                     const PdfPage& page) {
    std::vector<OcrWord> others;
    for (const OcrWord& word : words) {
        const double x = pointsPerPixel * (word.left + word.right) / 2;
        const double y = pointsPerPixel * (word.top + word.bottom) / 2;
        if (!isOwnWord(page, static_cast<float>(x), static_cast<float>(y))) {
            others.push_back(word);
        } else if (!others.empty()) {
            others.back().endsLine |= word.endsLine;
            others.back().endsParagraph |= word.endsParagraph;
        }
    }
    return others;
}

// Puts lines of several pages into one.
class LineCollector {
public:
    void take(const PdfPage& from, PageLine line) {
        if (&from != m_from || line.block != m_fromBlock) {
            m_block += m_from == nullptr ? 0 : 1;
            m_from = &from;
            m_fromBlock = line.block;
        }
        const auto begin = static_cast<uint32_t>(m_page.words.size());
        for (uint32_t i = line.wordsBegin; i < line.wordsEnd; ++i) {
            PageWord word = from.words[i];
            const std::string_view text = from.wordText(word);
            word.begin = static_cast<uint32_t>(m_page.text.size());
            m_page.text += text;
            word.end = static_cast<uint32_t>(m_page.text.size());
            m_page.words.push_back(word);
        }
        line.block = m_block;
        line.wordsBegin = begin;
        line.wordsEnd = static_cast<uint32_t>(m_page.words.size());
        m_page.lines.push_back(line);
    }

    PdfPage finish() { return std::move(m_page); }

private:
    PdfPage m_page;
    const PdfPage* m_from = nullptr;
    uint32_t m_fromBlock = 0;
    uint32_t m_block = 0;
};

}  // namespace

void placeOcrWords(const std::vector<OcrWord>& words, double pointsPerPixel, PdfPage& page) {
    OcrPageBuilder builder(page, pointsPerPixel);
    for (const OcrWord& word : words) {
        builder.add(word);
    }
    builder.finish();
}

void addOcrWords(const std::vector<OcrWord>& words, double pointsPerPixel, PdfPage& page) {
    const std::vector<OcrWord> others = withoutOwnWords(words, pointsPerPixel, page);
    if (others.empty()) {
        return;
    }
    PdfPage read;
    placeOcrWords(others, pointsPerPixel, read);
    if (read.ocrSureness < kLeastSure) {
        return;
    }
    float top = read.lines[0].box.top;
    for (const PageLine& line : read.lines) {
        top = std::min(top, line.box.top);
    }
    LineCollector collector;
    const auto takeOwn = [&](bool isAbove) {
        for (const PageLine& line : page.lines) {
            if ((line.box.top < top) == isAbove) {
                collector.take(page, line);
            }
        }
    };
    takeOwn(/*isAbove=*/true);
    for (const PageLine& line : read.lines) {
        collector.take(read, line);
    }
    takeOwn(/*isAbove=*/false);
    PdfPage both = collector.finish();
    page.text = std::move(both.text);
    page.words = std::move(both.words);
    page.lines = std::move(both.lines);
    page.isByOcr = true;
    page.ocrSureness = read.ocrSureness;
}

}  // namespace tl
