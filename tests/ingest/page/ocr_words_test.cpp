// SPDX-License-Identifier: Apache-2.0
#include "ingest/page/ocr_words.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace tl {
namespace {

// Ten pixels high and wide as its text; one pixel is half a point.
OcrWord ocrWord(const std::string& text, int left, int top, bool endsLine, float sureness = 90) {
    OcrWord word;
    word.text = text;
    word.left = left;
    word.top = top;
    word.right = left + 10 * static_cast<int>(text.size());
    word.bottom = top + 10;
    word.sureness = sureness;
    word.endsLine = endsLine;
    word.endsParagraph = endsLine;
    return word;
}

// A page with one line of one word, over the given height in points.
void addOwn(PdfPage& page, const std::string& text, float left, float top) {
    PageWord word;
    word.begin = static_cast<uint32_t>(page.text.size());
    page.text += text;
    word.end = static_cast<uint32_t>(page.text.size());
    word.box = {left, top, left + 5 * static_cast<float>(text.size()), top + 5};
    page.words.push_back(word);
    PageLine line;
    line.wordsBegin = static_cast<uint32_t>(page.words.size()) - 1;
    line.wordsEnd = line.wordsBegin + 1;
    line.block = static_cast<uint32_t>(page.lines.size());
    line.box = word.box;
    page.lines.push_back(line);
}

std::vector<std::string> linesOf(const PdfPage& page) {
    std::vector<std::string> lines;
    for (const PageLine& line : page.lines) {
        std::string& text = lines.emplace_back();
        for (uint32_t i = line.wordsBegin; i < line.wordsEnd; ++i) {
            text += page.wordText(page.words[i]);
            text += page.words[i].hasSpaceAfter ? " " : "";
        }
    }
    return lines;
}

class AddOcrWords : public testing::Test {
protected:
    AddOcrWords() {
        addOwn(m_page, "foot-7", 10, 190);
        addOwn(m_page, "head", 10, 5);
    }

    PdfPage m_page;
};

TEST_F(AddOcrWords, StandBetweenWhatThePageHasAboveAndBelow) {
    addOcrWords({ocrWord("some", 20, 100, false), ocrWord("words", 70, 100, true)}, 0.5, m_page);
    EXPECT_EQ(linesOf(m_page), (std::vector<std::string>{"head", "some words", "foot-7"}));
    EXPECT_TRUE(m_page.isByOcr);
    EXPECT_EQ(m_page.ocrSureness, 90);
    EXPECT_EQ(m_page.lines[0].block, 0U);
    EXPECT_EQ(m_page.lines[1].block, 1U);
    EXPECT_EQ(m_page.lines[2].block, 2U);
    EXPECT_EQ(m_page.words[1].box.left, 10.0F);
}

// The line of the word that is left out still ends where it did.
TEST_F(AddOcrWords, AreLeftOutOnThePagesOwn) {
    addOcrWords({ocrWord("hcad", 20, 10, true),
                 ocrWord("some", 20, 100, false),
                 ocrWord("fo0t-7", 20, 380, true),
                 ocrWord("more", 20, 420, true)},
                0.5,
                m_page);
    EXPECT_EQ(linesOf(m_page), (std::vector<std::string>{"head", "some", "more", "foot-7"}));
}

TEST_F(AddOcrWords, ChangeNothingWhereThereIsNothingNew) {
    addOcrWords({ocrWord("hcad", 20, 10, true)}, 0.5, m_page);
    EXPECT_EQ(linesOf(m_page), (std::vector<std::string>{"foot-7", "head"}));
    EXPECT_FALSE(m_page.isByOcr);
}

TEST_F(AddOcrWords, ChangeNothingWhereTheyAreNotSure) {
    addOcrWords({ocrWord("~;", 20, 100, true, 30)}, 0.5, m_page);
    EXPECT_EQ(linesOf(m_page), (std::vector<std::string>{"foot-7", "head"}));
    EXPECT_FALSE(m_page.isByOcr);
}

}  // namespace
}  // namespace tl
