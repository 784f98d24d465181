// SPDX-License-Identifier: Apache-2.0
// Prints what this machine does at best, for each thread count given (1 and 2 by default).
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "tests/bench/roof.h"

int main(int argc, char** argv) {
    std::vector<int> threadCounts;
    for (int i = 1; i < argc; ++i) {
        char* end = nullptr;
        const long threads = std::strtol(argv[i], &end, 10);
        if (*end != '\0' || threads < 1 || threads > 1024) {
            std::fprintf(stderr, "roof_bench: %s: not a thread count\n", argv[i]);
            return EXIT_FAILURE;
        }
        threadCounts.push_back(static_cast<int>(threads));
    }
    if (threadCounts.empty()) {
        threadCounts = {1, 2};
    }
    for (const int threads : threadCounts) {
        tl::bench::RoofOptions options;
        // Equal shares of whole lines for every thread, however many there are.
        options.bufferBytes -= options.bufferBytes % (int64_t{4096} * threads);
        std::fputs(describe(measureRoof(threads, options)).c_str(), stdout);
    }
    return EXIT_SUCCESS;
}
