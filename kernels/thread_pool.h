// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>
#include <type_traits>
#include <vector>

namespace tl {

// Threads that share out the tasks of one loop at a time. Pins no thread to a core. run() comes
// from one thread at a time, which works as thread 0; it allocates nothing. Between loops workers
// spin for some microseconds, since the next loop of a decode step is that near, and then sleep.
// A loop waits for the tasks that were taken, never for a worker that took none: one whose core is
// busy with another program costs its share of the work and nothing more.
class ThreadPool {
public:
    // threads >= 1; threads - 1 workers are started.
    explicit ThreadPool(int threads);
    ~ThreadPool();
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    int threads() const { return static_cast<int>(m_workers.size()) + 1; }

    // Calls fn(task, thread) once for each task in [0, tasks), in any order, and returns when all
    // are done. fn must not throw.
    template <typename Fn>
    void run(int64_t tasks, Fn&& fn) {
        using Plain = std::remove_reference_t<Fn>;
        runLoop(
            tasks,
            [](void* context, int64_t task, int thread) {
                (*static_cast<Plain*>(context))(task, thread);
            },
            const_cast<std::remove_const_t<Plain>*>(&fn));
    }

private:
    using TaskFn = void (*)(void* context, int64_t task, int thread);

    void runLoop(int64_t tasks, TaskFn fn, void* context);
    void work(int thread);
    void takeTasks(int thread);
    uint32_t awaitLoop(uint32_t seen);

    // The loop; written by runLoop() before m_remaining is, and left alone until all is done.
    TaskFn m_fn = nullptr;
    void* m_context = nullptr;
    int64_t m_tasks = 0;

    alignas(64) std::atomic<int64_t> m_remaining{0};  // tasks nobody has taken; <= 0: none
    alignas(64) std::atomic<int64_t> m_done{0};       // tasks that are finished
    alignas(64) std::atomic<uint32_t> m_loop{0};      // counts loops; idle workers watch it
    std::atomic<int> m_sleeping{0};
    std::atomic<bool> m_stop{false};
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::vector<std::thread> m_workers;
};

// Cores this process may run on.
int usableCores();

}  // namespace tl
