// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace tl::bench {

// A rate measured several times. Other programs can only take from it, never add.
struct Rate {
    double median = 0;
    double best = 0;
};

// REQUIRES: not empty.
Rate summarise(std::vector<double> samples);

// What the machine does at best with all `threads` busy at once.
struct Roof {
    int threads = 0;
    std::string instructions;  // "avx512, vpdpbusd"
    Rate fp32Gflops;           // a fused multiply-add counts as two
    Rate int8Gops;             // a multiply-add of two bytes counts as two
    Rate readGbs;         // bytes read from a buffer far larger than the caches, 1e9 per second
    Rate copyGbs;         // bytes read plus bytes written
    double clockGhz = 0;  // of one thread alone, from a chain of dependent additions
};

struct RoofOptions {
    int repetitions = 7;
    int64_t bufferBytes = int64_t{512} << 20;  // shared by the threads
};

// Measures for a second or two and holds twice bufferBytes of memory meanwhile. REQUIRES:
// threads >= 1, bufferBytes a multiple of 1024 * threads.
Roof measureRoof(int threads, const RoofOptions& options = {});

// Runs work(0) ... work(threads - 1) at once and returns the seconds from the common start to the
// end of the last.
double runTogether(int threads, const std::function<void(int)>& work);

// Human-readable, one line per rate.
std::string describe(const Roof& roof);

}  // namespace tl::bench
