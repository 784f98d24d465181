// SPDX-License-Identifier: Apache-2.0
#include "kernels/thread_pool.h"

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace tl {
namespace {

class ThreadPoolTest : public testing::TestWithParam<int> {};

TEST_P(ThreadPoolTest, RunsEveryTaskOnce) {
    ThreadPool pool(GetParam());
    EXPECT_EQ(pool.threads(), GetParam());
    for (const int64_t tasks : {0, 1, 2, 7, 1000}) {
        std::vector<std::atomic<int>> runs(static_cast<size_t>(tasks));
        pool.run(tasks, [&](int64_t task, int) { ++runs[static_cast<size_t>(task)]; });
        for (const std::atomic<int>& count : runs) {
            ASSERT_EQ(count.load(), 1) << "of " << tasks;
        }
    }
}

TEST_P(ThreadPoolTest, NumbersItsThreadsFromZero) {
    ThreadPool pool(GetParam());
    std::atomic<int> outside{0};
    pool.run(500, [&](int64_t, int thread) { outside += thread < 0 || thread >= GetParam(); });
    EXPECT_EQ(outside.load(), 0);
}

// What a loop wrote is seen by the next one, without atomics: run() orders them.
TEST_P(ThreadPoolTest, ALoopSeesWhatTheLastOneWrote) {
    ThreadPool pool(GetParam());
    constexpr int kLoops = 2000;
    std::vector<int64_t> now(5, 0), next(5, 0);
    for (int loop = 0; loop < kLoops; ++loop) {
        pool.run(5, [&](int64_t task, int) {
            next[static_cast<size_t>(task)] = now[static_cast<size_t>((task + 1) % 5)] + 1;
        });
        std::swap(now, next);
    }
    EXPECT_EQ(now, std::vector<int64_t>(5, kLoops));
}

TEST_P(ThreadPoolTest, WakesWorkersThatWentToSleep) {
    ThreadPool pool(GetParam());
    std::atomic<int64_t> done{0};
    for (int loop = 0; loop < 5; ++loop) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        pool.run(100, [&](int64_t, int) { ++done; });
    }
    EXPECT_EQ(done.load(), 500);
}

// A task that waits for another to begin can only end if another thread takes that one.
TEST(ThreadPoolSharingTest, TwoThreadsWorkAtTheSameTime) {
    ThreadPool pool(2);
    std::atomic<int> begun{0};
    std::this_thread::sleep_for(std::chrono::milliseconds(10));  // the worker sleeps by now
    pool.run(2, [&](int64_t, int) {
        ++begun;
        while (begun.load() < 2) {
            std::this_thread::yield();
        }
    });
    EXPECT_EQ(begun.load(), 2);
}

TEST(ThreadPoolSharingTest, StopsWithoutEverRunning) {
    for (int i = 0; i < 20; ++i) {
        const ThreadPool pool(3);
        EXPECT_EQ(pool.threads(), 3);
    }
}

TEST(UsableCoresTest, IsAtLeastOne) {
    EXPECT_GE(usableCores(), 1);
}

INSTANTIATE_TEST_SUITE_P(Threads, ThreadPoolTest, testing::Values(1, 2, 3, 5));

}  // namespace
}  // namespace tl
