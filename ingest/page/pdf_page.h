// SPDX-License-Identifier: Apache-2.0
// A page of a PDF as plain values, between what reads it with Poppler (`formats/pdf/page_words`)
// and what orders it (`document_text`).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tl {

// In points, from the upper left corner of the page as it is shown.
struct PdfBox {
    float left = 0;
    float top = 0;
    float right = 0;
    float bottom = 0;

    float width() const { return right - left; }
    float height() const { return bottom - top; }
};

// Letters on one line without a space within.
struct PageWord {
    uint32_t begin = 0;  // byte range in PdfPage::text
    uint32_t end = 0;
    bool hasSpaceAfter = false;
    PdfBox box;
    bool isFormBox = false;  // a check box or radio button
};

// Words that stand side by side and belong together.
struct PageLine {
    uint32_t wordsBegin = 0;  // range in PdfPage::words
    uint32_t wordsEnd = 0;
    uint32_t block = 0;  // lines of one block follow each other
    uint8_t turn = 0;    // quarters by which the line is turned clockwise; 0 reads left to right
    float baseline = 0;  // where its letters stand: y of an upright line, x of a turned one
    float fontSize = 0;  // of its first word
    PdfBox box;
    bool isApart = false;  // runs across the page or beside its text, so it belongs to no paragraph
};

// A page with fewer characters may be a scan with a stamp, a header, a page number on it.
inline constexpr int64_t kFewGlyphs = 200;

// What was drawn, to tell why a page has little text.
struct PageInk {
    int64_t glyphs = 0;         // characters drawn, white space left out
    int64_t unknownGlyphs = 0;  // those without a usable Unicode character
    int64_t tinyGlyphs = 0;     // those under 3 points both ways
    int64_t damages = 0;        // complaints that the page's content is broken
    bool hasImage = false;      // known only for pages with less than kFewGlyphs, as are:
    bool hasDrawing = false;
    int picturePercent = 0;  // of the page that pictures cover
};

struct PdfPage {
    bool isMissing = false;  // cannot be read at all
    float width = 0;         // points, as shown
    float height = 0;
    std::string text;             // the words' letters, valid UTF-8, no white space
    std::vector<PageWord> words;  // in reading order as far as blocks, lines and words go
    std::vector<PageLine> lines;
    PageInk ink;
    bool isByOcr = false;
    bool hasLineNumbers = false;  // in its margin, which are left out
    int ocrSureness = 0;          // percent

    std::string_view wordText(const PageWord& word) const {
        return std::string_view(text).substr(word.begin, word.end - word.begin);
    }
};

}  // namespace tl
