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
    DefinitionSearch definitions(corpus);
    return citeAnswer(corpus, definitions, topicOf(corpus, question), answer, allPassages(corpus));
}

CitationState stateOf(const Corpus& corpus,
                      const std::string& answer,
                      const std::string& question) {
    return cite(corpus, answer, question).at(0).state;
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

TEST(CitationCheck, ANumberCountsWhatIsAskedFor) {
    const Corpus corpus =
        corpusOf({{"scan.md",
                   "The scanner reads about 300 pages an hour at 600 dots to the inch, "
                   "and 40 % of it is blank.\n"}});
    const std::string question = "How many pages an hour does the scanner read?";
    EXPECT_EQ(stateOf(corpus, "300", question), CitationState::kVerified);
    EXPECT_EQ(stateOf(corpus, "about 300 pages", question), CitationState::kVerified);
    for (const char* answer : {"600 dots", "40 %", "600 dots to the inch"}) {
        EXPECT_EQ(stateOf(corpus, answer, question), CitationState::kElsewhere) << answer;
    }
}

TEST(CitationCheck, TheAnswerStandsNearTheQuestionsWords) {
    const std::string between =
        "It has rained for a week, nobody went out, and so we sat inside and told each other of "
        "the "
        "years when there was still some herring to be had here, and ";
    const Corpus corpus = corpusOf(
        {{"log.md",
          "The ferry to Lund is painted green. " + between + "the cook made soup of turnips.\n"}});
    const std::string question = "Which colour has the ferry to Lund?";
    EXPECT_EQ(stateOf(corpus, "painted green", question), CitationState::kVerified);
    EXPECT_EQ(stateOf(corpus, "soup of turnips", question), CitationState::kElsewhere);
}

TEST(CitationCheck, HowToDoItTakesMoreThanAWord) {
    const Corpus corpus = corpusOf({{"use.md", "To hold a package using the tool, run --hold.\n"}});
    const std::string question = "How do I hold a package with the tool?";
    EXPECT_EQ(stateOf(corpus, "hold a package using", question), CitationState::kElsewhere);
    EXPECT_EQ(stateOf(corpus, "run --hold", question), CitationState::kVerified);
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

TEST(CitationCheck, WhereSomethingIsDefinedIsVerifiedByTheIndex) {
    const Corpus corpus =
        codeCorpusOf({{"src/ring.h", "class Ring {};\n"}, {"src/user.h", "Ring makeRing();\n"}});
    const std::vector<Citation> citations = cite(corpus, "`Ring` is defined in src/ring.h.");
    ASSERT_EQ(citations.size(), 1U);
    EXPECT_TRUE(citations[0].isVerified());
    EXPECT_EQ(citations[0].file, "src/ring.h");
    EXPECT_EQ(citations[0].quote, "class Ring {};");
    const std::string question = "Where is Ring defined?";
    for (const char* answer :
         {"src/ring.h", "ring.h", "In ring.h, line 1.", "class Ring in ring.h"}) {
        EXPECT_EQ(stateOf(corpus, answer, question), CitationState::kVerified) << answer;
    }
    for (const char* answer : {"src/user.h", "`Ring` is defined in user.h.", "ring.h, line 7"}) {
        EXPECT_NE(stateOf(corpus, answer, question), CitationState::kVerified) << answer;
    }
    EXPECT_NE(stateOf(corpus, "It is defined in ring.h.", "Where is Rung defined?"),
              CitationState::kVerified);
}

TEST(CitationCheck, TheNameOfTheCitedFileCountsAsSaid) {
    const Corpus corpus = corpusOf({{"src/ring.h", "The size of a ring is 7.\n"}});
    EXPECT_EQ(stateOf(corpus, "The size is 7 (src/ring.h).", "What size has a ring?"),
              CitationState::kVerified);
}

TEST(CitationCheck, AFileAloneAnswersOnlyWhereAPlaceIsAskedFor) {
    const Corpus corpus =
        corpusOf({{"LICENSE", "Copying is free.\n\nNo warranty is given.\n"},
                  {"notes.md", "Lunch is at noon.\n\nThe ferry leaves at nine.\n"}});
    EXPECT_EQ(stateOf(corpus, "LICENSE", "Which file speaks of the warranty?"),
              CitationState::kVerified);
    EXPECT_EQ(stateOf(corpus, "notes.md", "Which file speaks of the warranty?"),
              CitationState::kElsewhere);
    EXPECT_EQ(stateOf(corpus, "notes.md", "When does the ferry leave?"), CitationState::kElsewhere);
}

TEST(CitationCheck, AnAnswerThatIsAFileNameIsVerifiedByTheNames) {
    const Corpus corpus = codeCorpusOf({{"README.md", "See ring.h for details.\n"},
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

TEST(CitationCheck, CaseCountsWhereItCarriesMeaning) {
    const Corpus usage = corpusOf({{"usage.txt",
                                    "pumpctl, usage:\n"
                                    "  -v   print the level without units;\n"
                                    "  -V   print the version;\n"}});
    const std::string question = "Which option prints the level without units?";
    EXPECT_EQ(stateOf(usage, "-v", question), CitationState::kVerified);
    EXPECT_EQ(stateOf(usage, "-V", question), CitationState::kElsewhere);
    EXPECT_EQ(stateOf(usage, "-V", "Which option prints the version?"), CitationState::kVerified);
    EXPECT_EQ(stateOf(usage, "v", question), CitationState::kNotFound);
    const Corpus code = codeCorpusOf({{"a.h", "constexpr int kMax = 3;\n"}});
    EXPECT_FALSE(cite(code, "kmax is 3")[0].isVerified());
    EXPECT_TRUE(cite(code, "`kMax` is 3")[0].isVerified());
}

TEST(CitationCheck, ANameInAPassageAboutSomethingElseIsFoundElsewhere) {
    const Corpus corpus = corpusOf({{"a.md",
                                     "Ingrid repaired the crane.\n\n"
                                     "Per keeps the key of the harbour office.\n\n"
                                     "The crane was painted in 1931.\n"}});
    const std::string question = "Who keeps the key of the harbour office?";
    EXPECT_EQ(stateOf(corpus, "Per", question), CitationState::kVerified);
    EXPECT_EQ(stateOf(corpus, "Ingrid", question), CitationState::kElsewhere);
    EXPECT_EQ(stateOf(corpus, "Olaf", question), CitationState::kNotFound);
    EXPECT_EQ(stateOf(corpus, "1931", "When was the lighthouse painted?"),
              CitationState::kElsewhere);
    EXPECT_EQ(stateOf(corpus, "1931", "When was the crane painted?"), CitationState::kVerified);
    // The citation is the passage that speaks of the question, though it is not the first.
    EXPECT_EQ(cite(corpus, "Per", question)[0].startLine, 3);
}

TEST(CitationCheck, ANameOfTheQuestionHasToStandInThePassage) {
    const Corpus corpus = codeCorpusOf(
        {{"a.h", "constexpr int kPollInterval = 20;\n\nconstexpr int kRetryInterval = 30;\n"}});
    const std::string question = "What is the value of kPollInterval?";
    EXPECT_EQ(stateOf(corpus, "20", question), CitationState::kVerified);
    EXPECT_EQ(stateOf(corpus, "30", question), CitationState::kElsewhere);
    EXPECT_EQ(stateOf(corpus, "20", "What is the value of kSleepInterval?"),
              CitationState::kElsewhere);
}

TEST(CitationCheck, InAListAValueBelongsToItsEntry) {
    const Corpus corpus = corpusOf({{"prices.md",
                                     "Prices of the pier:\n"
                                     "- a boat for a day: 40\n"
                                     "- a bracket for a gauge: 25\n"}});
    EXPECT_EQ(stateOf(corpus, "25", "How much is a bracket?"), CitationState::kVerified);
    EXPECT_EQ(stateOf(corpus, "40", "How much is a bracket?"), CitationState::kElsewhere);
}

TEST(CitationCheck, AnAnswerOfAnotherKindThanAskedForIsFoundElsewhere) {
    const Corpus corpus =
        corpusOf({{"a.md", "The licence was granted to Lund for 60 days from 28 March 2007.\n"}});
    EXPECT_EQ(stateOf(corpus, "28 March 2007", "On which date was the licence granted?"),
              CitationState::kVerified);
    EXPECT_EQ(stateOf(corpus, "60 days", "On which date was the licence granted?"),
              CitationState::kElsewhere);
    EXPECT_EQ(stateOf(corpus, "Lund", "For how many days was the licence granted?"),
              CitationState::kElsewhere);
}

TEST(CitationCheck, AnAnswerThatRepeatsTheQuestionProvesNothing) {
    const Corpus corpus = corpusOf({{"a.md", "The source stanza has a field.\n"}});
    EXPECT_EQ(stateOf(corpus, "the source stanza", "Which field has the source stanza?"),
              CitationState::kElsewhere);
    EXPECT_EQ(
        stateOf(corpus, "The source stanza has a field.", "Does the source stanza have a field?"),
        CitationState::kVerified);
}

TEST(CitationCheck, ASpeakerIsVerifiedByTurnsOfTheirOwnThatSpeakOfIt) {
    Corpus corpus = corpusOf({{"talk.vtt",
                               "Ana: The budget is too small.\n\n"
                               "Ben: Ana is right about the budget, it is too small.\n\n"
                               "Cleo: Lunch is at noon.\n"}});
    Document& document = corpus.files[0].document;
    for (const char* name : {"Ana", "Ben", "Cleo"}) {
        Unit turn;
        turn.kind = UnitKind::kCue;
        turn.label = name;
        turn.begin = static_cast<int64_t>(document.text.find(std::string(name) + ":"));
        const size_t end = document.text.find('\n', static_cast<size_t>(turn.begin));
        turn.end = static_cast<int64_t>(end);
        document.units.push_back(turn);
    }
    const std::string question = "Who said that the budget is too small?";
    const std::vector<Citation> citations = cite(corpus, "Ana", question);
    ASSERT_EQ(citations.size(), 1U);
    EXPECT_TRUE(citations[0].isVerified());
    EXPECT_EQ(citations[0].startLine, 1);
    EXPECT_EQ(stateOf(corpus, "Cleo", question), CitationState::kElsewhere);
    EXPECT_EQ(stateOf(corpus, "Cleo", "Who said when lunch is?"), CitationState::kVerified);
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
    EXPECT_TRUE(cite(corpusOf({}), "a", "q").empty());
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
