// SPDX-License-Identifier: Apache-2.0
#include "app/answer/overview_answer.h"

#include <gtest/gtest.h>

#include "tests/app/overview_test_case.h"

namespace tl {
namespace {

class OverviewAnswerTest : public OverviewTestCase {
protected:
    void SetUp() override {
        write(
            "README.md",
            "# Tern\n\nTern is a library for queues.\n\n## Build\n\n    cmake -B build\n    cmake "
            "--install build\n");
        write("pyproject.toml",
              "[project]\nname = \"tern\"\nversion = \"1.4.2\"\nlicense = \"MIT\"\n"
              "authors = [{ name = \"Ana Lind\" }]\nmaintainers = [{ name = \"Bo Ek\" }]\n");
    }

    // Empty where the overview does not answer.
    Answer ask(const std::string& question) {
        Answer answer;
        answer.question = question;
        if (m_overview.sections.empty()) {
            overview();
        }
        const bool isAnswered = answerFromOverview(m_overview, answer);
        EXPECT_EQ(isAnswered, !answer.text.empty()) << question;
        EXPECT_EQ(isAnswered, !answer.citations.empty()) << question;
        return answer;
    }
};

TEST_F(OverviewAnswerTest, TellsFactsOfTheWholeWithTheLinesThatSayThem) {
    const Answer version = ask("Which version of tern is this?");
    EXPECT_NE(version.text.find("1.4.2"), std::string::npos);
    ASSERT_EQ(version.citations.size(), 1U);
    EXPECT_TRUE(version.citations[0].isVerified());
    EXPECT_TRUE(version.citations[0].foundBy.overview);
    EXPECT_EQ(version.citations[0].file, "pyproject.toml");
    EXPECT_EQ(version.citations[0].startLine, 3);
    EXPECT_EQ(version.citations[0].quote, "version = \"1.4.2\"");
    EXPECT_NE(ask("Under which licence may I use this project?").text.find("MIT"),
              std::string::npos);
    EXPECT_NE(ask("What is Tern?").text.find("a library for queues"), std::string::npos);
    EXPECT_NE(ask("What is this about?").text.find("a library for queues"), std::string::npos);
    EXPECT_NE(ask("How do I build it?").text.find("cmake"), std::string::npos);
}

TEST_F(OverviewAnswerTest, TellsMaintainersFromAuthors) {
    EXPECT_NE(ask("Who wrote Tern?").text.find("Ana Lind"), std::string::npos);
    const Answer maintainer = ask("Who maintains it now?");
    EXPECT_NE(maintainer.text.find("Bo Ek"), std::string::npos);
    EXPECT_EQ(maintainer.text.find("Ana Lind"), std::string::npos);
}

TEST_F(OverviewAnswerTest, LeavesQuestionsAboutAPartToTheModel) {
    for (const char* question : {"Which version of Python does it need?",
                                 "Who wrote the Italian translation?",
                                 "Which licence has the logo?",
                                 "How do I build the documentation?",
                                 "What is a queue?",
                                 "What does the ring do?",
                                 "Who maintains the mailing list?",
                                 "When was version 1.4.2 released?",
                                 "Tern"}) {
        EXPECT_EQ(ask(question).text, "") << question;
    }
}

TEST_F(OverviewAnswerTest, LeavesToTheModelWhatTheOverviewDoesNotKnow) {
    EXPECT_EQ(ask("Who are the speakers?").text, "");
}

}  // namespace
}  // namespace tl
