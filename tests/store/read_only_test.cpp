// SPDX-License-Identifier: Apache-2.0
// A project in a folder that may not be written is read all the same. Tests often run as root, who
// may write everything, so a child process does it as nobody.
#include <filesystem>
#include <string>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "tests/app/temp_folder.h"
#include "tests/store/whole_project.h"

namespace tl {
namespace {

// What goes wrong for a user without rights; empty: nothing.
std::string readsAndDoesNotWrite(const std::filesystem::path& path) {
    const auto all = allOf(path);
    if (!all.ok()) {
        return all.error().message;
    }
    const auto store = ProjectStore::open(path);
    if (store.ok()) {
        return "was opened for writing";
    }
    const bool isSaid = store.error().message.find(path.string() + ": cannot be written") == 0;
    return isSaid && store.error().code == ErrorCode::kIo ? "" : store.error().message;
}

std::string asNobody(const std::filesystem::path& path) {
    int answer[2] = {};
    EXPECT_EQ(pipe(answer), 0);
    const pid_t child = fork();
    if (child == 0) {
        std::string said = "cannot become another user";
        if (geteuid() != 0 || (setgid(65534) == 0 && setuid(65534) == 0)) {
            said = readsAndDoesNotWrite(path);
        }
        _exit(write(answer[1], said.data(), said.size()) == std::ssize(said) ? 0 : 1);
    }
    close(answer[1]);
    std::string said(500, '\0');
    const ssize_t size = read(answer[0], said.data(), said.size());
    said.resize(size > 0 ? static_cast<size_t>(size) : 0);
    close(answer[0]);
    int status = -1;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
    return said;
}

class ReadOnlyTest : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(makeWholeProject(m_path).ok());
        chmod(m_path.c_str(), 0444);
        chmod(m_folder.path().c_str(), 0555);
    }
    void TearDown() override { chmod(m_folder.path().c_str(), 0755); }

    TempFolder m_folder;
    std::filesystem::path m_path = m_folder.path() / "a?b#.throughline";
};

TEST_F(ReadOnlyTest, ReadsWhereNothingCanBeWritten) {
    EXPECT_EQ(asNobody(m_path), "");
}

TEST_F(ReadOnlyTest, ReadsAFileThatCannotBeWrittenInAFolderThatCan) {
    chmod(m_folder.path().c_str(), 0777);
    const auto all = allOf(m_path);
    EXPECT_TRUE(all.ok()) << all.error().message;
    chmod(m_folder.path().c_str(), 0555);
}

TEST_F(ReadOnlyTest, SaysWhenALogThatItNeedsCannotBeUsed) {
    // As copied together from a running program: with a log, but into a folder that is read-only.
    chmod(m_folder.path().c_str(), 0755);
    m_folder.write("a?b#.throughline-wal", std::string(100, 'x'));
    chmod((m_path.string() + "-wal").c_str(), 0444);
    chmod(m_folder.path().c_str(), 0555);
    const std::string said = asNobody(m_path);
    EXPECT_EQ(said,
              m_path.string() +
                  ": cannot be read with the log beside it where nothing can be"
                  " written; copy both elsewhere");
}

}  // namespace
}  // namespace tl
