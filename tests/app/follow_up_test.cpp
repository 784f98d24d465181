// SPDX-License-Identifier: Apache-2.0
#include "app/answer/follow_up.h"

#include <fstream>
#include <memory>

#include <gtest/gtest.h>

#include "app/answer/corpus_session.h"
#include "app/model/engine_model.h"
#include "app/project/project_commands.h"
#include "tests/app/project_test_case.h"
#include "tests/support/random_model.h"

namespace tl {
namespace {

TEST(LeansOnEarlier, WhatGoesOnOrSaysItBeforeAnythingElse) {
    for (const char* question : {"And who wrote it?",
                                 "But why?",
                                 "Why?",
                                 "Since when?",
                                 "What about Norway?",
                                 "How about the other one?",
                                 "Who wrote it?",
                                 "How long are they kept?",
                                 "What was her condition?",
                                 "Does she read e-mail at night?",
                                 "When was that?",
                                 "Who was there?"}) {
        EXPECT_TRUE(leansOnEarlier(question)) << question;
    }
}

TEST(LeansOnEarlier, NotWhatNamesSomethingOfItsOwnFirst) {
    for (const char* question : {"Who wrote the program?",
                                 "What does the gauge do when it fails?",
                                 "What is this project about?",
                                 "Is there a licence?",
                                 "Which file has the function that reads tides?",
                                 "What does kMaxStep do when it is reached?",
                                 "When was Tidewatch written and by whom?",
                                 "Where is the andiron?"}) {
        EXPECT_FALSE(leansOnEarlier(question)) << question;
    }
    EXPECT_FALSE(leansOnEarlier(""));
}

TEST(WithoutConnective, LeavesTheQuestionItself) {
    EXPECT_EQ(withoutConnective("And who wrote it?"), "who wrote it?");
    EXPECT_EQ(withoutConnective("Who wrote it?"), "Who wrote it?");
    EXPECT_EQ(withoutConnective("And?"), "And?");
}

// A conversation in a project, with a model whose state is what it has read.
class FollowUpTest : public ProjectTestCase {
protected:
    FollowUpTest() {
        write("a.txt", paragraphs("apples", 300));
        m_script = {{"Who grows apples?", {"Paragraph 7 tells", "Ana grows them", ""}},
                    {"Why is that?", {"Paragraph 8 tells", "The soil is good", ""}}};
    }

    Answer ask(ProjectCommands& run, const std::string& question) {
        const auto laidOut = run.layOut(question);
        EXPECT_TRUE(laidOut.ok());
        const auto answer = run.ask(laidOut.value(), {}, {}, {});
        EXPECT_TRUE(answer.ok());
        return answer.ok() ? answer.value() : Answer{};
    }

    std::vector<StoredTurn> kept() {
        const auto file = ProjectFile::open(m_project, ProjectFile::Access::kRead);
        return file.ok() ? file.value()->newestConversation().value() : std::vector<StoredTurn>{};
    }
};

TEST_F(FollowUpTest, SeesTheTurnBeforeAndIsCheaperThanReading) {
    readAll();
    const auto run = start();
    ASSERT_TRUE(run->open(m_project).ok());
    const Answer first = ask(*run, "Who grows apples?");
    EXPECT_FALSE(first.isFollowUp);
    const Answer behind = ask(*run, "Why is that?");
    EXPECT_TRUE(behind.isFollowUp);
    EXPECT_EQ(behind.text, "The soil is good");
    EXPECT_GT(behind.tokensEvaluated, first.tokensEvaluated);  // the turn before was run again
    EXPECT_LT(behind.tokensEvaluated, run->tokensTotal() / 2);
}

TEST_F(FollowUpTest, TurnsBelongToOneConversationAlsoAfterReopening) {
    readAll();
    {
        const auto run = start();
        ASSERT_TRUE(run->open(m_project).ok());
        ask(*run, "Who grows apples?");
    }
    {
        const auto run = start();
        ASSERT_TRUE(run->open(m_project).ok());
        ASSERT_TRUE(run->continueConversation().ok());
        ask(*run, "Why is that?");
        ask(*run, "Who grows apples?");
    }
    const std::vector<StoredTurn> turns = kept();
    ASSERT_EQ(turns.size(), 3U);
    EXPECT_EQ(turns[1].question, "Why is that?");
    EXPECT_EQ(turns[1].ordinal, 1);
    EXPECT_NE(turns[0].details.find("\"parent\":null"), std::string::npos);
    EXPECT_NE(turns[1].details.find("\"parent\":0"), std::string::npos) << turns[1].details;
    EXPECT_NE(turns[2].details.find("\"parent\":null"), std::string::npos);  // leans on nothing
}

TEST_F(FollowUpTest, ARunWithoutContinuingBeginsAConversation) {
    readAll();
    for (int i = 0; i < 2; ++i) {
        const auto run = start();
        ASSERT_TRUE(run->open(m_project).ok());
        ask(*run, "Who grows apples?");
    }
    EXPECT_EQ(kept().size(), 1U);
}

// The engine itself, with a small model of random weights: what counts is that bits agree.
class FollowUpStateTest : public ProjectTestCase {
protected:
    FollowUpStateTest() {
        test::RandomModelShape shape;
        shape.controlTokens = {"<|im_start|>", "<|im_end|>", "<file_sep>", "<filename>"};
        shape.vocabulary = 256 + static_cast<int64_t>(shape.controlTokens.size());
        shape.readWindow = 512;
        shape.logScaleBase = 2048;
        const auto file = m_folder.write(
            "model.gguf", std::string(test::RandomModel(shape, /*threads=*/1).bytes()));
        m_engine = std::move(loadEngineModel({.file = file}).value());
        write("a.txt", paragraphs("apples", 30));
    }

    std::unique_ptr<CorpusSession> session(Corpus corpus) {
        return std::move(
            CorpusSession::create(*m_engine, std::make_shared<const Corpus>(std::move(corpus)))
                .value());
    }

    // All of a sequence, in the bytes of files.
    std::vector<std::byte> bytesOf(const Result<Snapshot>& snapshot) {
        EXPECT_TRUE(snapshot.ok());
        std::vector<std::byte> bytes = m_engine->saveState(snapshot.value()).value();
        const auto pages = m_engine->savePages(snapshot.value(), 0).value();
        for (const SavedPages& page : pages) {
            bytes.insert(bytes.end(), page.bytes.begin(), page.bytes.end());
        }
        return bytes;
    }

    std::unique_ptr<LanguageModel> m_engine;
};

TEST_F(FollowUpStateTest, IsThatOfHavingReadDocumentsAndTurnsInOneGo) {
    const std::vector<EarlierTurn> turns = {{"Who grows apples?", "Ana grows them."},
                                            {"And where?", "In Ravnsund, by the quay."}};
    const auto inOneGo = session(loadCorpus(choice(), *m_engine, {}, {}).value());
    ASSERT_TRUE(inOneGo->read({}, {}).ok());
    const std::vector<std::byte> expected = bytesOf(inOneGo->stateBehind(turns, {}));

    // Turn by turn, with other questions in between, as a conversation goes.
    const auto asked = session(loadCorpus(choice(), *m_engine, {}, {}).value());
    ASSERT_TRUE(asked->read({}, {}).ok());
    AskOptions options;
    options.maxTokens = 4;
    ASSERT_TRUE(asked->stateBehind(std::span(turns).first(1), {}).ok());
    const auto question = asked->layOut("Which apples are red?");
    ASSERT_TRUE(asked->ask(question.value(), options, {}, {}).ok());
    EXPECT_TRUE(bytesOf(asked->stateBehind(turns, {})) == expected);
    // Another branch, and back.
    const std::vector<EarlierTurn> other = {{"Who grows pears?", "Nobody."}};
    EXPECT_FALSE(bytesOf(asked->stateBehind(other, {})) == expected);
    EXPECT_TRUE(bytesOf(asked->stateBehind(turns, {})) == expected);
}

TEST_F(FollowUpStateTest, IsTheSameAfterReopeningTheProject) {
    const auto commands = [this] {
        auto run = std::make_unique<ProjectCommands>(
            [this] { return loadEngineModel({.file = m_folder.path() / "model.gguf"}); });
        EXPECT_TRUE(run->loadModel().ok());
        return run;
    };
    AskOptions options;
    options.maxTokens = 8;
    std::vector<EarlierTurn> turns;
    {
        const auto run = commands();
        ASSERT_TRUE(run->chooseInto(m_project, choice(), {}, {}).ok());
        ASSERT_TRUE(run->read({}, {}).ok());
        for (const char* text : {"Who grows apples?", "And where?"}) {
            const auto question = run->layOut(text);
            const auto answer = run->ask(question.value(), options, {}, {});
            ASSERT_TRUE(answer.ok());
            turns.push_back({text, answer.value().text});
        }
    }
    const auto file = ProjectFile::open(m_project, ProjectFile::Access::kRead);
    ASSERT_TRUE(file.ok());
    std::vector<EarlierTurn> kept;
    const auto newest = file.value()->newestConversation();
    for (const StoredTurn& turn : newest.value()) {
        kept.push_back({turn.question, turn.answer});
    }
    EXPECT_EQ(kept, turns);

    const auto fresh = session(corpusOf(file.value()->stored(), choice(), *m_engine).value());
    ASSERT_TRUE(fresh->read({}, {}).ok());
    const auto reopened = session(corpusOf(file.value()->stored(), choice(), *m_engine).value());
    const auto end = file.value()->newestState(*m_engine, int64_t{1} << 40);
    ASSERT_TRUE(end.ok() && end.value());
    ASSERT_TRUE(reopened->goOnFrom(*end.value()).ok());
    EXPECT_TRUE(bytesOf(reopened->stateBehind(kept, {})) == bytesOf(fresh->stateBehind(turns, {})));
}

}  // namespace
}  // namespace tl
