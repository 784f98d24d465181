// SPDX-License-Identifier: Apache-2.0
// Lines of Hebrew and Arabic, given as they are seen from left to right.
#include "ingest/formats/pdf/visual_order.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ingest/formats/pdf/read_pdf.h"
#include "ingest/page/glyph_text.h"
#include "tests/ingest/formats/pdf/make_pdf.h"

namespace tl {
namespace {

std::string utf8(const std::u32string& letters) {
    std::string text;
    for (const char32_t letter : letters) {
        appendUtf8(letter, text);
    }
    return text;
}

// What is read where words are seen.
std::string readOf(const std::vector<std::u32string>& seen) {
    PdfPage page;
    PageLine line;
    for (const std::u32string& word : seen) {
        PageWord placed;
        placed.begin = static_cast<uint32_t>(page.text.size());
        page.text += utf8(word);
        placed.end = static_cast<uint32_t>(page.text.size());
        page.words.push_back(placed);
    }
    line.wordsEnd = static_cast<uint32_t>(page.words.size());
    toReadingOrder(page, line);
    std::string text;
    for (const PageWord& word : page.words) {
        text += page.wordText(word);
        text += word.hasSpaceAfter ? " " : "";
    }
    return text;
}

// Turned round, as letters of one direction are seen.
std::u32string seen(std::u32string read) {
    std::reverse(read.begin(), read.end());
    return read;
}

TEST(VisualOrder, ALigatureKeepsTheOrderOfItsLetters) {
    // seen, lam-alef, meem: the ligature is one glyph.
    EXPECT_EQ(readOf({U"\uFEE1\uFEFC\uFEB3"}), utf8(U"\u0633\u0644\u0627\u0645"));
    EXPECT_EQ(readOf({U"\uFB4F"}), utf8(U"\u05D0\u05DC"));
}

TEST(VisualOrder, AFullStopBehindANumberStaysBehindIt) {
    EXPECT_EQ(readOf({U".42", seen(U"\u05D7\u05D3\u05E8")}), utf8(U"\u05D7\u05D3\u05E8 42."));
}

TEST(VisualOrder, DatesPricesAndLatinWordsKeepTheirOrder) {
    const std::u32string word = U"\u0644\u063A\u0629\u0644\u063A\u0629";
    EXPECT_EQ(readOf({U"15/03/2024", U"2,750.50", U"Python", seen(word)}),
              utf8(word + U" Python 2,750.50 15/03/2024"));
}

TEST(VisualOrder, ALineInLatinTurnsItsHebrewAlone) {
    EXPECT_EQ(readOf({U"They", U"say", seen(U"\u05E9\u05DC"), seen(U"\u05D0\u05D1"), U"often"}),
              utf8(U"They say \u05D0\u05D1 \u05E9\u05DC often"));
}

// Producers name the bracket that is drawn or the one that is meant.
TEST(VisualOrder, BracketsComeInPairsWhicheverIsNamed) {
    const std::string read = utf8(U"\u05D0 (\u05D1)");
    EXPECT_EQ(readOf({U"(\u05D1)", U"\u05D0"}), read);
    EXPECT_EQ(readOf({U")\u05D1(", U"\u05D0"}), read);
}

TEST(VisualOrder, AccentsStandBehindTheirLetters) {
    const std::string read = utf8(U"\u05E9\u05B8\u05DC");
    EXPECT_EQ(readOf({U"\u05DC\u05B8\u05E9"}), read) << "mark before letter, as seen";
    EXPECT_EQ(readOf({U"\u05DC\u05B7\u05E9\u05B8"}), utf8(U"\u05E9\u05B8\u05DC\u05B7"))
        << "mark after letter";
}

// The text that a producer gives for a ligature is in reading order.
TEST(VisualOrder, TextGivenForAGlyphIsNotTurned) {
    const std::string bytes =
        makePdf({.pages = {{.content = "BT /F1 12 Tf 72 700 Td <01> Tj /Span << /ActualText "
                                       "<FEFF06440627> >> BDC <02> Tj EMC <03> Tj ET"}},
                 .mapped = U"\u0645\uFEFC\u0633"});
    const ReadRequest request{.name = "a.pdf", .bytes = bytes, .password = "", .limits = {}};
    EXPECT_EQ(readPdf(request).value().text, utf8(U"\u0633\u0644\u0627\u0645\n"));
}

}  // namespace
}  // namespace tl
