// SPDX-License-Identifier: Apache-2.0
#pragma once

// The ops of kernels/kernel_args.h in double precision, one term after the other as their formulas
// say: what the tests hold every kernel table against.

#include <cstdint>
#include <string>
#include <vector>

#include "kernels/kernel_args.h"

namespace tl::reference {

// A result and the magnitudes of the terms it is made of, added up: rounding errors of single
// precision are proportional to the second, whatever cancels in the first.
struct Sum {
    double value = 0;
    double magnitude = 0;
};
using Sums = std::vector<Sum>;

// Empty if |actual[i] - expected[i]| <= relative * magnitude[i] everywhere, else the first i where
// not, in words. NaN is never within.
std::string firstDifference(const float* actual, const Sums& expected, double relative);

double silu(double x);
double softplus(double x);

std::vector<double> rmsNorm(const float* row, const float* weight, int64_t size, double epsilon);

// in (tokens, columns) times the transpose of weights (rows, columns), times alpha.
Sums matmul(const std::vector<double>& in,
            const std::vector<float>& weights,
            int64_t tokens,
            int64_t columns,
            double alpha);
// alpha * silu(gate) * up
Sums swiGlu(const Sums& gate, const Sums& up, double alpha);

// These read the op's arguments as they are before the op, and write none of them.
Sums conv(const ConvArgs& args);
Sums gatedNorm(const GatedNormArgs& args);
Sums rope(const RopeArgs& args);  // (tokens, heads * headDim), dense

struct SsdResult {
    Sums y;
    Sums h;
};
SsdResult ssd(const SsdArgs& args);

// One number of a key or value as the CPU stores it.
double keyAt(const KvView& kv, int64_t head, int64_t position, int64_t d);
double valueAt(const KvView& kv, int64_t head, int64_t position, int64_t d);

struct AttentionResult {
    Sums out;
    Sums scores;  // (position), including what args.scores holds; empty without it
};
AttentionResult attention(const AttentionArgs& args);

}  // namespace tl::reference
