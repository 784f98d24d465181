// SPDX-License-Identifier: Apache-2.0
// A project as the window has it, over a project file: kept while it is read, opened without
// reading again, asked while it is read.
#include <chrono>
#include <filesystem>
#include <utility>

#include <gtest/gtest.h>

#include "app/project.h"
#include "app/project/project_commands.h"
#include "tests/app/project_listener.h"
#include "tests/app/scripted_model.h"
#include "tests/app/temp_folder.h"

namespace tl {
namespace {

using std::chrono::milliseconds;

class KeptProjectTest : public testing::Test {
protected:
    KeptProjectTest() {
        write("a.txt", "Line", 300);
        m_choice.paths = {m_folder.path() / "docs"};
    }

    // A file of numbered lines, about eight tokens each.
    void write(const std::string& name, const std::string& word, int lines) {
        std::string text;
        for (int i = 0; i < lines; ++i) {
            text += word + " " + std::to_string(i) + " of the file.\n";
        }
        m_folder.write("docs/" + name, text);
    }

    // delay: for each 64 tokens that are read.
    std::unique_ptr<Project> start(milliseconds delay = {}) {
        return openProject(
            [this, delay]() -> Result<std::unique_ptr<LanguageModel>> {
                auto model = std::make_unique<ScriptedModel>(
                    Script{{"Which line?", {"Line 7 ", "Line 7", ""}}}, delay);
                model->setFingerprint(m_fingerprint);
                return std::unique_ptr<LanguageModel>(std::move(model));
            },
            m_listener);
    }

    void readAll() {
        const auto project = start();
        project->choose(m_choice, {});
        project->read();
        ASSERT_TRUE(m_listener.waitFor("read"));
    }

    TempFolder m_folder;
    std::filesystem::path m_file = m_folder.path() / "docs.throughline";
    SourceChoice m_choice;
    Fingerprint m_fingerprint = ScriptedModel({}).fingerprint();
    ProjectListener m_listener;
};

TEST_F(KeptProjectTest, ChoosingWritesNothingAndReadingMakesTheProject) {
    const auto project = start();
    project->choose(m_choice, {});
    ASSERT_TRUE(m_listener.waitFor("planned "));
    EXPECT_FALSE(std::filesystem::exists(m_file));
    project->read();
    ASSERT_TRUE(m_listener.waitFor("read"));
    EXPECT_TRUE(m_listener.hasSeen("keeping from 0"));
    EXPECT_EQ(m_listener.project().file, m_file);
    EXPECT_TRUE(ProjectFile::isWhole(m_file));
}

TEST_F(KeptProjectTest, OpeningReadsNothingAndShowsWhatWasAsked) {
    {
        const auto project = start();
        project->choose(m_choice, {});
        project->ask(1, "Which line?", {});
        ASSERT_TRUE(m_listener.waitFor("answer 1 Line 7"));
    }
    const Answer before = m_listener.answer();
    ASSERT_FALSE(before.citations.empty());
    const int64_t reports = m_listener.count("reading");
    const auto project = start();
    project->open(m_file);
    ASSERT_TRUE(m_listener.waitFor("opened"));
    EXPECT_EQ(m_listener.count("reading"), reports);
    const KeptProject opened = m_listener.project();
    EXPECT_EQ(opened.sources.paths, m_choice.paths);
    ASSERT_EQ(opened.answers.size(), 1U);
    const Answer& shown = opened.answers[0];
    EXPECT_EQ(shown.question, "Which line?");
    EXPECT_EQ(shown.text, "Line 7");
    EXPECT_EQ(shown.tokensRead, opened.tokensTotal);
    ASSERT_EQ(shown.citations.size(), before.citations.size());
    EXPECT_EQ(shown.citations[0].startLine, before.citations[0].startLine);
    EXPECT_EQ(shown.citations[0].endLine, before.citations[0].endLine);
    EXPECT_EQ(shown.citations[0].quote, before.citations[0].quote);
    EXPECT_EQ(shown.citations[0].state, before.citations[0].state);
    project->ask(2, "Which line?", {});
    EXPECT_TRUE(m_listener.waitFor("answer 2 Line 7"));
    EXPECT_LT(m_listener.answer().tokensEvaluated, opened.tokensTotal);
}

TEST_F(KeptProjectTest, AFolderWhoseProjectIsThereIsOpened) {
    readAll();
    const auto project = start();
    project->choose(m_choice, {.file = {}, .takesUp = true});
    EXPECT_TRUE(m_listener.waitFor("opened"));
}

TEST_F(KeptProjectTest, AQuestionWhileReadingIsAnsweredFromWhatIsReadAndReadingGoesOn) {
    write("b.txt", "Row", 1500);
    const auto project = start(milliseconds(5));
    project->choose(m_choice, {});
    project->read();
    ASSERT_TRUE(m_listener.waitFor("reading"));
    project->ask(1, "Which line?", {});
    ASSERT_TRUE(m_listener.waitFor("answer 1 Line 7"));
    EXPECT_FALSE(m_listener.hasSeen("read"));
    const Answer answer = m_listener.answer();
    EXPECT_GE(answer.tokensRead, 4096);
    EXPECT_LT(answer.tokensRead, answer.tokensTotal);
    EXPECT_TRUE(m_listener.waitFor("read"));
    EXPECT_EQ(m_listener.count("read"), 1);
    EXPECT_TRUE(ProjectFile::isWhole(m_file));
}

TEST_F(KeptProjectTest, AStopReachesAReadingThatMadeWay) {
    write("b.txt", "Row", 1500);
    const auto project = start(milliseconds(20));
    project->choose(m_choice, {});
    project->read();
    ASSERT_TRUE(m_listener.waitFor("reading"));
    project->ask(1, "Which line?", {});
    project->cancel();
    EXPECT_TRUE(m_listener.waitFor("cancelled 1"));
    EXPECT_TRUE(m_listener.waitFor("cancelled 0"));
}

TEST_F(KeptProjectTest, AReadingThatWasStoppedGoesOnWhereItWas) {
    write("b.txt", "Row", 1500);
    {
        const auto project = start(milliseconds(5));
        project->choose(m_choice, {});
        project->read();
        ASSERT_TRUE(m_listener.waitFor("reading", 3));
    }
    const auto project = start();
    project->open(m_file);
    ASSERT_TRUE(m_listener.waitFor("opened in part"));
    const KeptProject opened = m_listener.project();
    EXPECT_GT(opened.tokensRead, 0);
    project->ask(1, "Which line?", {});
    ASSERT_TRUE(m_listener.waitFor("answer 1 Line 7"));
    EXPECT_EQ(m_listener.answer().tokensRead, opened.tokensRead);
    EXPECT_EQ(m_listener.answer().tokensTotal, opened.tokensTotal);
    project->choose(opened.sources, {.file = m_file});
    project->read();
    ASSERT_TRUE(m_listener.waitFor("read"));
    EXPECT_TRUE(m_listener.hasSeen("keeping from " + std::to_string(opened.tokensRead)));
    EXPECT_TRUE(ProjectFile::isWhole(m_file));
}

TEST_F(KeptProjectTest, AnotherChoiceOfTheSamePlacesChangesTheProject) {
    readAll();
    write("b.txt", "Row", 10);
    m_choice.exclude = {"a.txt"};
    const auto project = start();
    project->choose(m_choice, {.file = m_file});
    project->read();
    ASSERT_TRUE(m_listener.waitFor("read", 2));
    EXPECT_TRUE(ProjectCommands::isReadOf(m_file, m_choice));
    EXPECT_FALSE(project->text("a.txt").has_value());
}

TEST_F(KeptProjectTest, WhereNothingCanBeKeptItIsSaidAndReadIntoMemory) {
    const auto place = m_folder.path() / "none" / "p.throughline";
    const auto project = start();
    project->choose(m_choice, {.file = place});
    project->read();
    EXPECT_TRUE(m_listener.waitFor("read"));
    EXPECT_TRUE(m_listener.hasSeen("not kept " + place.string() +
                                   ": cannot be written (No such file or directory)"));
    EXPECT_FALSE(std::filesystem::exists(m_file));
}

TEST_F(KeptProjectTest, AProjectOfOtherFilesIsLeftAlone) {
    readAll();
    m_folder.write("other/c.txt", "something else");
    m_choice.paths = {m_folder.path() / "other"};
    const auto project = start();
    project->choose(m_choice, {.file = m_file});
    project->read();
    EXPECT_TRUE(m_listener.waitFor("read", 2));
    EXPECT_TRUE(m_listener.hasSeen("not kept " + m_file.string() +
                                   ": is a project of other files and folders"));
    EXPECT_FALSE(ProjectCommands::isMadeOf(m_file, m_choice.paths));
}

TEST_F(KeptProjectTest, AProjectOfAnotherModelIsLeftAloneAndItsFolderReadIntoMemory) {
    readAll();
    const std::string weights = std::exchange(m_fingerprint.weights, "others");
    {
        const auto project = start();
        project->choose(m_choice, {.file = {}, .takesUp = true});
        project->read();
        EXPECT_TRUE(m_listener.waitFor("read", 2));
        EXPECT_FALSE(m_listener.hasSeen("opened"));
        EXPECT_TRUE(m_listener.hasSeenBegin("not kept " + m_file.string() + ": was read with "));
    }
    m_fingerprint.weights = weights;
    const auto project = start();
    project->open(m_file);
    EXPECT_TRUE(m_listener.waitFor("opened"));
}

TEST_F(KeptProjectTest, TellsWhatHasChangedAndWhatIsMissing) {
    readAll();
    write("b.txt", "Row", 10);
    const auto project = start();
    project->open(m_file);
    project->check();
    EXPECT_TRUE(m_listener.waitFor("checked 1 added"));
    std::filesystem::remove_all(m_folder.path() / "docs");
    project->check();
    EXPECT_TRUE(m_listener.waitFor("checked " + m_choice.paths[0].string()));
}

TEST_F(KeptProjectTest, WhatIsNoProjectIsNamed) {
    m_folder.write("docs.throughline", "no database");
    const auto project = start();
    project->open(m_file);
    EXPECT_TRUE(m_listener.waitFor("failed 0 " + m_file.string() + ": not a Throughline project"));
}

}  // namespace
}  // namespace tl
