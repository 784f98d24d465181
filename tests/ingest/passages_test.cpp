// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/utf8.h"
#include "ingest/document.h"
#include "tests/ingest/random_text.h"

namespace tl {
namespace {

Document documentOf(std::string text) {
    Document document;
    document.lines = LineIndex(text);
    document.text = std::move(text);
    return document;
}

std::string wordsOf(const Document& document, const Passage& passage) {
    return document.text.substr(static_cast<size_t>(passage.begin),
                                static_cast<size_t>(passage.end - passage.begin));
}

std::vector<std::string> passagesOf(const std::string& text) {
    const Document document = documentOf(text);
    std::vector<std::string> words;
    for (const Passage& passage : segmentPassages(document, 0)) {
        words.push_back(wordsOf(document, passage));
    }
    return words;
}

TEST(SegmentPassages, BlankLinesSeparateParagraphs) {
    EXPECT_EQ(passagesOf("a\nb\n\n \t\nc\n"), (std::vector<std::string>{"a\nb", "c"}));
    EXPECT_TRUE(passagesOf("").empty());
    EXPECT_TRUE(passagesOf("\n \n").empty());
}

TEST(SegmentPassages, AParagraphIsCutAfterTwelveLines) {
    std::string text;
    for (int i = 0; i < 25; ++i) {
        text += "line\n";
    }
    const auto passages = segmentPassages(documentOf(text), 7);
    ASSERT_EQ(passages.size(), 3U);
    EXPECT_EQ(passages[0].firstLine, 1);
    EXPECT_EQ(passages[0].lastLine, 12);
    EXPECT_EQ(passages[1].firstLine, 13);
    EXPECT_EQ(passages[2].firstLine, 25);
    EXPECT_EQ(passages[2].document, 7);
}

TEST(SegmentPassages, ALongLineIsCutBehindASentence) {
    const std::string first = std::string(1500, 'a') + ". ";
    const std::string second(1000, 'b');
    EXPECT_EQ(passagesOf("x\n" + first + second + "\ny"),
              (std::vector<std::string>{"x", first, second, "y"}));
}

TEST(SegmentPassages, ALongLineWithoutSentencesIsCutBehindAWord) {
    const std::string first = std::string(700, 'a') + " ";
    EXPECT_EQ(passagesOf(first + std::string(1900, 'b')),
              (std::vector<std::string>{first, std::string(1900, 'b')}));
}

TEST(SegmentPassages, ALongLineWithoutWordsIsCutBetweenCharacters) {
    std::string text = "a";
    for (int i = 0; i < 1000; ++i) {
        text += "\xE4\xB8\xAD";
    }
    const auto words = passagesOf(text);
    ASSERT_EQ(words.size(), 2U);
    EXPECT_EQ(words[0].size(), 1999U);
    EXPECT_TRUE(isValidUtf8(words[0]));
}

TEST(SegmentPassages, WhiteSpaceOfAnySizeCostsLinearTimeAndMakesNoPassage) {
    const std::string text = "a" + std::string(4 << 20, ' ') + "b";
    EXPECT_EQ(passagesOf(text).size(), 2U);
}

// Whether each byte that is no white space lies in one passage.
void expectCovered(const Document& document, const std::vector<Passage>& passages) {
    int64_t done = 0;
    const auto isBlank = [&](int64_t begin, int64_t end) {
        return std::all_of(document.text.begin() + begin, document.text.begin() + end, [](char c) {
            return std::string_view(" \t\n\v\f\r").find(c) != std::string_view::npos;
        });
    };
    for (const Passage& passage : passages) {
        ASSERT_LE(done, passage.begin) << "passages overlap";
        ASSERT_LT(passage.begin, passage.end);
        ASSERT_TRUE(isBlank(done, passage.begin)) << "left out before byte " << passage.begin;
        ASSERT_FALSE(isBlank(passage.begin, passage.end));
        done = passage.end;
    }
    ASSERT_TRUE(isBlank(done, static_cast<int64_t>(document.text.size())));
}

TEST(SegmentPassages, RandomTextsAreCoveredOnceWithTheRightLines) {
    for (uint32_t seed = 1; seed <= 300; ++seed) {
        SCOPED_TRACE(seed);
        const Document document = documentOf(randomText(seed));
        const auto passages = segmentPassages(document, 3);
        expectCovered(document, passages);
        for (const Passage& passage : passages) {
            ASSERT_EQ(document.lines.position(passage.begin).line, passage.firstLine);
            ASSERT_EQ(document.lines.position(passage.end - 1).line, passage.lastLine);
            ASSERT_LE(passage.lastLine - passage.firstLine, 11);
            ASSERT_TRUE(isValidUtf8(wordsOf(document, passage)));
        }
    }
}

}  // namespace
}  // namespace tl
