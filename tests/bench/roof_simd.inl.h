// SPDX-License-Identifier: Apache-2.0
// The loops of roof_loops.h over a set of vector instructions, which a struct names: its types
// Floats and Ints, and what is done with them. Included by one source per set, each compiled with
// flags of its own: nothing with inline code of the standard library may be included.
#pragma once

#include "tests/bench/roof_loops.h"

namespace tl::bench {
namespace {

// Two multiply-adds a cycle at a latency of four or five need ten sums in flight; twelve and the
// two factors fit sixteen registers.
constexpr int kSums = 12;

template <typename Set>
double fp32Loop(int64_t rounds) {
    volatile float factorSource = 0.999F;
    const auto factor = Set::floats(factorSource);
    const auto addend = Set::floats(0.001F);
    typename Set::Floats sums[kSums];
    for (auto& sum : sums) {
        sum = Set::floats(0);
    }
    for (int64_t round = 0; round < rounds; ++round) {
#pragma GCC unroll 12
        for (int i = 0; i < kSums; ++i) {
            sums[i] = Set::multiplyAdd(sums[i], factor, addend);
        }
    }
    auto total = Set::floats(0);
    for (const auto& sum : sums) {
        total = Set::add(total, sum);
    }
    return static_cast<double>(Set::first(total));
}

template <typename Set>
double int8Loop(int64_t rounds) {
    volatile char operandSource = 3;
    auto left = Set::bytes(operandSource);
    const auto right = Set::bytes(operandSource);
    typename Set::Ints sums[kSums];
    for (auto& sum : sums) {
        sum = Set::bytes(0);
    }
    for (int64_t round = 0; round < rounds; ++round) {
#pragma GCC unroll 12
        for (int i = 0; i < kSums; ++i) {
            sums[i] = Set::addProducts(sums[i], left, right);
        }
    }
    auto total = Set::bytes(0);
    for (const auto& sum : sums) {
        total = Set::add(total, sum);
    }
    return static_cast<double>(Set::first(total));
}

template <typename Set>
double readLoop(const void* data, int64_t bytes) {
    using Ints = typename Set::Ints;
    const auto* vectors = static_cast<const Ints*>(data);
    Ints sums[8];
    for (Ints& sum : sums) {
        sum = Set::bytes(0);
    }
    const int64_t count = bytes / static_cast<int64_t>(sizeof(Ints));
    for (int64_t base = 0; base < count; base += 8) {
#pragma GCC unroll 8
        for (int i = 0; i < 8; ++i) {
            sums[i] = Set::exclusiveOr(sums[i], Set::load(vectors + base + i));
        }
    }
    Ints total = Set::bytes(0);
    for (const Ints& sum : sums) {
        total = Set::exclusiveOr(total, sum);
    }
    return static_cast<double>(Set::first(total));
}

template <typename Set>
constexpr RoofLoops roofLoops(const char* name, const char* int8Name) {
    return {
        .name = name,
        .int8Name = int8Name,
        .fp32 = fp32Loop<Set>,
        .fp32OpsPerRound = 2 * kSums * static_cast<int64_t>(sizeof(typename Set::Floats) / 4),
        .int8 = int8Loop<Set>,
        .int8OpsPerRound = 2 * kSums * static_cast<int64_t>(sizeof(typename Set::Ints)),
        .read = readLoop<Set>,
    };
}

}  // namespace
}  // namespace tl::bench
