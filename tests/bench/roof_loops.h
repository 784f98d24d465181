// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace tl::bench {

// The loops that reach a machine's peaks, one table per instruction set. Each loop runs on the
// calling thread, works on registers or the given bytes only, and returns a value that depends on
// all of its work, so that no compiler can drop it.
struct RoofLoops {
    const char* name;      // "avx512"
    const char* int8Name;  // "vpdpbusd": what an int8 multiply-add is made of

    // `rounds` rounds of fp32OpsPerRound operations; a fused multiply-add counts as two.
    double (*fp32)(int64_t rounds);
    int64_t fp32OpsPerRound;

    // `rounds` rounds of int8OpsPerRound operations: 8-bit products added up in 32 bits; a
    // multiply-add counts as two.
    double (*int8)(int64_t rounds);
    int64_t int8OpsPerRound;

    // Loads every byte once. REQUIRES: bytes is a multiple of 1024, data aligned to 64.
    double (*read)(const void* data, int64_t bytes);
};

extern const RoofLoops kGenericRoofLoops;
#if defined(__x86_64__)
extern const RoofLoops kAvx2RoofLoops;
extern const RoofLoops kAvxVnniRoofLoops;
extern const RoofLoops kAvx512RoofLoops;
#endif

}  // namespace tl::bench
