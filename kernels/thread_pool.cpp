// SPDX-License-Identifier: Apache-2.0
#include "kernels/thread_pool.h"

#include <sched.h>

namespace tl {
namespace {

// About 50 microseconds of waiting at a pause instruction each, several times the gap between two
// loops of a decode step.
constexpr int kSpins = 2000;
// The caller gives way after this many, in case a worker has lost its core to another program.
constexpr int kSpinsBeforeYield = 1000;

void pauseCore() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

}  // namespace

ThreadPool::ThreadPool(int threads) {
    for (int i = 1; i < threads; ++i) {
        m_workers.emplace_back([this, i] { work(i); });
    }
}

ThreadPool::~ThreadPool() {
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
        m_loop.fetch_add(1);
    }
    m_wake.notify_all();
    for (std::thread& worker : m_workers) {
        worker.join();
    }
}

void ThreadPool::takeTasks(int thread) {
    int64_t done = 0;
    for (;;) {
        // A task is only ever taken out of the loop that is under way: m_remaining is positive
        // between runLoop()'s store and the last take, and the loop's fields stay until all tasks
        // are done. Latecomers find nothing left.
        const int64_t remaining = m_remaining.fetch_sub(1, std::memory_order_acquire);
        if (remaining <= 0) {
            break;
        }
        m_fn(m_context, m_tasks - remaining, thread);
        ++done;
    }
    if (done > 0) {
        m_done.fetch_add(done, std::memory_order_release);
    }
}

void ThreadPool::runLoop(int64_t tasks, TaskFn fn, void* context) {
    if (m_workers.empty() || tasks <= 1) {
        for (int64_t task = 0; task < tasks; ++task) {
            fn(context, task, 0);
        }
        return;
    }
    m_fn = fn;
    m_context = context;
    m_tasks = tasks;
    m_done.store(0, std::memory_order_relaxed);
    m_remaining.store(tasks, std::memory_order_release);
    m_loop.fetch_add(1);
    if (m_sleeping.load() > 0) {
        const std::lock_guard lock(m_mutex);
        m_wake.notify_all();
    }
    takeTasks(0);
    for (int spins = 0; m_done.load(std::memory_order_acquire) != tasks; ++spins) {
        pauseCore();
        if (spins > kSpinsBeforeYield) {
            std::this_thread::yield();
        }
    }
}

// Returns the number of the next loop once it has begun.
uint32_t ThreadPool::awaitLoop(uint32_t seen) {
    for (int spins = 0; spins < kSpins; ++spins) {
        const uint32_t now = m_loop.load(std::memory_order_acquire);
        if (now != seen) {
            return now;
        }
        pauseCore();
    }
    // m_sleeping goes up before m_loop is looked at again, and runLoop() moves m_loop on before it
    // looks at m_sleeping: one of the two sees the other.
    std::unique_lock lock(m_mutex);
    m_sleeping.fetch_add(1);
    m_wake.wait(lock, [&] { return m_loop.load() != seen; });
    m_sleeping.fetch_sub(1);
    return m_loop.load(std::memory_order_acquire);
}

void ThreadPool::work(int thread) {
    uint32_t seen = 0;
    for (;;) {
        seen = awaitLoop(seen);
        if (m_stop.load()) {
            return;
        }
        takeTasks(thread);
    }
}

int usableCores() {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof(set), &set) == 0) {
        return CPU_COUNT(&set) > 0 ? CPU_COUNT(&set) : 1;
    }
    const unsigned cores = std::thread::hardware_concurrency();
    return cores > 0 ? static_cast<int>(cores) : 1;
}

}  // namespace tl
