// SPDX-License-Identifier: Apache-2.0
#pragma once

// Softmax attention over pages of keys and values, a tile of 64 keys at a time, with a running
// maximum and sum (Milakov and Gimelshein 2018; Dao et al. 2022). Two kinds of tile stand for how
// the products are made: FloatTile decodes keys and values to f32 first, DotTile computes on the
// stored bytes where the instruction set has fast dot products of bytes (TL_DOT_ATTENTION).

constexpr float kMinusInfinity = -__builtin_inff();

struct TilePositions {
    alignas(64) float v[kKeyTile];
    constexpr TilePositions() : v() {
        for (int j = 0; j < kKeyTile; ++j) {
            v[j] = static_cast<float>(j);
        }
    }
};
constexpr TilePositions kPositions;

// logits -> exp(logits - new maximum); returns what the row's old sums are to be multiplied by.
TL_SIMD float softmaxRow(float* logits, float* maximum, float* sum) {
    F32 largest = load(logits);
    for (int64_t j = 16; j < kKeyTile; j += 16) {
        largest = max(largest, load(logits + j));
    }
    const float tileMaximum = reduceMax(largest);
    const float newMaximum = tileMaximum > *maximum ? tileMaximum : *maximum;
    if (newMaximum == kMinusInfinity) {  // nothing visible yet; -inf - -inf is no number
        for (int64_t j = 0; j < kKeyTile; j += 16) {
            store(logits + j, zeroF32());
        }
        return 1.0f;
    }
    F32 total = zeroF32();
    for (int64_t j = 0; j < kKeyTile; j += 16) {
        const F32 p = expNegative(sub(load(logits + j), broadcast(newMaximum)));
        store(logits + j, p);
        total = add(total, p);
    }
    // The same exponential as the weights', so that a maximum that stays gives exactly 1.
    float fade[16];
    store(fade, expNegative(broadcast(*maximum - newMaximum)));
    *maximum = newMaximum;
    *sum = *sum * fade[0] + reduceAdd(total);
    return fade[0];
}

// Keys and values of a tile in f32, decoded once for all rows.
class FloatTile {
public:
    static constexpr int kRows = kTileRows;

    TL_SIMD explicit FloatTile(const AttendArgs& args)
        : a(args), keys(args.scratch), values(args.scratch + kKeyTile * args.kv.headDim) {}

    TL_SIMD void moveTo(int64_t tile, bool wantsValues) {
        decodeKeys(a, tile, keys);
        if (wantsValues) {
            decodeValues(a, tile, values);
        }
    }

    template <int R>
    TL_SIMD void logits(int64_t row, float (*out)[kKeyTile]) const {
        const int64_t dim = a.kv.headDim;
        forColumnTiles(kKeyTile, [&]<int V>(int64_t c) {
            F32 acc[R][V];
            for (int r = 0; r < R; ++r) {
                for (int v = 0; v < V; ++v) {
                    acc[r][v] = zeroF32();
                }
            }
            tileMultiply(acc, a.q + row * dim, dim, 1, keys + c, kKeyTile, dim);
            for (int r = 0; r < R; ++r) {
                for (int v = 0; v < V; ++v) {
                    store(out[r] + c + 16 * v, acc[r][v]);
                }
            }
        });
    }

    // The running maxima, sums and outputs of R rows, with their logits of this tile.
    template <int R>
    TL_SIMD void accumulate(int64_t row, float (*p)[kKeyTile]) const {
        float fade[R];
        for (int r = 0; r < R; ++r) {
            fade[r] = softmaxRow(p[r], a.maximum + row + r, a.sum + row + r);
        }
        const int64_t dim = a.kv.headDim;
        forColumnTiles(dim, [&]<int V>(int64_t d) {
            F32 acc[R][V];
            for (int r = 0; r < R; ++r) {
                for (int v = 0; v < V; ++v) {
                    acc[r][v] = mul(load(a.out + (row + r) * dim + d + 16 * v), broadcast(fade[r]));
                }
            }
            tileMultiply(acc, p[0], kKeyTile, 1, values + d, dim, kKeyTile);
            for (int r = 0; r < R; ++r) {
                for (int v = 0; v < V; ++v) {
                    store(a.out + (row + r) * dim + d + 16 * v, acc[r][v]);
                }
            }
        });
    }

private:
    const AttendArgs& a;
    float* keys;
    float* values;
};

#ifdef TL_DOT_ATTENTION
#include "kernels/cpu/dot_attention.inl.h"
using Int8Tile = DotTile;
#else
using Int8Tile = FloatTile;
#endif

// What a row does not see becomes -inf: all but keys [first, last] of the tile.
TL_SIMD void hideUnseen(float* logits, int64_t first, int64_t last) {
    if (first <= 0 && last >= kKeyTile - 1) {
        return;
    }
    const F32 begin = broadcast(static_cast<float>(first));
    const F32 end = broadcast(static_cast<float>(last));
    const F32 none = broadcast(kMinusInfinity);
    for (int64_t j = 0; j < kKeyTile; j += 16) {
        const F32 at = load(kPositions.v + j);
        const F32 behind = selectLess(at, begin, none, load(logits + j));
        store(logits + j, selectLess(end, at, none, behind));
    }
}

template <int R, typename Tile>
TL_SIMD void seenLogits(
    const AttendArgs& a, const Tile& tile, int64_t row, int64_t begin, float (*logits)[kKeyTile]) {
    tile.template logits<R>(row, logits);
    for (int r = 0; r < R; ++r) {
        hideUnseen(logits[r], a.firstKey[row + r] - begin, a.lastKey[row + r] - begin);
    }
}

TL_SIMD bool rowsSeeTile(const AttendArgs& a, int64_t row, int64_t rows, int64_t tile) {
    for (int64_t r = row; r < row + rows; ++r) {
        if (a.firstKey[r] < tile + kKeyTile && a.lastKey[r] >= tile) {
            return true;
        }
    }
    return false;
}

template <typename Tile>
TL_SIMD void attendTiles(const AttendArgs& a) {
    Tile tile(a);
    for (int64_t begin = a.begin - a.begin % kKeyTile; begin < a.end; begin += kKeyTile) {
        tile.moveTo(begin, /*wantsValues=*/true);
        forRowTiles<Tile::kRows>(a.rows, [&]<int R>(int64_t row) {
            if (!rowsSeeTile(a, row, R, begin)) {
                return;
            }
            alignas(64) float p[R][kKeyTile];
            seenLogits<R>(a, tile, row, begin, p);
            tile.template accumulate<R>(row, p);
        });
    }
}

template <typename Tile>
TL_SIMD void attendTileScores(const AttendArgs& a) {
    Tile tile(a);
    for (int64_t begin = a.begin - a.begin % kKeyTile; begin < a.end; begin += kKeyTile) {
        tile.moveTo(begin, /*wantsValues=*/false);
        alignas(64) float weights[kKeyTile] = {};
        forRowTiles<Tile::kRows>(a.rows, [&]<int R>(int64_t row) {
            alignas(64) float p[R][kKeyTile];
            seenLogits<R>(a, tile, row, begin, p);
            for (int r = 0; r < R; ++r) {
                const F32 maximum = broadcast(a.maximum[row + r]);
                const F32 inverse = broadcast(1.0f / a.sum[row + r]);
                for (int64_t j = 0; j < kKeyTile; j += 16) {
                    const F32 weight = mul(expNegative(sub(load(p[r] + j), maximum)), inverse);
                    store(weights + j, add(load(weights + j), weight));
                }
            }
        });
        const int64_t first = a.begin > begin ? a.begin - begin : 0;
        for (int64_t j = first; j < kKeyTile && begin + j < a.end; ++j) {
            a.scores[begin + j] += weights[j];
        }
    }
}

void attend(const AttendArgs& args) {
    if (args.kv.type == KvType::kInt8) {
        attendTiles<Int8Tile>(args);
    } else {
        attendTiles<FloatTile>(args);
    }
}

void attendScores(const AttendArgs& args) {
    if (args.kv.type == KvType::kInt8) {
        attendTileScores<Int8Tile>(args);
    } else {
        attendTileScores<FloatTile>(args);
    }
}
