// SPDX-License-Identifier: Apache-2.0
#include "app/citation/citation_check.h"

#include <random>

#include <gtest/gtest.h>

#include "app/citation/text_words.h"
#include "tests/app/test_corpus.h"

namespace tl {
namespace {

std::vector<Citation> cite(const Corpus& corpus,
                           const std::string& answer,
                           const std::string& question = "") {
    return citeAnswer(corpus, question, answer, allPassages(corpus));
}

TEST(CitationCheck, VerifiesWordsThatStandThere) {
    const Corpus corpus =
        corpusOf({{"a.md", "Nothing here.\n\nThe key hangs\nin the **harbour office**.\n"}});
    const std::vector<Citation> citations = cite(corpus, "In the Harbour  Office.");
    ASSERT_EQ(citations.size(), 1U);
    EXPECT_TRUE(citations[0].isVerified());
    EXPECT_EQ(citations[0].file, "a.md");
    EXPECT_EQ(citations[0].startLine, 4);
    EXPECT_EQ(citations[0].endLine, 4);
    EXPECT_EQ(citations[0].quote, "in the **harbour office**.");
}

TEST(CitationCheck, VerifiesWordsInAnotherOrderWithinOnePassage) {
    const Corpus corpus =
        corpusOf({{"config.h", "// Attempts.\nconstexpr int kRetryLimit = 7;\n"}});
    const std::vector<Citation> citations = cite(corpus, "`kRetryLimit` is defined as `7`.");
    ASSERT_EQ(citations.size(), 1U);
    EXPECT_TRUE(citations[0].isVerified());
    EXPECT_EQ(citations[0].quote, "constexpr int kRetryLimit = 7;");
    EXPECT_EQ(citations[0].startLine, 2);
}

TEST(CitationCheck, AnotherNumberIsNotVerified) {
    const Corpus corpus = corpusOf({{"config.h", "constexpr int kRetryLimit = 7;\n"}});
    for (const char* answer : {"kRetryLimit is 77", "kRetryLimit is -7", "kRetryLimit is 7.5"}) {
        const std::vector<Citation> citations = cite(corpus, answer);
        ASSERT_EQ(citations.size(), 1U) << answer;
        EXPECT_FALSE(citations[0].isVerified()) << answer;
    }
}

TEST(CitationCheck, ANegationThatIsNotThereIsNotVerified) {
    const Corpus corpus = corpusOf({{"a.md", "The ferry leaves on Friday.\n"}});
    EXPECT_TRUE(cite(corpus, "The ferry leaves on Friday.")[0].isVerified());
    EXPECT_FALSE(cite(corpus, "The ferry never leaves on Friday.")[0].isVerified());
}

TEST(CitationCheck, WordsSpreadOverTwoPassagesAreNotVerified) {
    const Corpus corpus = corpusOf({{"a.md", "Red boats.\n\nBlue houses.\n"}});
    const std::vector<Citation> citations = cite(corpus, "red houses");
    ASSERT_EQ(citations.size(), 1U);
    EXPECT_FALSE(citations[0].isVerified());
}

TEST(CitationCheck, TheNameOfTheCitedFileCountsAsSaid) {
    const Corpus corpus =
        corpusOf({{"src/ring.h", "class Ring {};\n"}, {"src/user.h", "Ring makeRing();\n"}});
    const std::vector<Citation> citations = cite(corpus, "`Ring` is defined in src/ring.h.");
    ASSERT_EQ(citations.size(), 1U);
    EXPECT_TRUE(citations[0].isVerified());
    EXPECT_EQ(citations[0].file, "src/ring.h");
}

TEST(CitationCheck, AnAnswerThatIsAFileNameIsVerifiedByTheNames) {
    const Corpus corpus = corpusOf({{"README.md", "See ring.h for details.\n"},
                                    {"src/ring.h", "// Head.\n\nclass Ring {};\n"}});
    for (const char* answer : {"ring.h", "`src/ring.h`", "It is in src/ring.h."}) {
        const std::vector<Citation> citations = cite(corpus, answer, "Where is the class Ring?");
        ASSERT_FALSE(citations.empty()) << answer;
        EXPECT_TRUE(citations[0].isVerified()) << answer;
        EXPECT_EQ(citations[0].file, "src/ring.h") << answer;
        EXPECT_EQ(citations[0].quote, "class Ring {};") << answer;
    }
    EXPECT_FALSE(cite(corpus, "rung.h", "Where is the class Ring?")[0].isVerified());
    EXPECT_FALSE(cite(corpus, "src/ring.h line 12", "Where is the class Ring?")[0].isVerified());
}

TEST(CitationCheck, ANumberIsTheSameInWordsAndDigits) {
    const Corpus corpus =
        corpusOf({{"a.md", "It runs for nine hours.\n\nThe mast is 40 feet, twenty-one steps.\n"}});
    for (const char* answer :
         {"9 hours", "nine hours", "forty feet", "21 steps", "twenty one steps"}) {
        EXPECT_TRUE(cite(corpus, answer)[0].isVerified()) << answer;
    }
    for (const char* answer : {"8 hours", "fourteen feet", "20 steps", "one steps", "19 hours"}) {
        EXPECT_FALSE(cite(corpus, answer)[0].isVerified()) << answer;
    }
}

TEST(CitationCheck, OfSeveralPlacesTakesTheLineOfTheQuestion) {
    const Corpus corpus =
        corpusOf({{"a.h", "int retries = 4;\nint threads = 4;\nint pages = 4;\n"}});
    const std::vector<Citation> citations = cite(corpus, "4", "How many threads?");
    ASSERT_EQ(citations.size(), 1U);
    EXPECT_EQ(citations[0].startLine, 2);
}

TEST(CitationCheck, WithoutAnyWordShowsTheBestPassageUnverified) {
    const Corpus corpus = corpusOf({{"a.md", "First line.\nSecond line.\n"}, {"b.md", "Other.\n"}});
    const std::vector<Citation> citations = cite(corpus, "elephants");
    ASSERT_EQ(citations.size(), 1U);
    EXPECT_FALSE(citations[0].isVerified());
    EXPECT_EQ(citations[0].quote, "First line.");
    EXPECT_FALSE(cite(corpus, "it is")[0].isVerified());
}

TEST(CitationCheck, OfALongLineQuotesTheSentence) {
    std::string text;
    for (int i = 0; i < 20; ++i) {
        text += "Sentence number " + std::to_string(i) + " says little. ";
    }
    const Corpus corpus = corpusOf({{"a.txt", text}});
    EXPECT_EQ(cite(corpus, "number 13")[0].quote, "Sentence number 13 says little.");
}

TEST(CitationCheck, WithoutCandidatesThereIsNothing) {
    EXPECT_TRUE(citeAnswer(corpusOf({}), "q", "a", {}).empty());
}

TEST(CitationCheck, KnowsAnswersThatPointNowhere) {
    EXPECT_TRUE(saysNotThere("The documents do not say."));
    EXPECT_TRUE(saysNotThere("It is Not  mentioned."));
    EXPECT_FALSE(saysNotThere("on Tuesdays"));
}

// Words, numbers, marks and line ends in any order.
std::string randomText(std::mt19937& random, int pieces) {
    static const char* const kPieces[] = {"pier ",
                                          "Lund ",
                                          "7 ",
                                          "-7 ",
                                          "kLimit ",
                                          "`x_y` ",
                                          ".\n",
                                          "\n\n",
                                          "! ",
                                          "\t",
                                          "1,024 ",
                                          "\xC3\xA9t\xC3\xA9 ",
                                          "not ",
                                          "the ",
                                          "= ",
                                          "\xE2\x80\x94"};
    std::string text;
    std::uniform_int_distribution<size_t> piece(0, std::size(kPieces) - 1);
    for (int i = 0; i < pieces; ++i) {
        text += kPieces[piece(random)];
    }
    return text;
}

// Nothing is invented: whatever texts and answers, a quote is the file's bytes at the cited lines,
// and what is verified has every word of fact of the answer in them.
TEST(CitationCheck, QuotesAreTheFilesOwnBytes) {
    std::mt19937 random(7);
    for (int round = 0; round < 3000; ++round) {
        const Corpus corpus = corpusOf({{"a.txt", "x\n" + randomText(random, 80)}});
        const std::string answer = randomText(random, 1 + round % 6);
        const Document& document = corpus.files[0].document;
        for (const Citation& citation : cite(corpus, answer, randomText(random, 4))) {
            ASSERT_LE(citation.endLine, document.lines.lineCount());
            const auto begin = static_cast<size_t>(document.lines.lineBegin(citation.startLine));
            const auto end = static_cast<size_t>(document.lines.lineEnd(citation.endLine));
            const std::string lines = document.text.substr(begin, end - begin);
            ASSERT_FALSE(citation.quote.empty());
            ASSERT_NE(lines.find(citation.quote), std::string::npos) << answer;
            const std::vector<Word> there = splitWords(lines);
            for (const Word& word : splitWords(answer)) {
                ASSERT_TRUE(!citation.isVerified() || isFunctionWord(word.folded) ||
                            findRun(there, {word}) >= 0)
                    << answer;
            }
        }
    }
}

}  // namespace
}  // namespace tl
