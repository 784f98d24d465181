// SPDX-License-Identifier: Apache-2.0
#pragma once

// Keys and values in pages, and softmax attention over them a tile of 64 keys at a time, with a
// running maximum and sum (Milakov and Gimelshein 2018; Dao et al. 2022).

// Scale that maps the largest magnitude of a vector to 127.
TL_SIMD float int8Scale(const float* x, int64_t size) {
    F32 largest = zeroF32();
    for (int64_t i = 0; i < size; i += 16) {
        largest = max(largest, abs(load(x + i)));
    }
    return reduceMax(largest) / 127.0f;
}

// q = round(x / scale)
TL_SIMD void toInt8(const float* x, float scale, int64_t size, int8_t* q) {
    const F32 inverse = broadcast(scale > 0 ? 1.0f / scale : 0.0f);
    for (int64_t i = 0; i < size; i += 16) {
        storeInt8(q + i, roundNearest(mul(load(x + i), inverse)));
    }
}

TL_SIMD void appendInt8(const KvAppendArgs& a,
                        const KvPage& page,
                        int64_t head,
                        int64_t at,
                        const float* key,
                        const float* value) {
    const int64_t dim = a.kv.headDim;
    const int64_t row = head * kKvPagePositions + at;
    int8_t q[16];
    page.keyScales[row] = int8Scale(key, dim);
    int8_t* block = static_cast<int8_t*>(page.keys) + (row - row % kKeyBlock) * dim;
    for (int64_t d = 0; d < dim; d += 16) {
        toInt8(key + d, page.keyScales[row], 16, q);
        for (int64_t i = 0; i < 16; ++i) {
            block[(d + i) * kKeyBlock + at % kKeyBlock] = q[i];
        }
    }
    page.valueScales[row] = int8Scale(value, dim);
    toInt8(value, page.valueScales[row], dim, static_cast<int8_t*>(page.values) + row * dim);
}

TL_SIMD void appendHalf(const KvAppendArgs& a,
                        const KvPage& page,
                        int64_t head,
                        int64_t at,
                        const float* key,
                        const float* value) {
    const int64_t dim = a.kv.headDim;
    const int64_t row = head * kKvPagePositions + at;
    uint16_t* block = static_cast<uint16_t*>(page.keys) + (row - row % kKeyBlock) * dim;
    uint16_t* values = static_cast<uint16_t*>(page.values) + row * dim;
    for (int64_t d = 0; d < dim; d += 16) {
        uint16_t halves[16];
        storeHalf(halves, load(key + d));
        for (int64_t i = 0; i < 16; ++i) {
            block[(d + i) * kKeyBlock + at % kKeyBlock] = halves[i];
        }
        storeHalf(values + d, load(value + d));
    }
}

void kvAppendRow(const KvAppendArgs& a, int64_t token) {
    const int64_t position = a.position + token;
    const KvPage& page = a.kv.pages[position / kKvPagePositions];
    const int64_t at = position % kKvPagePositions;
    for (int64_t head = 0; head < a.kv.kvHeads; ++head) {
        const float* key = a.keys + token * a.keyStride + head * a.kv.headDim;
        const float* value = a.values + token * a.valueStride + head * a.kv.headDim;
        if (a.kv.type == KvType::kInt8) {
            appendInt8(a, page, head, at, key, value);
        } else {
            appendHalf(a, page, head, at, key, value);
        }
    }
}

// Keys [tile, tile + 64) of one head as (headDim, 64). `tile` is a multiple of 64, so a tile never
// crosses a page.
TL_SIMD void decodeKeys(const AttendArgs& a, int64_t tile, float* keys) {
    const KvPage& page = a.kv.pages[tile / kKvPagePositions];
    const int64_t dim = a.kv.headDim;
    const int64_t row = a.kvHead * kKvPagePositions + tile % kKvPagePositions;
    for (int64_t b = 0; b < kKeyTile; b += kKeyBlock) {
        if (a.kv.type == KvType::kInt8) {
            const int8_t* block = static_cast<const int8_t*>(page.keys) + (row + b) * dim;
            const F32 scale = load(page.keyScales + row + b);
            for (int64_t d = 0; d < dim; ++d) {
                store(keys + d * kKeyTile + b, mul(loadInt8(block + d * kKeyBlock), scale));
            }
        } else {
            const uint16_t* block = static_cast<const uint16_t*>(page.keys) + (row + b) * dim;
            for (int64_t d = 0; d < dim; ++d) {
                store(keys + d * kKeyTile + b, loadHalf(block + d * kKeyBlock));
            }
        }
    }
}

// Values [tile, tile + 64) of one head as (64, headDim).
TL_SIMD void decodeValues(const AttendArgs& a, int64_t tile, float* values) {
    const KvPage& page = a.kv.pages[tile / kKvPagePositions];
    const int64_t dim = a.kv.headDim;
    const int64_t row = a.kvHead * kKvPagePositions + tile % kKvPagePositions;
    for (int64_t j = 0; j < kKeyTile; ++j) {
        if (a.kv.type == KvType::kInt8) {
            const int8_t* from = static_cast<const int8_t*>(page.values) + (row + j) * dim;
            const F32 scale = broadcast(page.valueScales[row + j]);
            for (int64_t d = 0; d < dim; d += 16) {
                store(values + j * dim + d, mul(loadInt8(from + d), scale));
            }
        } else {
            const uint16_t* from = static_cast<const uint16_t*>(page.values) + (row + j) * dim;
            for (int64_t d = 0; d < dim; d += 16) {
                store(values + j * dim + d, loadHalf(from + d));
            }
        }
    }
}

constexpr float kMinusInfinity = -__builtin_inff();

// logits[r][j] of rows [row, row + R) against the decoded tile; what a row does not see is -inf.
template <int R>
TL_SIMD void tileLogits(
    const AttendArgs& a, int64_t row, int64_t tile, const float* keys, float (*logits)[kKeyTile]) {
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
                store(logits[r] + c + 16 * v, acc[r][v]);
            }
        }
    });
    for (int r = 0; r < R; ++r) {
        const int64_t first = a.firstKey[row + r] - tile;
        const int64_t last = a.lastKey[row + r] - tile;
        for (int64_t j = 0; j < first && j < kKeyTile; ++j) {
            logits[r][j] = kMinusInfinity;
        }
        for (int64_t j = last + 1 > 0 ? last + 1 : 0; j < kKeyTile; ++j) {
            logits[r][j] = kMinusInfinity;
        }
    }
}

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
    float fade[16];
    store(fade, exp(broadcast(*maximum - newMaximum)));
    F32 total = zeroF32();
    for (int64_t j = 0; j < kKeyTile; j += 16) {
        const F32 p = exp(sub(load(logits + j), broadcast(newMaximum)));
        store(logits + j, p);
        total = add(total, p);
    }
    *maximum = newMaximum;
    *sum = *sum * fade[0] + reduceAdd(total);
    return fade[0];
}

TL_SIMD bool rowsSeeTile(const AttendArgs& a, int64_t row, int64_t rows, int64_t tile) {
    for (int64_t r = row; r < row + rows; ++r) {
        if (a.firstKey[r] < tile + kKeyTile && a.lastKey[r] >= tile) {
            return true;
        }
    }
    return false;
}

void attend(const AttendArgs& a) {
    const int64_t dim = a.kv.headDim;
    float* keys = a.scratch;
    float* values = keys + kKeyTile * dim;
    for (int64_t tile = a.begin - a.begin % kKeyTile; tile < a.end; tile += kKeyTile) {
        decodeKeys(a, tile, keys);
        decodeValues(a, tile, values);
        forRowTiles<kTileRows>(a.rows, [&]<int R>(int64_t row) {
            if (!rowsSeeTile(a, row, R, tile)) {
                return;
            }
            float p[R][kKeyTile];
            tileLogits<R>(a, row, tile, keys, p);
            float fade[R];
            for (int r = 0; r < R; ++r) {
                fade[r] = softmaxRow(p[r], a.maximum + row + r, a.sum + row + r);
            }
            forColumnTiles(dim, [&]<int V>(int64_t d) {
                F32 acc[R][V];
                for (int r = 0; r < R; ++r) {
                    for (int v = 0; v < V; ++v) {
                        acc[r][v] =
                            mul(load(a.out + (row + r) * dim + d + 16 * v), broadcast(fade[r]));
                    }
                }
                tileMultiply(acc, p[0], kKeyTile, 1, values + d, dim, kKeyTile);
                for (int r = 0; r < R; ++r) {
                    for (int v = 0; v < V; ++v) {
                        store(a.out + (row + r) * dim + d + 16 * v, acc[r][v]);
                    }
                }
            });
        });
    }
}

void attendScores(const AttendArgs& a) {
    float* keys = a.scratch;
    for (int64_t tile = a.begin - a.begin % kKeyTile; tile < a.end; tile += kKeyTile) {
        decodeKeys(a, tile, keys);
        float weights[kKeyTile] = {};
        forRowTiles<kTileRows>(a.rows, [&]<int R>(int64_t row) {
            float p[R][kKeyTile];
            tileLogits<R>(a, row, tile, keys, p);
            for (int r = 0; r < R; ++r) {
                const F32 maximum = broadcast(a.maximum[row + r]);
                const F32 inverse = broadcast(1.0f / a.sum[row + r]);
                for (int64_t j = 0; j < kKeyTile; j += 16) {
                    const F32 weight = mul(exp(sub(load(p[r] + j), maximum)), inverse);
                    store(weights + j, add(load(weights + j), weight));
                }
            }
        });
        const int64_t first = a.begin > tile ? a.begin - tile : 0;
        for (int64_t j = first; j < kKeyTile && tile + j < a.end; ++j) {
            a.scores[tile + j] += weights[j];
        }
    }
}
