// SPDX-License-Identifier: Apache-2.0
#pragma once

// Attention on the stored bytes, for instruction sets with dot products of four bytes a lane.
// Queries and weights become whole numbers of 16 bits, their two bytes apart: 256 * high + low. So
// both products are integer dot products with keys and values as they lie in their pages, two of
// four bytes a lane where f32 takes four, nothing is decoded, and next to nothing is rounded away.

// A row of queries as whole numbers: q = number * scale.
struct QueryScale {
    float scale;
    // -kKeyOffset * the sums of the bytes, since keys stand as k + kKeyOffset.
    int32_t highStart, lowStart;
};

class DotTile {
public:
    static constexpr int kRows = 3;  // register tile: rows, times
    static constexpr int kVecs = 2;  // vectors of sixteen keys, or of sixteen values' dimensions

    TL_SIMD explicit DotTile(const AttendArgs& args) : a(args) {
        scales = reinterpret_cast<QueryScale*>(a.scratch);
        high = reinterpret_cast<int8_t*>(scales + a.rows);
        low = high + a.rows * a.kv.headDim;
        for (int64_t row = 0; row < a.rows; ++row) {
            splitQuery(row);
        }
    }

    TL_SIMD void moveTo(int64_t tile, bool /*wantsValues*/) {
        const PageParts& page = pageOf(a.kv, tile);
        const int64_t row = a.kvHead * kKvPagePositions + tile % kKvPagePositions;
        keys = static_cast<const uint8_t*>(page.keys) + row * a.kv.headDim;
        values = static_cast<const int8_t*>(page.values) + row * a.kv.headDim;
        keyScales = page.keyScales + row;
        lookAhead(tile + kKeyTile);
        valueScales = page.valueScales + row;
        F32 largest = load(valueScales);
        for (int64_t j = 16; j < kKeyTile; j += 16) {
            largest = max(largest, load(valueScales + j));
        }
        largestScale = reduceMax(largest);
    }

    template <int R>
    TL_SIMD void logits(int64_t row, float (*out)[kKeyTile]) const {
        const int64_t dim = a.kv.headDim;
        const int8_t* highRow = high + row * dim;
        const int8_t* lowRow = low + row * dim;
        const char* ahead = linesAhead(nextKeys, row);
        for (int64_t b = 0; b < kKeyTile; b += kKeyBlock * kVecs) {
            I32 highSums[R][kVecs];
            I32 lowSums[R][kVecs];
#pragma GCC unroll 8
            for (int r = 0; r < R; ++r) {
#pragma GCC unroll 4
                for (int v = 0; v < kVecs; ++v) {
                    highSums[r][v] = broadcastInt(scales[row + r].highStart);
                    lowSums[r][v] = broadcastInt(scales[row + r].lowStart);
                }
            }
            for (int64_t d = 0; d < dim; d += 4) {
                ahead = prefetchLine(ahead);
#pragma GCC unroll 4
                for (int v = 0; v < kVecs; ++v) {
                    const U8x64 four = loadBytes(keys + (b + v * kKeyBlock) * dim + d * kKeyBlock);
#pragma GCC unroll 8
                    for (int r = 0; r < R; ++r) {
                        highSums[r][v] = dotInPlace(highSums[r][v], four, highRow + r * dim + d);
                        lowSums[r][v] = dotInPlace(lowSums[r][v], four, lowRow + r * dim + d);
                    }
                }
            }
#pragma GCC unroll 4
            for (int v = 0; v < kVecs; ++v) {
                const F32 scale = load(keyScales + b + v * kKeyBlock);
#pragma GCC unroll 8
                for (int r = 0; r < R; ++r) {
                    const F32 sum = joinedBytes(highSums[r][v], lowSums[r][v]);
                    const F32 logit = mul(mul(sum, broadcast(scales[row + r].scale)), scale);
                    store(out[r] + b + v * kKeyBlock, logit);
                }
            }
        }
    }

    // The running maxima, sums and outputs of R rows, with their logits of this tile.
    template <int R>
    TL_SIMD void accumulate(int64_t row, float (*p)[kKeyTile]) const {
        float factors[16];  // [r]: what older sums fade by; [8 + r]: the tile's largest weight
        nextMaxima<R>(row, p, factors);
        alignas(64) uint8_t highWeights[R][kKeyTile];
        alignas(64) uint8_t lowWeights[R][kKeyTile];
        F32 totals[4] = {zeroF32(), zeroF32(), zeroF32(), zeroF32()};
        float steps[R];
#pragma GCC unroll 8
        for (int r = 0; r < R; ++r) {
            // No weight times its value's scale is larger than this.
            const float bound = factors[8 + r] * largestScale;
            const float inverse = bound > 1e-30f ? kMostWhole / bound : 0.0f;
            steps[r] = bound / kMostWhole;
            const float maximum = a.maximum[row + r];
            const F32 shift = broadcast(maximum == kMinusInfinity ? 0.0f : maximum);
#pragma GCC unroll 4
            for (int64_t j = 0; j < kKeyTile; j += 16) {
                const F32 weight = expNegative(sub(load(p[r] + j), shift));
                totals[r] = add(totals[r], weight);
                const F32 whole = mul(mul(weight, load(valueScales + j)), broadcast(inverse));
                storeBytesOf(highWeights[r] + j, lowWeights[r] + j, whole);
            }
        }
        float sums[4];
        reduceAdd4(totals, sums);
        for (int r = 0; r < R; ++r) {
            a.sum[row + r] = a.sum[row + r] * factors[r] + sums[r];
        }
        const int64_t dim = a.kv.headDim;
        const char* ahead = linesAhead(nextValues, row);
        int64_t d = 0;
        for (; d + 16 * kVecs <= dim; d += 16 * kVecs) {
            ahead = addValues<R, kVecs>(row, d, highWeights, lowWeights, factors, steps, ahead);
        }
        for (; d < dim; d += 16) {
            ahead = addValues<R, 1>(row, d, highWeights, lowWeights, factors, steps, ahead);
        }
    }

private:
    static constexpr float kMostWhole = 65535.0f;  // 255 * 256 + 255

    TL_SIMD void splitQuery(int64_t row) const {
        const int64_t dim = a.kv.headDim;
        const float* q = a.q + row * dim;
        constexpr float kMost = 127.0f * 256.0f;
        const float top = largestMagnitude(q, dim);
        const F32 inverse = broadcast(top > 1e-30f ? kMost / top : 0.0f);
        int8_t* highRow = high + row * dim;
        int8_t* lowRow = low + row * dim;
        for (int64_t d = 0; d < dim; d += 16) {
            storeBytesOf(highRow + d, lowRow + d, mul(load(q + d), inverse));
        }
        int32_t highSum = 0;
        int32_t lowSum = 0;
        for (int64_t d = 0; d < dim; ++d) {
            highSum += highRow[d];
            lowSum += lowRow[d];
        }
        scales[row] = {top / kMost, -kKeyOffset * highSum, -kKeyOffset * lowSum};
    }

    template <int R>
    TL_SIMD void nextMaxima(int64_t row, float (*p)[kKeyTile], float* factors) const {
        F32 largest[4] = {zeroF32(), zeroF32(), zeroF32(), zeroF32()};
#pragma GCC unroll 8
        for (int r = 0; r < R; ++r) {
            const F32 lower = max(load(p[r]), load(p[r] + 16));
            const F32 upper = max(load(p[r] + 32), load(p[r] + 48));
            largest[r] = max(lower, upper);
        }
        float tops[4];
        reduceMax4(largest, tops);
        float exponents[16] = {};
        for (int r = 0; r < R; ++r) {
            const float before = a.maximum[row + r];
            const float now = tops[r] > before ? tops[r] : before;
            if (now != kMinusInfinity) {
                exponents[r] = before - now;
                exponents[8 + r] = tops[r] - now;
            }
            a.maximum[row + r] = now;
        }
        store(factors, expNegative(load(exponents)));
    }

    // Where the next tile lies. At 64 dimensions a tile's keys are as long as a page of memory, so
    // what the processor fetches ahead by itself ends with them; and asked for all at once they
    // would keep it waiting. So each step of the first two row tiles' products asks for a line.
    TL_SIMD void lookAhead(int64_t tile) {
        nextKeys = nextValues = nullptr;
        if (tile < a.end) {
            const PageParts& page = pageOf(a.kv, tile);
            const int64_t at =
                (a.kvHead * kKvPagePositions + tile % kKvPagePositions) * a.kv.headDim;
            nextKeys = static_cast<const char*>(page.keys) + at;
            nextValues = static_cast<const char*>(page.values) + at;
        }
    }

    // The half of the next tile's keys or values that the products of a row tile fetch, or null.
    TL_SIMD const char* linesAhead(const char* next, int64_t row) const {
        return next != nullptr && row < 2 * kRows
                   ? next + row / kRows * (kKeyTile / 2) * a.kv.headDim
                   : nullptr;
    }

    TL_SIMD static const char* prefetchLine(const char* line) {
        if (line == nullptr) {
            return nullptr;
        }
        __builtin_prefetch(line);
        return line + 64;
    }

    // out = out * fade + weights * values over the dimensions [d, d + 16 V). The next line ahead.
    template <int R, int V>
    TL_SIMD const char* addValues(int64_t row,
                                  int64_t d,
                                  const uint8_t (*highWeights)[kKeyTile],
                                  const uint8_t (*lowWeights)[kKeyTile],
                                  const float* fade,
                                  const float* steps,
                                  const char* ahead) const {
        const int64_t dim = a.kv.headDim;
        I32 highSums[R][V];
        I32 lowSums[R][V];
#pragma GCC unroll 8
        for (int r = 0; r < R; ++r) {
#pragma GCC unroll 4
            for (int v = 0; v < V; ++v) {
                highSums[r][v] = lowSums[r][v] = broadcastInt(0);
            }
        }
        for (int64_t j = 0; j < kKeyTile; j += 4) {
            ahead = prefetchLine(ahead);
#pragma GCC unroll 4
            for (int v = 0; v < V; ++v) {
                const I8x64 four = loadSignedBytes(values + j * dim + 4 * (d + 16 * v));
#pragma GCC unroll 8
                for (int r = 0; r < R; ++r) {
                    highSums[r][v] = dotInPlace(highSums[r][v], four, highWeights[r] + j);
                    lowSums[r][v] = dotInPlace(lowSums[r][v], four, lowWeights[r] + j);
                }
            }
        }
#pragma GCC unroll 8
        for (int r = 0; r < R; ++r) {
            float* to = a.out + (row + r) * dim + d;
#pragma GCC unroll 4
            for (int v = 0; v < V; ++v) {
                const F32 sum = joinedBytes(highSums[r][v], lowSums[r][v]);
                const F32 before = mul(load(to + 16 * v), broadcast(fade[r]));
                store(to + 16 * v, fma(sum, broadcast(steps[r]), before));
            }
        }
        return ahead;
    }

    const AttendArgs& a;
    QueryScale* scales;
    int8_t* high;  // (rows, headDim)
    int8_t* low;   // (rows, headDim)
    const uint8_t* keys = nullptr;
    const int8_t* values = nullptr;
    const char* nextKeys = nullptr;  // of the next tile, null after the last
    const char* nextValues = nullptr;
    const float* keyScales = nullptr;
    const float* valueScales = nullptr;
    float largestScale = 0;
};
