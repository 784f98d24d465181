// SPDX-License-Identifier: Apache-2.0
#include "app/citation/text_words.h"

#include <gtest/gtest.h>

namespace tl {
namespace {

std::vector<std::string> folded(std::string_view text) {
    std::vector<std::string> words;
    for (const Word& word : splitWords(text)) {
        words.push_back(word.folded);
    }
    return words;
}

using Words = std::vector<std::string>;

TEST(TextWords, IgnoresCaseSpacePunctuationAndMarkdown) {
    EXPECT_EQ(folded("The  `Ring_Buffer`,\n_is_ **full**!"),
              (Words{"the", "ring_buffer", "is", "full"}));
    EXPECT_EQ(folded("\xE2\x80\x9Cquoted\xE2\x80\x9D\xC2\xA0text"), (Words{"quoted", "text"}));
}

TEST(TextWords, KeepsNumbersExact) {
    EXPECT_EQ(folded("5.5 is not 5, nor -5."), (Words{"5.5", "is", "not", "5", "nor", "-5"}));
    EXPECT_EQ(folded("1,048,576 and 3,14 and 10-20"),
              (Words{"1048576", "and", "3", "14", "and", "10", "20"}));
}

TEST(TextWords, KeepsWordsOfOtherAlphabetsWhole) {
    EXPECT_EQ(folded("Z\xC3\xBCrich \xE6\x9D\xB1\xE4\xBA\xAC"),
              (Words{"z\xC3\xBCrich", "\xE6\x9D\xB1\xE4\xBA\xAC"}));
}

TEST(TextWords, ByteRangesGiveTheWordsOfTheText) {
    const std::string text = "a -- b_c, \xC3\xA4 12.5%";
    for (const Word& word : splitWords(text)) {
        const auto length = static_cast<size_t>(word.end - word.begin);
        EXPECT_EQ(text.substr(static_cast<size_t>(word.begin), length), word.folded);
    }
}

TEST(TextWords, SurvivesBytesThatAreNoUtf8) {
    EXPECT_EQ(folded("a \xE2\x80").size(), 1U);
    EXPECT_EQ(folded("\xFF\xFE x").back(), "x");
}

TEST(TextWords, NegationsCarryMeaning) {
    EXPECT_TRUE(isFunctionWord("the"));
    EXPECT_FALSE(isFunctionWord("not"));
    EXPECT_FALSE(isFunctionWord("no"));
    EXPECT_FALSE(isFunctionWord("never"));
}

TEST(TextWords, FindsRunsOfWholeWords) {
    const std::vector<Word> words = splitWords("to be or not to be");
    EXPECT_EQ(findRun(words, splitWords("To be")), 0);
    EXPECT_EQ(findRun(words, splitWords("to be"), 1), 4);
    EXPECT_EQ(findRun(words, splitWords("o be")), -1);
    EXPECT_EQ(findRun(words, {}), -1);
}

}  // namespace
}  // namespace tl
