// SPDX-License-Identifier: Apache-2.0
#include "app/answer/question_kind.h"

#include <gtest/gtest.h>

namespace tl {
namespace {

using Names = std::vector<std::string>;

TEST(QuestionKind, KnowsQuestionsAboutTheWhole) {
    for (const char* question : {"What is this about?",
                                 "What are these documents about?",
                                 "What is this?",
                                 "Summarise the meeting.",
                                 "What does this program do?",
                                 "What is the purpose of the code?",
                                 "what was discussed in this meeting",
                                 "Give me an overview of the project",
                                 "Tell me about this report",
                                 "What is it about?"}) {
        EXPECT_TRUE(asksAboutTheWhole(question)) << question;
    }
}

TEST(QuestionKind, AQuestionForAThingIsNotAboutTheWhole) {
    for (const char* question : {"What is the baud rate?",
                                 "What does parse_args do?",
                                 "Who was at the meeting?",
                                 "What is the document's licence?",
                                 "When was this?",
                                 "",
                                 "Where is it?"}) {
        EXPECT_FALSE(asksAboutTheWhole(question)) << question;
    }
}

TEST(QuestionKind, KnowsQuestionsForADefinition) {
    for (const char* question : {"Where is parse_args defined?",
                                 "Which file defines the class Series?",
                                 "Where is main declared?",
                                 "In which file is Series implemented?",
                                 "Where is parse()?",
                                 "Where is the function parse_args?",
                                 "what file contains the definition of Series"}) {
        EXPECT_TRUE(asksWhereDefined(question)) << question;
    }
    for (const char* question : {"Where does the ferry land?",
                                 "How is success defined?",
                                 "What is parse_args?",
                                 "Where is the harbour?",
                                 "Which file is the largest?",
                                 ""}) {
        EXPECT_FALSE(asksWhereDefined(question)) << question;
    }
}

TEST(QuestionKind, FindsTheNamesThatAQuestionSays) {
    EXPECT_EQ(namesIn("What is the value of kPollInterval?"), Names({"kPollInterval"}));
    EXPECT_EQ(namesIn("What does parse_args call, and why parse_args?"), Names({"parse_args"}));
    EXPECT_EQ(namesIn("Which class has Series::highest?"), Names({"Series", "highest"}));
    EXPECT_EQ(namesIn("Who calls main()?"), Names({"main"}));
    EXPECT_EQ(namesIn("How high is it in 2024?"), Names());
    EXPECT_EQ(namesIn("What is this?"), Names());
    EXPECT_EQ(namesIn(""), Names());
}

TEST(QuestionKind, APlainWordIsANameWhereItsDefinitionIsAskedFor) {
    EXPECT_EQ(namesIn("Where is the function main defined?"), Names({"main"}));
    EXPECT_EQ(namesIn("What does main do?"), Names({"main"}));
    EXPECT_EQ(namesIn("What does the harbour master do there?"), Names());
}

}  // namespace
}  // namespace tl
