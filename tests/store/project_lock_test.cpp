// SPDX-License-Identifier: Apache-2.0
#include "store/lock/project_lock.h"

#include <csignal>
#include <cstdlib>
#include <optional>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "tests/app/temp_folder.h"

namespace tl {
namespace {

// Another process that takes the lock of a project and keeps it until it is killed.
class Holder {
public:
    explicit Holder(const std::filesystem::path& project) {
        int ready[2] = {};
        EXPECT_EQ(pipe(ready), 0);
        m_pid = fork();
        if (m_pid == 0) {
            const Result<ProjectLock> lock = ProjectLock::take(project);
            const char taken = lock.ok() ? 'y' : 'n';
            if (write(ready[1], &taken, 1) != 1) {
                _exit(1);
            }
            for (;;) {
                pause();
            }
        }
        char taken = 'n';
        EXPECT_EQ(read(ready[0], &taken, 1), 1);
        EXPECT_EQ(taken, 'y');
        close(ready[0]);
        close(ready[1]);
    }
    ~Holder() { killIt(); }
    Holder(const Holder&) = delete;
    Holder& operator=(const Holder&) = delete;

    void killIt() {
        if (m_pid > 0) {
            kill(m_pid, SIGKILL);
            waitpid(m_pid, nullptr, 0);
            m_pid = 0;
        }
    }
    pid_t pid() const { return m_pid; }

private:
    pid_t m_pid = 0;
};

TEST(ProjectLockTest, NamesTheProcessThatHasIt) {
    const TempFolder folder;
    const std::filesystem::path project = folder.write("a.throughline", "");
    const Holder holder(project);
    const auto lock = ProjectLock::take(project);
    ASSERT_FALSE(lock.ok());
    EXPECT_EQ(lock.error().code, ErrorCode::kBusy);
    EXPECT_EQ(lock.error().message,
              project.string() + ": in use by process " + std::to_string(holder.pid()));
}

TEST(ProjectLockTest, IsFreeOnceItsHolderWasKilled) {
    const TempFolder folder;
    const std::filesystem::path project = folder.write("a.throughline", "");
    Holder holder(project);
    holder.killIt();
    EXPECT_TRUE(std::filesystem::exists(project.string() + "-lock"));
    EXPECT_TRUE(ProjectLock::take(project).ok());
    EXPECT_FALSE(std::filesystem::exists(project.string() + "-lock"));
}

TEST(ProjectLockTest, HoldsUnderEveryNameOfTheProject) {
    const TempFolder folder;
    const std::filesystem::path project = folder.write("a.throughline", "");
    const std::filesystem::path other = folder.path() / "other";
    std::filesystem::create_symlink(project, other);
    const auto lock = ProjectLock::take(project);
    ASSERT_TRUE(lock.ok());
    EXPECT_EQ(ProjectLock::take(other).error().code, ErrorCode::kBusy);
}

TEST(ProjectLockTest, SaysThatNothingCanBeWritten) {
    const std::filesystem::path project = "/proc/a.throughline";
    const auto lock = ProjectLock::take(project);
    ASSERT_FALSE(lock.ok());
    EXPECT_EQ(lock.error().code, ErrorCode::kIo);
    EXPECT_NE(lock.error().message.find("/proc/a.throughline: cannot be written: "),
              std::string::npos);
}

}  // namespace
}  // namespace tl
