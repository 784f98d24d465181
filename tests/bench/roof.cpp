// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/roof.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

#include <algorithm>
#include <atomic>
#include <barrier>
#include <cassert>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <thread>

#include "tests/bench/roof_loops.h"

namespace tl::bench {
namespace {

using Clock = std::chrono::steady_clock;

// Long enough that starting and meeting costs nothing, short enough to fall between disturbances.
constexpr double kSecondsPerSample = 0.03;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

// What the loops return ends here, so that they cannot be dropped.
void keep(double value) {
    static std::atomic<double> sink{0};
    sink.store(value, std::memory_order_relaxed);
}

#if defined(__x86_64__)
// Clang 14 does not know it by name.
bool hasAvxVnni() {
    unsigned eax = 0;
    unsigned ebx = 0;
    unsigned ecx = 0;
    unsigned edx = 0;
    return __get_cpuid_count(7, 1, &eax, &ebx, &ecx, &edx) != 0 && (eax & 1U << 4U) != 0;
}
#endif

const RoofLoops& bestLoops() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vnni")) {
        return kAvx512RoofLoops;
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        return hasAvxVnni() ? kAvxVnniRoofLoops : kAvx2RoofLoops;
    }
#endif
    return kGenericRoofLoops;
}

// Operations per nanosecond over all threads.
Rate opsRate(double (*loop)(int64_t), int64_t opsPerRound, int threads, int repetitions) {
    int64_t rounds = 1024;
    const auto work = [&](int) { keep(loop(rounds)); };
    while (runTogether(threads, work) < kSecondsPerSample) {
        rounds *= 2;
    }
    std::vector<double> samples;
    samples.reserve(static_cast<size_t>(repetitions));
    for (int i = 0; i < repetitions; ++i) {
        const double ops = static_cast<double>(rounds * opsPerRound) * threads;
        samples.push_back(ops / runTogether(threads, work) * 1e-9);
    }
    return summarise(std::move(samples));
}

// `bytesPerPass` bytes go through memory each time `work` runs on all threads.
Rate bytesRate(int64_t bytesPerPass,
               int threads,
               int repetitions,
               const std::function<void(int)>& work) {
    std::vector<double> samples;
    samples.reserve(static_cast<size_t>(repetitions));
    for (int i = 0; i < repetitions; ++i) {
        samples.push_back(static_cast<double>(bytesPerPass) / runTogether(threads, work) * 1e-9);
    }
    return summarise(std::move(samples));
}

struct FreeDeleter {
    void operator()(void* memory) const { std::free(memory); }
};
using Buffer = std::unique_ptr<std::byte, FreeDeleter>;

// Written once, so that every page is backed by memory of its own.
Buffer touchedBuffer(int64_t bytes, int value) {
    Buffer buffer(static_cast<std::byte*>(std::aligned_alloc(4096, static_cast<size_t>(bytes))));
    if (buffer != nullptr) {
        std::memset(buffer.get(), value, static_cast<size_t>(bytes));
    }
    return buffer;
}

// Leaves the rates at zero where the memory cannot be had.
void measureMemory(Roof& roof, const RoofLoops& loops, const RoofOptions& options) {
    const Buffer source = touchedBuffer(options.bufferBytes, 1);
    const Buffer target = touchedBuffer(options.bufferBytes, 2);
    if (source == nullptr || target == nullptr) {
        return;
    }
    const int64_t share = options.bufferBytes / roof.threads;
    const auto read = [&](int thread) { keep(loops.read(source.get() + thread * share, share)); };
    const auto copy = [&](int thread) {
        std::memcpy(target.get() + thread * share,
                    source.get() + thread * share,
                    static_cast<size_t>(share));
    };
    roof.readGbs = bytesRate(options.bufferBytes, roof.threads, options.repetitions, read);
    roof.copyGbs = bytesRate(2 * options.bufferBytes, roof.threads, options.repetitions, copy);
}

// An addition that needs the one before it takes one cycle on every core of interest, so additions
// per nanosecond are the clock in GHz.
double additionsPerNanosecond() {
    constexpr int64_t kRounds = 2'000'000;
    constexpr int kAdditions = 16;
    double best = 0;
    for (int sample = 0; sample < 5; ++sample) {
        const Clock::time_point start = Clock::now();
        uint64_t value = 1;
        uint64_t step = 1;
        asm volatile("" : "+r"(step));  // a value the compiler cannot know
        for (int64_t round = 0; round < kRounds; ++round) {
#pragma GCC unroll 16
            for (int i = 0; i < kAdditions; ++i) {
                value += step;
                asm volatile("" : "+r"(value));  // keeps the additions one by one
            }
        }
        best = std::max(best, static_cast<double>(kRounds * kAdditions) / secondsSince(start));
        keep(static_cast<double>(value));
    }
    return best * 1e-9;
}

std::string rateLine(const char* name, const Rate& rate, const char* unit) {
    char line[96];
    std::snprintf(
        line, sizeof line, "  %-12s %8.1f %-8s (best %.1f)\n", name, rate.median, unit, rate.best);
    return line;
}

}  // namespace

Rate summarise(std::vector<double> samples) {
    assert(!samples.empty());
    std::sort(samples.begin(), samples.end());
    const size_t middle = samples.size() / 2;
    const double median =
        samples.size() % 2 == 1 ? samples[middle] : (samples[middle - 1] + samples[middle]) / 2;
    return {.median = median, .best = samples.back()};
}

double runTogether(int threads, const std::function<void(int)>& work) {
    std::barrier start(threads);
    std::barrier end(threads);
    std::vector<std::jthread> others;
    for (int thread = 1; thread < threads; ++thread) {
        others.emplace_back([&, thread] {
            start.arrive_and_wait();
            work(thread);
            end.arrive_and_wait();
        });
    }
    start.arrive_and_wait();
    const Clock::time_point begin = Clock::now();
    work(0);
    end.arrive_and_wait();
    return secondsSince(begin);
}

Roof measureRoof(int threads, const RoofOptions& options) {
    assert(threads >= 1 && options.bufferBytes % (int64_t{1024} * threads) == 0);
    const RoofLoops& loops = bestLoops();
    Roof roof;
    roof.threads = threads;
    roof.instructions = std::string(loops.name) + ", " + loops.int8Name;
    roof.fp32Gflops = opsRate(loops.fp32, loops.fp32OpsPerRound, threads, options.repetitions);
    roof.int8Gops = opsRate(loops.int8, loops.int8OpsPerRound, threads, options.repetitions);
    measureMemory(roof, loops, options);
    roof.clockGhz = additionsPerNanosecond();
    return roof;
}

std::string describe(const Roof& roof) {
    std::string text =
        "roof, " + std::to_string(roof.threads) + " thread(s): " + roof.instructions + "\n";
    text += rateLine("FP32", roof.fp32Gflops, "GFLOP/s");
    text += rateLine("int8", roof.int8Gops, "GOP/s");
    text += rateLine("read", roof.readGbs, "GB/s");
    text += rateLine("copy", roof.copyGbs, "GB/s");
    char clock[48];
    std::snprintf(clock, sizeof clock, "  %-12s %8.2f GHz\n", "clock", roof.clockGhz);
    return text + clock;
}

}  // namespace tl::bench
