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

// True where a text of one word says the word of another.
bool same(std::string_view said, std::string_view there) {
    return findRun(splitWords(there), splitWords(said)) >= 0;
}

TEST(TextWords, CaseCountsForOptionsWhichKeepTheirDashes) {
    EXPECT_TRUE(same("-v", "  -v   print the level"));
    EXPECT_TRUE(same("`-v`", "[-v|--verbose]"));
    EXPECT_FALSE(same("-V", "  -v   print the level"));
    EXPECT_FALSE(same("-v", "--v"));
    EXPECT_FALSE(same("v", "-v"));
    EXPECT_FALSE(same("-level", "print the level"));
    EXPECT_FALSE(same("--Verbose", "--verbose"));
    EXPECT_TRUE(same("verbose", "--verbose"));
    EXPECT_FALSE(same("VERBOSE", "--verbose"));
    EXPECT_TRUE(same("known", "well-known"));
}

TEST(TextWords, CaseCountsForNamesOfCode) {
    EXPECT_FALSE(same("kmax", "int kMax = 3;"));
    EXPECT_FALSE(same("KMax", "int kMax = 3;"));
    EXPECT_TRUE(same("kMax", "int kMax = 3;"));
    EXPECT_FALSE(same("MAX_SIZE", "size_t max_size;"));
    EXPECT_FALSE(same("ring", "Ring(int size)"));
    EXPECT_FALSE(same("`Ring`", "a ring of iron"));
    EXPECT_FALSE(same("value", "Gauge::Value"));
    EXPECT_FALSE(same("Home", "$HOME/bin"));
    EXPECT_FALSE(same("readme.md", "README.md"));
    EXPECT_TRUE(same("Files", "the file(s) or files"));
}

TEST(TextWords, CaseTellsAcronymsAndLettersFromWords) {
    EXPECT_FALSE(same("us", "made in the US today"));
    EXPECT_FALSE(same("US", "they told us"));
    EXPECT_FALSE(same("PATH", "the path to it"));
    EXPECT_FALSE(same("c", "written in C since"));
    EXPECT_TRUE(same("Nato", "the NATO treaty"));
    EXPECT_TRUE(same("C", "written in C since"));
}

TEST(TextWords, CapitalsOfSentencesAndHeadingsDoNotCount) {
    EXPECT_TRUE(same("the harbour office", "Harbour\nThe Harbour Office"));
    EXPECT_TRUE(same("memory management", "2.5. MEMORY MANAGEMENT"));
    EXPECT_TRUE(same("installation", "INSTALLATION\n\nRun it."));
    EXPECT_TRUE(same("no warranty", "THERE IS NO WARRANTY"));
    EXPECT_TRUE(same("McDonald", "OLD MCDONALD FARM"));
    EXPECT_TRUE(same("Twice", "he knocked twice"));
}

TEST(TextWords, CaseIsFoldedInAllScripts) {
    // Kueche with capitals, a sharp s against SS, a final sigma, Russian.
    EXPECT_TRUE(
        same("K\xC3\xBC"
             "che",
             "In der K\xC3\x9C"
             "CHE STEHT"));
    EXPECT_TRUE(
        same("stra\xC3\x9F"
             "e",
             "DIE STRASSE IST"));
    EXPECT_TRUE(same("\xCE\x9F\xCE\xB4\xCE\xBF\xCF\x82", "\xCE\x9F\xCE\x94\xCE\x9F\xCE\xA3"));
    EXPECT_TRUE(same("\xD0\x9F\xD0\xB8\xD1\x80\xD1\x81", "\xD0\xBF\xD0\xB8\xD1\x80\xD1\x81"));
    // An accent of its own is the same as one in its letter.
    EXPECT_TRUE(same("caf\xC3\xA9", "Cafe\xCC\x81"));
    // A soft hyphen is not seen.
    EXPECT_TRUE(same("Programm",
                     "Pro\xC2\xAD"
                     "gramm"));
    EXPECT_FALSE(same("10", "10\xE2\x81\xB6"));
}

TEST(TextWords, WordsWithoutBlanksAreToldApart) {
    // "I live in Tokyo" in Japanese; "Thai language" in Thai.
    EXPECT_TRUE(
        same("\xE6\x9D\xB1\xE4\xBA\xAC",
             "\xE7\xA7\x81\xE3\x81\xAF\xE6\x9D\xB1\xE4\xBA\xAC\xE3\x81\xAB\xE4\xBD\x8F\xE3\x82"
             "\x93\xE3\x81\xA7\xE3\x81\x84\xE3\x81\xBE\xE3\x81\x99"));
    EXPECT_EQ(
        folded("\xE0\xB8\xA0\xE0\xB8\xB2\xE0\xB8\xA9\xE0\xB8\xB2\xE0\xB9\x84\xE0\xB8\x97\xE0\xB8"
               "\xA2")
            .size(),
        2U);
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
