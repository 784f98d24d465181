// SPDX-License-Identifier: Apache-2.0
#pragma once

// Activations to 8 bits, RMS norm (Zhang and Sennrich 2019) and the gated group norm of Mamba-2.

TL_SIMD float inverseRms(const float* row, float epsilon, int64_t size) {
    F32 a = zeroF32();
    F32 b = zeroF32();
    int64_t i = 0;
    for (; i + 32 <= size; i += 32) {
        const F32 x = load(row + i);
        const F32 y = load(row + i + 16);
        a = fma(x, x, a);
        b = fma(y, y, b);
    }
    for (; i < size; i += 16) {
        const F32 x = load(row + i);
        a = fma(x, x, a);
    }
    const float mean = reduceAdd(add(a, b)) / static_cast<float>(size);
    return 1.0f / __builtin_sqrtf(mean + epsilon);
}

// Four lanes of any instruction set's.
typedef float F32x4 __attribute__((vector_size(16)));
typedef int32_t I32x4 __attribute__((vector_size(16)));

// The scales of four blocks, their last two bits rounded away (see BlockScale), and 1 / scale; both
// 0 for a block of nothing, whose inverse would be no number.
TL_SIMD void blockScales(F32x4 largest, F32x4* scales, F32x4* inverses) {
    const I32x4 isSome = largest > 1e-30f;
    const F32x4 exact = largest / 127.0f;
    const I32x4 rounded = (reinterpret_cast<I32x4>(exact) + 2) & ~3 & isSome;
    *scales = reinterpret_cast<F32x4>(rounded);
    const F32x4 inverse = 1.0f / *scales;
    *inverses = reinterpret_cast<F32x4>(reinterpret_cast<I32x4>(inverse) & isSome);
}

// Four blocks of 32, two vectors each, so that sums and maxima across lanes share their shuffles;
// the first `count` of them are written.
TL_SIMD void quantizeBlocks(F32 (&x)[4][2], int64_t count, int8_t* q, BlockScale* out) {
    F32x4 largest, sums, highSums, scales, inverses;
    F32 whole[4], high[4];
#pragma GCC unroll 4
    for (int b = 0; b < 4; ++b) {
        whole[b] = max(abs(x[b][0]), abs(x[b][1]));
    }
    reduceMax4(whole, reinterpret_cast<float*>(&largest));
    blockScales(largest, &scales, &inverses);
#pragma GCC unroll 4
    for (int b = 0; b < 4; ++b) {
        const F32 inverse = broadcast(inverses[b]);
        const I32 first = roundToInt(mul(x[b][0], inverse));
        const I32 second = roundToInt(mul(x[b][1], inverse));
        whole[b] = toFloat(addInt(first, second));
        high[b] = toFloat(second);
        if (b < count) {
            storeInt8(q + 32 * b, first);
            storeInt8(q + 32 * b + 16, second);
        }
    }
    reduceAdd4(whole, reinterpret_cast<float*>(&sums));
    reduceAdd4(high, reinterpret_cast<float*>(&highSums));
    for (int b = 0; b < count; ++b) {
        out[b].scale = scales[b];
        out[b].scaledSum = scales[b] * sums[b];
        // Everything that products need of a block's activations beside the bytes, made once a row
        // instead of once a weight.
        out[b].minus8Sum = -8 * static_cast<int32_t>(sums[b]);
        out[b].minus8SumHigh = -8 * static_cast<int32_t>(highSums[b]);
        out[b].biasedStart = kSumBias + out[b].minus8Sum;
        out[b].minusBias = -12582912.0f * scales[b];
    }
}

void quantizeRow(const float* row,
                 const float* normWeight,
                 float epsilon,
                 int64_t size,
                 int8_t* q,
                 BlockScale* scales) {
    const F32 inverse = broadcast(normWeight == nullptr ? 1.0f : inverseRms(row, epsilon, size));
    for (int64_t i = 0; i < size; i += 4 * kQuantBlock) {
        const int64_t count = size - i < 4 * kQuantBlock ? (size - i) / kQuantBlock : 4;
        F32 x[4][2];
#pragma GCC unroll 8
        for (int v = 0; v < 8; ++v) {
            const int64_t at = i + 16 * v;
            if (v >= 2 * count) {
                x[v / 2][v % 2] = zeroF32();
            } else if (normWeight == nullptr) {
                x[v / 2][v % 2] = load(row + at);
            } else {
                x[v / 2][v % 2] = mul(mul(load(row + at), inverse), load(normWeight + at));
            }
        }
        quantizeBlocks(x, count, q + i, scales + i / kQuantBlock);
    }
}

void normRow(const float* row, const float* weight, float epsilon, int64_t size, float* out) {
    const F32 inverse = broadcast(inverseRms(row, epsilon, size));
    for (int64_t i = 0; i < size; i += 16) {
        store(out + i, mul(mul(load(row + i), inverse), load(weight + i)));
    }
}

void gatedNormRow(float* y, const float* z, const float* weight, float epsilon, int64_t size) {
    for (int64_t i = 0; i < size; i += 16) {
        store(y + i, mul(load(y + i), silu(load(z + i))));
    }
    normRow(y, weight, epsilon, size, y);
}
