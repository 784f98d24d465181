// SPDX-License-Identifier: Apache-2.0
#include "app/answer/question_sheet.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/model/engine_model.h"
#include "tests/app/scripted_model.h"
#include "tests/app/temp_folder.h"

namespace tl {
namespace {

class QuestionSheetTest : public testing::Test {
protected:
    std::unique_ptr<CorpusSession> read(LanguageModel& model) {
        SourceChoice choice;
        choice.paths = {m_folder.path()};
        auto corpus = std::make_shared<const Corpus>(loadCorpus(choice, model, {}, {}).value());
        std::unique_ptr<CorpusSession> session =
            CorpusSession::create(model, std::move(corpus)).value();
        EXPECT_TRUE(session->read({}, {}).ok());
        return session;
    }

    static std::vector<Question> layOut(CorpusSession& session,
                                        const std::vector<std::string>& texts) {
        std::vector<Question> questions;
        for (const std::string& text : texts) {
            questions.push_back(session.layOut(text).value());
        }
        return questions;
    }

    // The sheet's answers, in the order in which they are told.
    Status answer(LanguageModel& model,
                  CorpusSession& session,
                  const std::vector<Question>& questions) {
        SheetEvents events;
        events.answered = [&](size_t index, const Answer& answer) {
            EXPECT_EQ(index, m_answers.size());
            m_answers.push_back(answer);
            return m_answers.size() == m_mostAnswers ? Status(Error{ErrorCode::kIo, "full"})
                                                     : okStatus();
        };
        return answerSheet(session, model, questions, m_options, m_stop.get_token(), events);
    }

    // Twenty questions, more than are asked at once; the answer to one of them is long.
    static Script script() {
        Script script;
        for (int i = 0; i < 20; ++i) {
            std::string words = "answer " + std::to_string(i);
            for (int more = 0; i == 3 && more < 30; ++more) {
                words += " and " + std::to_string(more * 7);
            }
            script["Question " + std::to_string(i) + "?"] = {"Text", words, ""};
        }
        return script;
    }
    static std::vector<std::string> texts() {
        std::vector<std::string> texts;
        for (int i = 0; i < 20; ++i) {
            texts.push_back("Question " + std::to_string(i) + "?");
        }
        return texts;
    }

    TempFolder m_folder;
    AskOptions m_options;
    std::stop_source m_stop;
    std::vector<Answer> m_answers;
    size_t m_mostAnswers = 1000;
};

TEST_F(QuestionSheetTest, ManyQuestionsShareCallsAndAnswersComeInTheirOrder) {
    m_folder.write("a.txt", "Text.\n");
    ScriptedModel model(script());
    const auto session = read(model);
    ASSERT_TRUE(answer(model, *session, layOut(*session, texts())).ok());
    ASSERT_EQ(m_answers.size(), 20U);
    EXPECT_EQ(model.mostTogether(), LanguageModel::kMostTogether);
    for (size_t i = 0; i < 20; ++i) {
        const std::string words = "answer " + std::to_string(i);
        EXPECT_EQ(m_answers[i].text.substr(0, words.size()), words);
    }
    EXPECT_GT(m_answers[3].text.size(), 100U);
}

TEST_F(QuestionSheetTest, TheCorpusIsTheFirstAnswersToAccountFor) {
    m_folder.write("a.txt", "Text.\n");
    ScriptedModel model(script());
    const auto session = read(model);
    const auto questions = layOut(*session, {"Question 1?", "Question 2?"});
    ASSERT_TRUE(answer(model, *session, questions).ok());
    EXPECT_EQ(m_answers[0].tokensEvaluated - m_answers[1].tokensEvaluated,
              std::ssize(session->corpus().tokens));
}

TEST_F(QuestionSheetTest, AFailureIsThatOfTheFirstQuestionThatHasOne) {
    m_folder.write("a.txt", "Text.\n");
    Script failing = script();
    failing["Question 4?"].failure = "model: worn out";
    failing["Question 2?"].failure = "model: tired";
    ScriptedModel model(failing);
    const auto session = read(model);
    const Status status = answer(model, *session, layOut(*session, texts()));
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().message, "model: tired");
    EXPECT_EQ(m_answers.size(), 2U);
}

TEST_F(QuestionSheetTest, AnswersThatCannotBeKeptEndIt) {
    m_folder.write("a.txt", "Text.\n");
    ScriptedModel model(script());
    const auto session = read(model);
    m_mostAnswers = 3;
    const Status status = answer(model, *session, layOut(*session, texts()));
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().message, "full");
    EXPECT_EQ(m_answers.size(), 3U);
}

TEST_F(QuestionSheetTest, StoppingEndsAllOfThem) {
    m_folder.write("a.txt", "Text.\n");
    ScriptedModel model(script());
    const auto session = read(model);
    const auto questions = layOut(*session, texts());
    m_stop.request_stop();
    const Status status = answer(model, *session, questions);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, ErrorCode::kCancelled);
    EXPECT_TRUE(m_answers.empty());
}

// With the shipped model, over a text that is long enough for a second look.
class RealSheetTest : public QuestionSheetTest {
protected:
    RealSheetTest() {
        std::string text;
        for (int i = 0; i < 90; ++i) {
            text += "Room " + std::to_string(i) + " was painted in " +
                    std::to_string(1900 + i * 7 % 100) + " by the guild.\n\n";
        }
        m_folder.write("rooms.txt",
                       text +
                           "The ferry to Holm leaves at noon on Fridays.\n\n"
                           "Mrs. Oduya keeps the key of the lighthouse.\n");
    }
};

TEST_F(RealSheetTest, AnswersAreThoseAskedOneByOne) {
    const std::unique_ptr<LanguageModel> model = loadEngineModel({}).value();
    const auto session = read(*model);
    ASSERT_TRUE(session->looksTwice(m_options));
    m_options.maxTokens = 24;
    const auto questions = layOut(*session,
                                  {"Who keeps the key of the lighthouse?",
                                   "When was room 17 painted?",
                                   "When does the ferry to Holm leave?",
                                   "Who painted room 3?",
                                   "What is this about?"});
    std::vector<Answer> alone;
    for (const Question& question : questions) {
        alone.push_back(session->ask(question, m_options, {}, {}).value());
    }
    ASSERT_TRUE(answer(*model, *session, questions).ok());
    ASSERT_EQ(m_answers.size(), alone.size());
    for (size_t i = 0; i < alone.size(); ++i) {
        EXPECT_EQ(m_answers[i].text, alone[i].text);
        EXPECT_EQ(m_answers[i].firstLook, alone[i].firstLook);
        EXPECT_EQ(m_answers[i].look, alone[i].look);
        ASSERT_EQ(m_answers[i].citations.size(), alone[i].citations.size());
        for (size_t c = 0; c < alone[i].citations.size(); ++c) {
            EXPECT_EQ(m_answers[i].citations[c].quote, alone[i].citations[c].quote);
            EXPECT_EQ(m_answers[i].citations[c].state, alone[i].citations[c].state);
        }
        if (i > 0) {
            EXPECT_EQ(m_answers[i].tokensEvaluated, alone[i].tokensEvaluated);
        }
    }
}

}  // namespace
}  // namespace tl
