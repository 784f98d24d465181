// SPDX-License-Identifier: Apache-2.0
// Plain loops that the compiler vectorises for the machine type the whole program is built for:
// the roof of our generic kernels, and all there is where no intrinsics are written.
#include <array>
#include <cstddef>

#include "tests/bench/roof_loops.h"

namespace tl::bench {
namespace {

constexpr size_t kLanes = 32;      // independent sums: eight registers of four floats
constexpr size_t kOperands = 512;  // bytes per int8 operand: stays in the first-level cache

double fp32Generic(int64_t rounds) {
    // Read through volatile so that the factors are unknown while compiling.
    volatile float factorSource = 0.999F;
    const float factor = factorSource;
    const float addend = 1 - factor;
    std::array<float, kLanes> sums{};
    for (int64_t round = 0; round < rounds; ++round) {
        for (float& sum : sums) {
            sum = sum * factor + addend;
        }
    }
    double total = 0;
    for (const float sum : sums) {
        total += static_cast<double>(sum);
    }
    return total;
}

double int8Generic(int64_t rounds) {
    alignas(64) std::array<int8_t, kOperands> left;
    alignas(64) std::array<int8_t, kOperands> right;
    for (size_t i = 0; i < kOperands; ++i) {
        left[i] = static_cast<int8_t>(i % 15);
        right[i] = static_cast<int8_t>(i % 13);
    }
    int64_t total = 0;
    for (int64_t round = 0; round < rounds; ++round) {
        left[static_cast<size_t>(round) % kOperands] ^= 1;  // no two rounds are the same work
        int32_t sum = 0;
        for (size_t i = 0; i < kOperands; ++i) {
            sum += left[i] * right[i];
        }
        total += sum;
    }
    return static_cast<double>(total);
}

double readGeneric(const void* data, int64_t bytes) {
    constexpr size_t kWords = 16;
    const auto* words = static_cast<const uint64_t*>(data);
    const size_t count = static_cast<size_t>(bytes) / sizeof(uint64_t);
    std::array<uint64_t, kWords> sums{};
    for (size_t base = 0; base < count; base += kWords) {
        for (size_t i = 0; i < kWords; ++i) {
            sums[i] += words[base + i];
        }
    }
    uint64_t total = 0;
    for (const uint64_t sum : sums) {
        total += sum;
    }
    return static_cast<double>(total);
}

}  // namespace

const RoofLoops kGenericRoofLoops = {
    .name = "generic",
    .int8Name = "compiler",
    .fp32 = fp32Generic,
    .fp32OpsPerRound = 2 * static_cast<int64_t>(kLanes),
    .int8 = int8Generic,
    .int8OpsPerRound = 2 * static_cast<int64_t>(kOperands),
    .read = readGeneric,
};

}  // namespace tl::bench
