// SPDX-License-Identifier: Apache-2.0
#include "app/project.h"

#include <chrono>

#include <gtest/gtest.h>

#include "app/project/project_commands.h"
#include "tests/app/project_listener.h"
#include "tests/app/scripted_model.h"
#include "tests/app/temp_folder.h"

namespace tl {
namespace {

using std::chrono::milliseconds;

class ProjectTest : public testing::Test {
protected:
    ProjectTest() {
        std::string text;
        for (int i = 0; i < 300; ++i) {
            text += "Line " + std::to_string(i) + " of the file.\n";
        }
        m_folder.write("docs/a.txt", text);
        m_choice.paths = {m_folder.path() / "docs"};
    }

    std::unique_ptr<Project> openWithTwoLooks() {
        return openProject(
            [] {
                return Result<std::unique_ptr<LanguageModel>>(std::make_unique<ScriptedModel>(
                    Script{{"Which line?", {"Line 7 ", "first", "second"}}}));
            },
            m_listener);
    }

    // delay: for each 64 tokens that are read.
    std::unique_ptr<Project> open(milliseconds delay = {}) {
        return openProject(
            [delay] {
                return Result<std::unique_ptr<LanguageModel>>(std::make_unique<ScriptedModel>(
                    Script{{"Which line?", {"Line 7 ", "Line 7", ""}}}, delay));
            },
            m_listener);
    }

    TempFolder m_folder;
    SourceChoice m_choice;
    ProjectListener m_listener;
};

TEST_F(ProjectTest, ChoosesReadsAndAnswers) {
    const auto project = open();
    project->choose(m_choice, {});
    project->read();
    project->ask(1, "Which line?", {});
    EXPECT_TRUE(m_listener.waitFor("planned "));
    EXPECT_TRUE(m_listener.waitFor("read"));
    EXPECT_TRUE(m_listener.waitFor("answer 1 Line 7"));
    EXPECT_EQ(project->text("a.txt")->substr(0, 6), "Line 0");
    EXPECT_FALSE(project->text("b.txt").has_value());
}

TEST_F(ProjectTest, TheOverviewFollowsTheFirstReadingAlone) {
    const auto project = open();
    project->choose(m_choice, {});
    project->read();
    project->read();
    project->ask(1, "Which line?", {});
    EXPECT_TRUE(m_listener.waitFor("answer 1 Line 7"));
    EXPECT_EQ(m_listener.count("overview of 1"), 1);
    project->choose(m_choice, {});
    project->ask(2, "Which line?", {});
    EXPECT_TRUE(m_listener.waitFor("answer 2 Line 7"));
    EXPECT_EQ(m_listener.count("overview of 1"), 2);
}

TEST_F(ProjectTest, AskingReadsFirst) {
    const auto project = open();
    project->choose(m_choice, {});
    project->ask(1, "Which line?", {});
    EXPECT_TRUE(m_listener.waitFor("answer 1 Line 7"));
}

TEST_F(ProjectTest, StreamsTheSecondLookAlone) {
    const auto project = openWithTwoLooks();
    project->choose(m_choice, {});
    project->ask(1, "Which line?", {});
    EXPECT_TRUE(m_listener.waitFor("answer 1 second"));
    EXPECT_TRUE(m_listener.waitFor("piece second"));
    EXPECT_FALSE(m_listener.hasSeen("piece first"));
}

TEST_F(ProjectTest, ReadingWhatIsReadReportsItsEndAgain) {
    const auto project = open();
    project->choose(m_choice, {});
    project->read();
    EXPECT_TRUE(m_listener.waitFor("read", 1));
    project->read();
    EXPECT_TRUE(m_listener.waitFor("read", 2));
    project->ask(1, "Which line?", {});
    project->read();
    EXPECT_TRUE(m_listener.waitFor("read", 3));
    EXPECT_TRUE(m_listener.waitFor("answer 1 Line 7"));
}

TEST_F(ProjectTest, CancelAnswersWithin200MsAndDropsWhatWaits) {
    const auto project = open(milliseconds(20));
    project->choose(m_choice, {});
    project->read();
    project->ask(1, "Which line?", {});
    ASSERT_TRUE(m_listener.waitFor("reading"));
    const auto begin = std::chrono::steady_clock::now();
    project->cancel();
    EXPECT_TRUE(m_listener.waitFor("cancelled 0"));
    EXPECT_TRUE(m_listener.waitFor("cancelled 1"));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, milliseconds(200));
    project->ask(2, "Which line?", {});
    EXPECT_TRUE(m_listener.waitFor("answer 2 Line 7"));
}

TEST_F(ProjectTest, SaysWhatIsMissing) {
    const auto project = open();
    project->ask(1, "Which line?", {});
    EXPECT_TRUE(m_listener.waitFor("failed 1 corpus: nothing chosen"));
    TempFolder empty;
    SourceChoice nothing;
    nothing.paths = {empty.path()};
    project->choose(nothing, {});
    const std::string problem = empty.path().string() + ": nothing to read, no files";
    EXPECT_TRUE(m_listener.waitFor("planned " + problem));
    project->ask(2, "Which line?", {});
    EXPECT_TRUE(m_listener.waitFor("failed 2 " + problem));
}

TEST_F(ProjectTest, AModelThatCannotBeLoadedIsSaidOfEveryCommand) {
    ModelChoice missing;
    missing.file = m_folder.path() / "none.gguf";
    const auto project = openProject(missing, m_listener);
    project->ask(3, "Which line?", {});
    const std::string name = missing.file.string();
    EXPECT_TRUE(m_listener.waitFor("failed 0 " + name + ": No such file or directory"));
    EXPECT_TRUE(m_listener.waitFor("failed 3 " + name + ": No such file or directory"));
}

TEST_F(ProjectTest, ClosingWhileReadingDoesNotWaitForTheEnd) {
    auto project = open(milliseconds(50));
    project->choose(m_choice, {});
    project->read();
    ASSERT_TRUE(m_listener.waitFor("reading"));
    const auto begin = std::chrono::steady_clock::now();
    project.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, milliseconds(500));
}

}  // namespace
}  // namespace tl
