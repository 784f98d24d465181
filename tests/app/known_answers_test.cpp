// SPDX-License-Identifier: Apache-2.0
#include "app/answer/known_answers.h"

#include <gtest/gtest.h>

#include "tests/app/overview_test_case.h"

namespace tl {
namespace {

class KnownAnswersTest : public OverviewTestCase {
protected:
    // An answer without text where the corpus's structure does not have it.
    Answer ask(const std::string& question) {
        if (!m_search) {
            overview();
            m_search.emplace(CandidateSearch::create(m_corpus, AnswerSettings{}).value());
            m_known.emplace(m_corpus, *m_search);
        }
        Answer answer;
        answer.question = question;
        const Result<bool> isKnown = m_known->answer({}, answer);
        EXPECT_TRUE(isKnown.ok());
        EXPECT_EQ(isKnown.value(), !answer.text.empty()) << question;
        for (const Citation& citation : answer.citations) {
            EXPECT_TRUE(citation.isVerified()) << question;
            EXPECT_FALSE(citation.quote.empty()) << question;
        }
        return answer;
    }

    std::string textOf(const std::string& question) { return ask(question).text; }

private:
    std::optional<CandidateSearch> m_search;
    std::optional<KnownAnswers> m_known;
};

TEST_F(KnownAnswersTest, TellsTheValueOfAConstant) {
    write("limits.h", "#define MAX_ROWS 0x40  /* of a page */\n#define SQUARE(x) ((x) * (x))\n");
    write("cache.py", "SIZE = 1000  # entries\n\nTABLE = [\n    1,\n]\n");
    const Answer rows = ask("What is the value of MAX_ROWS?");
    EXPECT_EQ(rows.text, "MAX_ROWS is 0x40.");
    ASSERT_EQ(rows.citations.size(), 1U);
    EXPECT_EQ(rows.citations[0].file, "limits.h");
    EXPECT_EQ(rows.citations[0].startLine, 1);
    EXPECT_TRUE(rows.citations[0].foundBy.definition);
    EXPECT_EQ(textOf("What is SIZE?"), "SIZE is 1000.");
    EXPECT_EQ(textOf("What is the value of TABLE?"), "");
    EXPECT_EQ(textOf("What is the value of SQUARE?"), "");
    EXPECT_EQ(textOf("What is the value of MAX_ROWS in tests?"), "");
}

TEST_F(KnownAnswersTest, TellsWhatACommentSaysOfADefinition) {
    write("queue.py",
          "class Queue:\n    def drain(\n        self, limit=3\n    ):\n"
          "        \"\"\"Takes all entries out. Waits for none.\"\"\"\n        return 1\n");
    write("pump.c",
          "/*\n * Starts the pump and waits for pressure.\n */\nint start_pump(void) {\n}\n");
    const Answer drain = ask("What does Queue.drain do?");
    EXPECT_EQ(drain.text, "Takes all entries out. Waits for none.");
    EXPECT_EQ(drain.citations.at(0).startLine, 5);
    EXPECT_EQ(textOf("What does start_pump do?"), "Starts the pump and waits for pressure.");
    EXPECT_EQ(textOf("What does start_pump do at night?"), "");
}

TEST_F(KnownAnswersTest, SaysNothingWhereDefinitionsDisagree) {
    write("a.py", "LIMIT = 3\n");
    write("b.py", "LIMIT = 4\n");
    EXPECT_EQ(textOf("What is LIMIT?"), "");
}

TEST_F(KnownAnswersTest, FindsTheOptionThatAQuestionDescribes) {
    write("sort.1",
          ".TH SORT 1\n.TP\n.B \\-s, \\-\\-size\nSort by \\fIsize\\fR, largest first.\n.TP\n"
          ".B \\-r\nReverse the order.\n.SH AUTHOR\nNobody.\n");
    write("usage.md", "# Options\n\n- `-j`, `--json`  Print machine readable lines.\n");
    const Answer size = ask("Which option sorts by size?");
    EXPECT_EQ(size.text, "-s, --size: Sort by size, largest first.");
    EXPECT_EQ(size.citations.at(0).file, "sort.1");
    EXPECT_EQ(size.citations.at(0).startLine, 3);
    EXPECT_EQ(textOf("Which flag prints machine readable lines?"),
              "-j, --json: Print machine readable lines.");
    EXPECT_EQ(textOf("Which option plays music?"), "");
}

TEST_F(KnownAnswersTest, TellsWhatAnOptionDoesMindingItsCase) {
    write("usage.txt",
          "Options:\n  -o FILE, --out FILE  Write to a file.\n  -v            Say more.\n  -V, "
          "--version\n                Print the "
          "version.\n");
    EXPECT_EQ(textOf("What does -v do?"), "-v: Say more.");
    EXPECT_EQ(textOf("What does -V do?"), "-V, --version: Print the version.");
    EXPECT_EQ(textOf("What does -x do?"), "");
    EXPECT_EQ(textOf("What does --out do?"), "-o, --out: Write to a file.");
}

TEST_F(KnownAnswersTest, FindsOptionsInTheStringsOfAUsageText) {
    write("main.c",
          "void usage(void) {\n  fputs(\"  -q or --quiet\\n\", stderr);\n"
          "  fputs(\"\\tPrint no warnings\\n\", stderr);\n}\n");
    write("tool.py",
          "parser.add_argument(\"--all\", action=\"store_true\", help=\"list old gaps\")\n");
    EXPECT_EQ(textOf("What does --quiet do?").substr(0, 12), "-q, --quiet:");
    EXPECT_EQ(textOf("Which option lists old gaps?"), "--all: list old gaps");
}

TEST_F(KnownAnswersTest, NamesWhoSaidSomethingInAMeeting) {
    write("talk.vtt",
          "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Ana>The pump is too loud for the school.\n\n"
          "00:00:05.000 --> 00:00:09.000\n<v Bo>I can mend the gate on Monday.\n\n"
          "00:00:10.000 --> 00:00:14.000\n<v Ana>Then we paint the fence in June.\n");
    const Answer loud = ask("Who said that the pump is too loud?");
    EXPECT_TRUE(loud.text.starts_with("Ana: The pump is too loud"));
    EXPECT_EQ(loud.citations.at(0).speaker, "Ana");
    EXPECT_TRUE(textOf("Who mends the gate on Monday?").starts_with("Bo: "));
    // Nobody tells of it as their own.
    EXPECT_EQ(textOf("Who paints the fence in June?"), "");
    EXPECT_EQ(textOf("Who said that the mayor resigned?"), "");
}

TEST_F(KnownAnswersTest, KnowsTheSpeakersOfAPlay) {
    std::string play = "A PLAY\n\n";
    for (const char* line : {"The tide is high.", "Bring the ropes.", "We sail at noon."}) {
        play += "FIRST SAILOR.\n" + std::string(line) + "\n\nCAPTAIN.\nAye to all of that.\n\n";
    }
    write("play.txt", play);
    EXPECT_EQ(textOf("Who says that the tide is high?"), "FIRST SAILOR: The tide is high.");
}

TEST_F(KnownAnswersTest, TellsWhenAVersionWasReleased) {
    write("CHANGES.rst",
          "Version 1.4.1\n-------------\n\nReleased 2015-08-01\n\nVersion 1.4\n-----------\n\n"
          "Released 2015-07-23\n");
    write("debian/changelog",
          "tern (2.0-1) unstable; urgency=low\n\n  * First.\n\n -- Ana <a@b.c>  Mon, 07 Aug 2017 "
          "00:51:45 -0400\n");
    const Answer release = ask("When was version 1.4 released?");
    EXPECT_EQ(release.text, "1.4: 2015-07-23.");
    EXPECT_EQ(release.citations.at(0).startLine, 6);
    EXPECT_EQ(textOf("When did 1.4.1 come out?"), "1.4.1: 2015-08-01.");
    EXPECT_EQ(textOf("When was 2.0-1 released?"), "2.0-1: 07 Aug 2017.");
    EXPECT_EQ(textOf("When was version 9.9 released?"), "");
    EXPECT_EQ(textOf("When was version 1.4 of Perl released?"), "");
}

TEST_F(KnownAnswersTest, SummarisesASectionByItsFirstSentences) {
    write("guide.md",
          "# Guide\n\n## Key rotation\n\nOld keys are dropped every month. New ones are made "
          "before.\n\n## Backups\n\nCopies are kept for a year.\n");
    const Answer keys = ask("Summarise the section about key rotation.");
    EXPECT_EQ(keys.text,
              "Key rotation: Old keys are dropped every month. New ones are made before.");
    EXPECT_EQ(keys.citations.at(0).startLine, 5);
    EXPECT_EQ(textOf("Summarise the section on elephants."), "");
    EXPECT_EQ(textOf("Summarise the backups."), "");
}

TEST_F(KnownAnswersTest, TellsWhichPythonAPackageNeeds) {
    write("pyproject.toml", "[project]\nname = \"tern\"\nrequires-python = \">=3.9\"\n");
    EXPECT_EQ(textOf("Which Python does it need at least?"), "Python >=3.9.");
    EXPECT_EQ(textOf("Which Python module reads files?"), "");
}

TEST_F(KnownAnswersTest, CountsLanguagesWithoutACitation) {
    write("main.c", "int main(void) { return 0; }\n");
    const Answer languages = ask("In which programming language is it written?");
    EXPECT_NE(languages.text.find("C: 1 file"), std::string::npos);
    EXPECT_TRUE(languages.citations.empty());
    EXPECT_TRUE(textOf("How many files are there?").starts_with("1 file, "));
}

}  // namespace
}  // namespace tl
