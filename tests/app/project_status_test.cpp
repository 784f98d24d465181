// SPDX-License-Identifier: Apache-2.0
#include "app/project/project_status.h"

#include "tests/app/project_test_case.h"

namespace tl {
namespace {

using Names = std::vector<std::string>;

class ProjectStatusTest : public ProjectTestCase {
protected:
    ProjectStatus status() {
        const auto found = statusOf(m_project, {}, *m_model, {});
        EXPECT_TRUE(found.ok()) << found.error().message;
        return found.ok() ? found.value() : ProjectStatus{};
    }

    void SetUp() override {
        write("a.txt", paragraphs("the sea", 300));
        write("b.txt", paragraphs("the moon", 30));
        readAll();
        m_run = start();
    }

    std::unique_ptr<ProjectCommands> m_run;  // whose model counts
};

TEST_F(ProjectStatusTest, SaysThatNothingChanged) {
    const ProjectStatus now = status();
    EXPECT_TRUE(now.changes.isEmpty());
    EXPECT_EQ(now.tokensRead, now.tokensTotal);
    EXPECT_EQ(now.tokensToRead, 0);
}

TEST_F(ProjectStatusTest, NamesWhatChangedAndWhatAnUpdateReads) {
    write("b.txt", paragraphs("the sun", 30));
    write("c.txt", "New.\n");
    const ProjectStatus now = status();
    EXPECT_EQ(now.changes.changed, (Names{"b.txt"}));
    EXPECT_EQ(now.changes.added, (Names{"c.txt"}));
    EXPECT_TRUE(now.changes.removed.empty());
    EXPECT_LT(now.tokensToRead, now.updatedTokens);
    EXPECT_EQ(readAll(), now.tokensToRead);
}

TEST_F(ProjectStatusTest, TellsARenamedFileFromANewOne) {
    std::filesystem::rename(m_docs / "b.txt", m_docs / "z.txt");
    const ProjectStatus now = status();
    ASSERT_EQ(now.changes.renamed.size(), 1U);
    EXPECT_EQ(now.changes.renamed[0], std::make_pair(std::string("b.txt"), std::string("z.txt")));
    EXPECT_TRUE(now.changes.added.empty());
    EXPECT_TRUE(now.changes.removed.empty());
    EXPECT_EQ(readAll(), now.tokensToRead);
}

TEST_F(ProjectStatusTest, NamesRemovedFiles) {
    std::filesystem::remove(m_docs / "b.txt");
    EXPECT_EQ(status().changes.removed, (Names{"b.txt"}));
    EXPECT_EQ(changesText(status().changes), "1 removed");
}

TEST_F(ProjectStatusTest, AnotherTimeAloneIsNoChange) {
    write("a.txt", paragraphs("the sea", 300));
    EXPECT_TRUE(status().changes.isEmpty());
}

TEST_F(ProjectStatusTest, ANewFileThatHoldsNoTextIsNoAddition) {
    write("picture.raw", std::string("\0\1\2\0\3", 5));
    EXPECT_TRUE(status().changes.isEmpty());
}

TEST_F(ProjectStatusTest, SaysWhichPlaceIsMissingAndStillAnswers) {
    std::filesystem::rename(m_docs, m_folder.path() / "away");
    const ProjectStatus now = status();
    ASSERT_TRUE(now.missing);
    EXPECT_EQ(now.missing->filename(), "docs");
    EXPECT_TRUE(m_run->open(m_project).ok());
    EXPECT_TRUE(m_run->isRead());
}

}  // namespace
}  // namespace tl
