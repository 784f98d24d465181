// SPDX-License-Identifier: Apache-2.0
#include "ingest/sandbox/reader_pool.h"

#include <atomic>
#include <chrono>
#include <fstream>
#include <set>
#include <string>
#include <sys/resource.h>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/said.h"

namespace tl {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

ReaderPoolOptions naughty(int processes = 1) {
    return {TL_NAUGHTY_CHILD, processes};
}

ReadRequest order(std::string_view what, milliseconds time = milliseconds(10'000)) {
    ReadRequest request;
    request.name = "order";
    request.bytes = what;
    request.limits.maxTime = time;
    request.limits.maxMemoryBytes = 512 << 20;
    return request;
}

std::string statusOf(ReaderPool& pool) {
    const Reading<std::string> status = pool.status();
    return status.ok() ? status.value() : said(status.error());
}

std::string outcome(const Reading<Extract>& result) {
    return result.ok() ? "ok: " + result.value().text : said(result.error());
}

std::string tell(ReaderPool& pool, std::string_view what) {
    return outcome(pool.read("deed", order(what)));
}

TEST(ReaderPoolTest, ReadsAndUsesTheProcessAgain) {
    ReaderPool pool(naughty());
    EXPECT_EQ("ok: hello", outcome(pool.read("echo", order("hello"))));
    const std::string first = outcome(pool.read("pid", order("")));
    EXPECT_EQ(first, outcome(pool.read("pid", order(""))));
    EXPECT_EQ("not wanted", tell(pool, "nothing"));
    EXPECT_EQ(first, outcome(pool.read("pid", order("")))) << "an error is an ordinary answer";
}

// The tests of the filter below pass over a machine that has none; this one sees to it that they
// do so nowhere else.
TEST(ReaderPoolTest, TheFilterIsActiveWhereverTheKernelHasIt) {
    std::ifstream file("/proc/sys/kernel/seccomp/actions_avail");
    std::string actions;
    std::getline(file, actions);
    if (!TL_MUST_FILTER || actions.find("kill_process") == std::string::npos) {
        GTEST_SKIP() << "no filter in this build or kernel";
    }
    ReaderPool pool(naughty());
    EXPECT_TRUE(pool.isFiltered()) << statusOf(pool);
}

class ForbiddenDeed : public testing::TestWithParam<const char*> {};

TEST_P(ForbiddenDeed, EndsTheReaderAndIsReported) {
    ReaderPool pool(naughty());
    if (!pool.isFiltered()) {
        GTEST_SKIP() << statusOf(pool);
    }
    EXPECT_EQ("the reader tried what the sandbox forbids and was stopped (signal 31)",
              tell(pool, GetParam()));
    EXPECT_EQ("ok: next", outcome(pool.read("echo", order("next"))));
}

INSTANTIATE_TEST_SUITE_P(Filter,
                         ForbiddenDeed,
                         testing::Values("socket",
                                         "unix socket",
                                         "write a file",
                                         "append to a file",
                                         "truncate a file",
                                         "unlink",
                                         "rename",
                                         "exec",
                                         "fork",
                                         "vfork",
                                         "thread",
                                         "ptrace",
                                         "kill",
                                         "executable memory",
                                         "io_uring",
                                         "userfaultfd"));

TEST(ReaderPoolTest, FilesOutsideTheFontFoldersCannotBeRead) {
    if (TL_IS_SANITIZED) {
        GTEST_SKIP() << "a sanitizer looks at files when one cannot be opened";
    }
    ReaderPool pool(naughty());
    if (!pool.isFiltered()) {
        GTEST_SKIP() << statusOf(pool);
    }
    EXPECT_EQ("ok: refused", outcome(pool.read("read", order("/etc/passwd"))));
    EXPECT_EQ("ok: refused", outcome(pool.read("read", order("/proc/self/environ"))));
    EXPECT_EQ("ok: refused", outcome(pool.read("read", order("/usr/share/../../etc/passwd"))));
}

TEST(ReaderPoolTest, StatusSaysWhetherTheFilterIsActive) {
    ReaderPool pool(naughty());
    const bool saysSandbox = statusOf(pool).find("in a sandbox (seccomp)") != std::string::npos;
    EXPECT_EQ(pool.isFiltered(), saysSandbox) << statusOf(pool);
    ReaderPool missing({"/nowhere/throughline-reader", 1});
    EXPECT_FALSE(missing.isFiltered());
    EXPECT_EQ("/nowhere/throughline-reader cannot be started: No such file or directory",
              outcome(missing.read("echo", order(""))));
}

TEST(ReaderPoolTest, CrashesAreTheirFilesAlone) {
    ReaderPool pool(naughty());
    if (statusOf(pool).empty() || TL_IS_SANITIZED) {
        GTEST_SKIP() << "a sanitizer changes how processes end";
    }
    EXPECT_EQ("the reader crashed (signal 11)", tell(pool, "crash"));
    EXPECT_EQ("the reader crashed (signal 6)", tell(pool, "abort"));
    EXPECT_EQ("the reader was killed (signal 9)", tell(pool, "be killed"));
    EXPECT_EQ("the reader ended without an answer", tell(pool, "say nothing"));
    EXPECT_EQ("cannot be parsed: a library's exception", tell(pool, "throw"));
    EXPECT_EQ("ok: alive", outcome(pool.read("echo", order("alive"))));
}

TEST(ReaderPoolTest, MemoryIsLimited) {
    if (TL_IS_SANITIZED) {
        GTEST_SKIP() << "a sanitizer needs the address space";
    }
    ReaderPool pool(naughty());
    for (const char* deed : {"eat memory", "eat memory in small bites", "eat memory in C"}) {
        const Reading<Extract> result = pool.read("deed", order(deed));
        EXPECT_EQ("needs more than 512 MiB of memory", outcome(result)) << deed;
        ASSERT_FALSE(result.ok());
        EXPECT_EQ(ErrorCode::kOutOfMemory, result.error().code);
    }
}

// An answer within its limits that this process has no room for ends that file alone.
TEST(ReaderPoolTest, AnAnswerThatThereIsNoRoomForIsAnError) {
    if (TL_IS_SANITIZED) {
        GTEST_SKIP() << "a sanitizer needs the address space";
    }
    ReaderPool pool(naughty());
    EXPECT_EQ("ok: before", outcome(pool.read("echo", order("before"))));
    ReadRequest request = order("long text");
    request.limits.maxTextBytes = 300 << 20;
    request.limits.maxMemoryBytes = int64_t{2} << 30;
    EXPECT_TRUE(pool.read("broken", request).ok());
    rlimit before{};
    ASSERT_EQ(0, ::getrlimit(RLIMIT_AS, &before));
    std::ifstream file("/proc/self/statm");
    rlim_t pages = 0;
    file >> pages;
    const rlimit tight{pages * 4096 + (100U << 20U), before.rlim_max};
    ASSERT_EQ(0, ::setrlimit(RLIMIT_AS, &tight));
    const std::string what = outcome(pool.read("broken", request));
    ASSERT_EQ(0, ::setrlimit(RLIMIT_AS, &before));
    EXPECT_EQ("no memory for what is in it", what);
    EXPECT_EQ("ok: next", outcome(pool.read("echo", order("next"))));
}

TEST(ReaderPoolTest, TimeIsLimited) {
    ReaderPool pool(naughty());
    const auto start = Clock::now();
    EXPECT_EQ("took longer than 0.3 s",
              outcome(pool.read("deed", order("spin", milliseconds(300)))));
    EXPECT_LT(Clock::now() - start, milliseconds(3000));
    EXPECT_EQ("ok: next", outcome(pool.read("echo", order("next"))));
}

TEST(ReaderPoolTest, AStopEndsTheReadWithin200Milliseconds) {
    ReaderPool pool(naughty());
    statusOf(pool);  // the process runs
    std::stop_source stop;
    Clock::time_point asked;
    const std::jthread stopper([&] {
        std::this_thread::sleep_for(milliseconds(100));
        asked = Clock::now();
        stop.request_stop();
    });
    const Reading<Extract> result = pool.read("deed", order("spin"), stop.get_token());
    const auto waited = Clock::now() - asked;
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(ErrorCode::kCancelled, result.error().code);
    EXPECT_LT(waited, milliseconds(1000));
}

TEST(ReaderPoolTest, AStopEndsTheWaitForAFreeProcess) {
    ReaderPool pool(naughty());
    std::stop_source stop;
    std::jthread busy(
        [&] { EXPECT_FALSE(pool.read("deed", order("spin"), stop.get_token()).ok()); });
    std::this_thread::sleep_for(milliseconds(500));  // until the only process is taken
    std::jthread waiting(
        [&] { EXPECT_FALSE(pool.read("echo", order("x"), stop.get_token()).ok()); });
    std::this_thread::sleep_for(milliseconds(100));
    const auto start = Clock::now();
    stop.request_stop();
    busy.join();
    waiting.join();
    EXPECT_LT(Clock::now() - start, milliseconds(2000));
}

class BrokenAnswer : public testing::TestWithParam<const char*> {};

TEST_P(BrokenAnswer, IsAnErrorAndEndsTheReader) {
    ReaderPool pool(naughty());
    const std::string before = outcome(pool.read("pid", order("")));
    const std::string what = tell(pool, GetParam());
    EXPECT_NE("ok: ", what.substr(0, 4));
    EXPECT_NE(before, outcome(pool.read("pid", order(""))));
}

INSTANTIATE_TEST_SUITE_P(Messages,
                         BrokenAnswer,
                         testing::Values("end in the header",
                                         "end in the body",
                                         "say too much",
                                         "say a negative length",
                                         "say another magic",
                                         "say an empty answer",
                                         "say ones",
                                         "say all bits"));

TEST(ReaderPoolTest, AnExtractThatBreaksItsPromisesIsNotTaken) {
    ReaderPool pool(naughty());
    for (const char* how :
         {"bad UTF-8", "unit outside", "word outside", "box outside", "parent ahead"}) {
        EXPECT_EQ("the reader's answer is broken",
                  outcome(pool.read("broken", order(how))).substr(0, 29))
            << how;
    }
    EXPECT_EQ("ok: some text", outcome(pool.read("broken", order("not at all"))));
    EXPECT_EQ("text over the limit of 64.0 MiB", outcome(pool.read("broken", order("long text"))));
}

TEST(ReaderPoolTest, AReaderKilledBetweenFilesIsReplaced) {
    ReaderPool pool(naughty());
    const std::string pid = outcome(pool.read("pid", order(""))).substr(4);
    ASSERT_EQ(0, ::kill(std::stoi(pid), SIGKILL));
    EXPECT_EQ("ok: next", outcome(pool.read("echo", order("next"))));
}

TEST(ReaderPoolTest, EightThreadsShareTwoProcesses) {
    ReaderPool pool(naughty(2));
    std::atomic<int> right = 0;
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 8; ++thread) {
        threads.emplace_back([&, thread] {
            for (int i = 0; i < 30; ++i) {
                std::string text = std::to_string(thread) + ":";
                text += std::string(static_cast<size_t>(i) * 20'000, 'x');
                const bool isCrash = i % 10 == 9;
                const std::string answer =
                    isCrash ? tell(pool, "be killed") : outcome(pool.read("echo", order(text)));
                right += answer == (isCrash ? "the reader was killed (signal 9)" : "ok: " + text);
            }
        });
    }
    threads.clear();
    EXPECT_EQ(8 * 30, right);
}

}  // namespace
}  // namespace tl
