// SPDX-License-Identifier: Apache-2.0
#include "app/project/project_file.h"

#include <fstream>

#include "app/project/state_check.h"
#include "tests/app/project_test_case.h"

namespace tl {
namespace {

using Names = std::vector<std::string>;

class ProjectFileTest : public ProjectTestCase {
protected:
    Result<Answer> ask(ProjectCommands& run, const std::string& text) {
        const Result<Question> question = run.layOut(text);
        return question.ok() ? run.ask(question.value(), {}, {}, {}) : question.error();
    }
};

TEST_F(ProjectFileTest, GivesBackTheCorpusThatWasRead) {
    write("b.txt", "The ferry leaves on Friday.\n\nThe market opens on Friday.\n");
    write("a.cpp", "int half(int n) {\n    return n / 2;\n}\n");
    write("twin.txt", "The ferry leaves on Friday.\n\nThe market opens on Friday.\n");
    write("picture.raw", std::string("\0\1\2\0\3", 5));
    readAll();
    const auto run = start();
    const auto kept = run->open(m_project);
    ASSERT_TRUE(kept.ok()) << kept.error().message;
    const Corpus fresh =
        loadCorpus(choice(), *m_model, {}, {}, earlierReading({}, {}, *m_model)).value();
    ASSERT_EQ(namesOf(*kept.value()), namesOf(fresh));
    EXPECT_EQ(kept.value()->tokens, fresh.tokens);
    EXPECT_EQ(kept.value()->files[0].tokenEnds, fresh.files[0].tokenEnds);
    EXPECT_EQ(kept.value()->files[1].passages.size(), fresh.files[1].passages.size());
    ASSERT_EQ(kept.value()->rows.size(), fresh.rows.size());
    for (size_t i = 0; i < fresh.rows.size(); ++i) {
        EXPECT_EQ(kept.value()->rows[i].name, fresh.rows[i].name);
        EXPECT_EQ(kept.value()->rows[i].state, fresh.rows[i].state);
        EXPECT_EQ(kept.value()->rows[i].twinOf, fresh.rows[i].twinOf);
    }
}

TEST_F(ProjectFileTest, AFileWhoseMakingWasCutShortIsMadeAnew) {
    write("a.txt", "The ferry leaves on Friday.\n");
    ASSERT_TRUE(ProjectStore::create(m_project).ok());  // and nothing was kept in it
    const Result<ProjectOrigin> origin = ProjectFile::originIn(m_project);
    ASSERT_FALSE(origin.ok());
    EXPECT_EQ(origin.error().message, m_project.string() + ": nothing has been kept in it yet");
    readAll();
    const auto run = start();
    EXPECT_TRUE(run->open(m_project).ok());
    EXPECT_TRUE(run->isRead());
    EXPECT_EQ(ProjectFile::create(m_project, {}).error().message,
              m_project.string() + ": is there already");
}

TEST_F(ProjectFileTest, StatesAreKeptAtBordersOfBatchesWhateverIntervalIsAskedFor) {
    write("a.txt", paragraphs("the ferry", 200));
    const auto run = start();
    run->setCheckpointTokens(300);
    ASSERT_TRUE(run->chooseInto(m_project, choice(), {}, {}).ok());
    ASSERT_TRUE(run->read({}, {}).ok());
    const auto file = ProjectFile::open(m_project, ProjectFile::Access::kRead);
    ASSERT_TRUE(file.ok()) << file.error().message;
    std::vector<int64_t> kept = file.value()->checkpoints().value();
    ASSERT_GE(kept.size(), 2U);
    EXPECT_EQ(kept.back(), std::ssize(file.value()->stored().tokens));
    kept.pop_back();
    for (const int64_t position : kept) {
        EXPECT_EQ(position % m_fingerprint.batchTokens, 0) << position;
    }
}

TEST(DocumentDetails, OfAnotherKindAreAsGoodAsNotThere) {
    for (const char* text : {"", "[1]", R"({"ordinal":"x","folder":1,"nesting":{}})"}) {
        const DocumentDetails details = detailsIn(text);
        EXPECT_EQ(details.ordinal, 0) << text;
        EXPECT_FALSE(details.isFolder) << text;
        EXPECT_EQ(details.nesting, 0) << text;
    }
    const DocumentDetails whole = detailsIn(textOf({7, true, false, 2}));
    EXPECT_EQ(whole.ordinal, 7);
    EXPECT_TRUE(whole.isFolder);
    EXPECT_EQ(whole.nesting, 2);
}

TEST_F(ProjectFileTest, AReopenedProjectEvaluatesTheQuestionAlone) {
    m_script = {{"When does the market open?", {"The market opens", "on Friday.", ""}}};
    write("a.txt", "The ferry leaves on Friday.\n\nThe market opens on Friday.\n");
    write("long.txt", paragraphs("nothing", 100));
    readAll();
    const auto run = start();
    ASSERT_TRUE(run->open(m_project).ok());
    ASSERT_TRUE(run->isRead());
    AskOptions once;
    once.secondLook = false;
    const Question question = run->layOut("When does the market open?").value();
    const Answer answer = run->ask(question, once, {}, {}).value();
    EXPECT_EQ(answer.text, "on Friday.");
    ASSERT_FALSE(answer.citations.empty());
    EXPECT_EQ(answer.citations[0].file, "a.txt");
    EXPECT_EQ(answer.citations[0].startLine, 3);
    const auto answered = std::ssize(m_model->tokenizer().clone().encode("on Friday."));
    EXPECT_LE(answer.tokensEvaluated, std::ssize(question.turn.ids) + answered + 1);
}

TEST_F(ProjectFileTest, ReadingGoesOnWhereItWasStopped) {
    write("a.txt", paragraphs("the sea", 400));
    int64_t stoppedAt = 0;
    {
        const auto run = start();
        ASSERT_TRUE(run->chooseInto(m_project, choice(), {}, {}).ok());
        std::stop_source stop;
        const auto read = run->read(stop.get_token(), [&](const ReadingProgress& progress) {
            if (progress.tokensDone >= 1000) {
                stop.request_stop();
            }
        });
        EXPECT_EQ(read.error().code, ErrorCode::kCancelled);
        stoppedAt = run->tokensRead();
        EXPECT_GE(stoppedAt, 1000);
    }
    const auto run = start();
    const auto corpus = run->chooseInto(m_project, choice(), {}, {});
    ASSERT_TRUE(corpus.ok()) << corpus.error().message;
    EXPECT_EQ(run->tokensRead(), stoppedAt);
    EXPECT_EQ(run->forecast().tokensRead, stoppedAt);
    ASSERT_TRUE(run->read({}, {}).ok());
    expectWhole();
}

TEST_F(ProjectFileTest, WhatIsReadSoFarCanBeAskedAndNothingBehindIt) {
    m_script = {{"What is told?", {"tells of the sea", "the sea", ""}}};
    write("a.txt", paragraphs("the sea", 200));
    write("b.txt", paragraphs("the moon", 200));
    {
        const auto run = start();
        ASSERT_TRUE(run->chooseInto(m_project, choice(), {}, {}).ok());
        std::stop_source stop;
        stop.request_stop();
        EXPECT_FALSE(run->read(stop.get_token(), {}).ok());
        EXPECT_EQ(start()->open(m_project).error().code, ErrorCode::kInvalidInput);
        std::stop_source later;
        EXPECT_FALSE(run->read(later.get_token(),
                               [&](const ReadingProgress& progress) {
                                   if (progress.tokensDone > 600) {
                                       later.request_stop();
                                   }
                               })
                         .ok());
    }
    const auto run = start();
    const auto corpus = run->open(m_project);
    ASSERT_TRUE(corpus.ok()) << corpus.error().message;
    ASSERT_EQ(namesOf(*corpus.value()), (Names{"a.txt"}));
    const Document& read = corpus.value()->files[0].document;
    EXPECT_TRUE(paragraphs("the sea", 200).starts_with(read.text));
    EXPECT_LE(corpus.value()->files[0].passages.back().end, std::ssize(read.text));
    const Answer answer = ask(*run, "What is told?").value();
    EXPECT_EQ(answer.tokensRead, run->tokensRead());
    EXPECT_GT(answer.tokensTotal, answer.tokensRead);
}

TEST_F(ProjectFileTest, ANewFileCostsItself) {
    write("a.txt", paragraphs("the sea", 300));
    const int64_t all = readAll();
    write("b.txt", "One more.\n");
    // From the last batch border on.
    EXPECT_LE(readAll(), m_fingerprint.batchTokens + 64);
    EXPECT_GT(all, 1000);
    EXPECT_EQ(readAll(), 0);
}

TEST_F(ProjectFileTest, AChangeIsReadFromTheCheckpointBeforeIt) {
    write("old.txt", paragraphs("the sea", 300));
    write("recent.txt", paragraphs("the moon", 20));
    const int64_t all = readAll();
    write("recent.txt", paragraphs("the sun", 20));
    EXPECT_LT(readAll(), all / 2);
    write("old.txt", paragraphs("the wind", 300));
    readAll();
    const auto corpus = start()->open(m_project);
    EXPECT_EQ(namesOf(*corpus.value()), (Names{"recent.txt", "old.txt"}));
}

TEST_F(ProjectFileTest, RemovedTextIsGone) {
    write("a.txt", "The password is swordfish.\n");
    write("b.txt", "Nothing to see.\n");
    readAll();
    std::filesystem::remove(m_docs / "a.txt");
    readAll();
    const auto corpus = start()->open(m_project);
    EXPECT_EQ(namesOf(*corpus.value()), (Names{"b.txt"}));
    const auto file = ProjectFile::open(m_project, ProjectFile::Access::kRead);
    EXPECT_EQ(file.value()->stored().documents.size(), 1U);
    EXPECT_EQ(file.value()->stored().extracts.size(), 1U);
}

TEST_F(ProjectFileTest, ATouchedFileCostsNothing) {
    write("a.txt", paragraphs("the sea", 30));
    write("b.txt", paragraphs("the moon", 30));
    readAll();
    write("a.txt", paragraphs("the sea", 30));
    EXPECT_EQ(readAll(), 0);
}

TEST_F(ProjectFileTest, AnotherModelIsNamedAndNothingChanged) {
    write("a.txt", "Some text.\n");
    readAll();
    const auto size = std::filesystem::file_size(m_project);
    m_fingerprint.precision = "other";
    const auto run = start();
    for (const auto& outcome :
         {run->open(m_project), run->chooseInto(m_project, choice(), {}, {})}) {
        ASSERT_FALSE(outcome.ok());
        EXPECT_EQ(outcome.error().code, ErrorCode::kInvalidInput);
        EXPECT_NE(outcome.error().message.find("precision"), std::string::npos);
        EXPECT_NE(outcome.error().message.find("docs.throughline"), std::string::npos);
    }
    EXPECT_EQ(std::filesystem::file_size(m_project), size);
}

TEST_F(ProjectFileTest, OtherSwitchesAreNamed) {
    write("a.txt", "Some text.\n");
    readAll();
    SourceChoice other = choice();
    other.exclude = {"b*"};
    EXPECT_FALSE(ProjectCommands::isReadOf(m_project, other));
    EXPECT_TRUE(ProjectCommands::isReadOf(m_project, choice()));
    const auto outcome = start()->chooseInto(m_project, other, {}, {});
    ASSERT_FALSE(outcome.ok());
    EXPECT_NE(outcome.error().message.find("--exclude"), std::string::npos);
}

TEST_F(ProjectFileTest, AnswersAreKeptWithTheirCitations) {
    m_script = {{"When does the market open?", {"The market opens", "on Friday.", ""}}};
    write("a.txt", "The ferry leaves on Friday.\n\nThe market opens on Friday.\n");
    readAll();
    const auto run = start();
    ASSERT_TRUE(run->open(m_project).ok());
    ASSERT_TRUE(ask(*run, "When does the market open?").ok());
    ASSERT_TRUE(ask(*run, "When does the market open?").ok());
    EXPECT_TRUE(run->keptAnswers().ok());
    ProjectReader reader = ProjectReader::open(m_project).value();
    const auto conversations = reader.conversations().value();
    ASSERT_EQ(conversations.size(), 1U);
    const auto turns = reader.turns(conversations[0].id).value();
    ASSERT_EQ(turns.size(), 2U);
    EXPECT_EQ(turns[0].answer, "on Friday.");
    EXPECT_EQ(turns[0].position, run->tokensRead());
    EXPECT_EQ(turns[0].fingerprint, digestOf(m_fingerprint));
    ASSERT_FALSE(turns[1].citations.empty());
    EXPECT_EQ(turns[1].citations[0].name, "a.txt");
    EXPECT_EQ(turns[1].citations[0].quote, "The market opens on Friday.");
    EXPECT_EQ(turns[1].citations[0].begin, 29);
}

TEST_F(ProjectFileTest, AnswersAsOfAnEarlierPlaceKnowNothingOfWhatComesLater) {
    write("a.txt", paragraphs("the sea", 60));
    write("b.txt", paragraphs("the moon", 60));
    readAll();
    const auto run = start();
    const auto corpus = run->open(m_project, "a.txt");
    ASSERT_TRUE(corpus.ok()) << corpus.error().message;
    EXPECT_EQ(namesOf(*corpus.value()), (Names{"a.txt"}));
    EXPECT_EQ(corpus.value()->files[0].document.text, paragraphs("the sea", 60));
    ASSERT_TRUE(run->read({}, {}).ok());
    EXPECT_EQ(run->tokensRead(), std::ssize(corpus.value()->tokens));
    // What was read for it is not kept.
    EXPECT_EQ(readAll(), 0);
    EXPECT_EQ(std::ssize(start()->open(m_project, "600").value()->tokens), 600);
    EXPECT_FALSE(start()->open(m_project, "c.txt").ok());
    EXPECT_FALSE(start()->open(m_project, "101%").ok());
}

TEST_F(ProjectFileTest, ReadingAgainEndsInTheStatesThatAreKept) {
    write("a.txt", paragraphs("the sea", 200));
    readAll();
    const auto run = start();
    const auto file = ProjectFile::open(m_project, ProjectFile::Access::kRead);
    ASSERT_GT(file.value()->checkpoints().value().size(), 2U);
    const auto wrong = checkStates(*file.value(), *m_model, 100, /*seed=*/1, {});
    ASSERT_TRUE(wrong.ok()) << wrong.error().message;
    EXPECT_TRUE(wrong.value().empty());
}

TEST_F(ProjectFileTest, WhatIsNoProjectIsLeftAlone) {
    write("a.txt", "Some text.\n");
    std::ofstream(m_project) << "my own notes";
    const auto run = start();
    const auto outcome = run->chooseInto(m_project, choice(), {}, {});
    ASSERT_FALSE(outcome.ok());
    EXPECT_NE(outcome.error().message.find("docs.throughline"), std::string::npos);
    EXPECT_FALSE(run->open(m_project).ok());
    EXPECT_EQ(std::filesystem::file_size(m_project), 12U);
}

TEST(ProjectBeside, StandsBesideTheFolderAndNotInIt) {
    EXPECT_EQ(projectBeside("/a/docs"), "/a/docs.throughline");
    EXPECT_EQ(projectBeside("/a/docs/"), "/a/docs.throughline");
    EXPECT_TRUE(isProjectPath("x.throughline"));
    EXPECT_FALSE(isProjectPath("x.txt"));
}

TEST(GoOnPoint, IsABatchBorderOrTheEnd) {
    const std::vector<int64_t> checkpoints = {256, 512, 700};
    EXPECT_EQ(goOnPoint(checkpoints, 700, 700, 256), 700);
    EXPECT_EQ(goOnPoint(checkpoints, 700, 900, 256), 512);
    EXPECT_EQ(goOnPoint(checkpoints, 400, 900, 256), 256);
    EXPECT_EQ(goOnPoint(checkpoints, 100, 900, 256), 0);
}

}  // namespace
}  // namespace tl
