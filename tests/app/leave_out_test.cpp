// SPDX-License-Identifier: Apache-2.0
#include "app/corpus/leave_out.h"

#include <string>

#include <gtest/gtest.h>

namespace tl {
namespace {

FileRow row(const std::string& name, int64_t tokens) {
    FileRow row;
    row.name = name;
    row.state = FileRow::State::kIn;
    row.tokens = tokens;
    return row;
}

SourceChoice choiceOf(const char* path) {
    SourceChoice choice;
    choice.paths.emplace_back(path);
    return choice;
}

TEST(FoldersToLeaveOut, NamesTheLargestWithPatternAndPrice) {
    const SourceChoice choice = choiceOf("proj");
    const std::vector<FileRow> rows = {row(".pc/fix.patch/src/a.c", 500),
                                       row(".pc/other.patch/b.c", 300),
                                       row("docs/a.md", 100),
                                       row("src/a.c", 60),
                                       row("src/b.c", 40)};
    EXPECT_EQ(foldersToLeaveOut(rows, 1000, choice),
              "--exclude '/.pc/' leaves out 800 tokens of 2 files, 200 stay; "
              "--exclude '/docs/' leaves out 100 tokens of 1 file, 900 stay; "
              "--exclude '/src/' leaves out 100 tokens of 2 files, 900 stay");
}

TEST(FoldersToLeaveOut, GoesDownToTheFolderThatHoldsNearlyAll) {
    const SourceChoice choice = choiceOf("proj");
    EXPECT_EQ(
        foldersToLeaveOut({row("a/b/c/x", 500), row("a/b/y", 10), row("z", 490)}, 1000, choice),
        "--exclude '/a/b/c/' leaves out 500 tokens of 1 file, 500 stay");
    EXPECT_EQ(foldersToLeaveOut({row("x", 500), row("y", 500)}, 1000, choice), "");
    EXPECT_EQ(foldersToLeaveOut({row("all/x", 500), row("all/y", 500)}, 1000, choice), "");
}

TEST(FoldersToLeaveOut, KnowsArchivesAndSeveralChosenPlaces) {
    SourceChoice choice = choiceOf("proj");
    const std::vector<FileRow> rows = {
        row("in/logs.zip", 0), row("in/logs.zip/day/a.log", 700), row("b", 300)};
    EXPECT_EQ(foldersToLeaveOut(rows, 1000, choice),
              "--exclude '/in/logs.zip' leaves out 700 tokens of 1 file, 300 stay");
    choice.paths.emplace_back("other");
    EXPECT_EQ(foldersToLeaveOut({row("proj/sub/a", 700), row("other/b", 300)}, 1000, choice),
              "--exclude 'sub/' leaves out 700 tokens of 1 file, 300 stay; "
              "--exclude 'other/' leaves out 300 tokens of 1 file, 700 stay");
}

}  // namespace
}  // namespace tl
