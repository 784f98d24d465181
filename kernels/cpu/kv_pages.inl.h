// SPDX-License-Identifier: Apache-2.0
#pragma once

// Keys and values in pages: written a position at a time, decoded a tile of 64 positions at a time.
// How they lie is said in page_layout.h.

TL_SIMD float largestMagnitude(const float* x, int64_t size) {
    F32 largest = zeroF32();
    for (int64_t i = 0; i < size; i += 16) {
        largest = max(largest, abs(load(x + i)));
    }
    return reduceMax(largest);
}

// round(x / scale) of sixteen values.
TL_SIMD void toInt8(const float* x, float scale, int8_t* q) {
    const F32 inverse = broadcast(scale > 0 ? 1.0f / scale : 0.0f);
    storeInt8(q, roundToInt(mul(load(x), inverse)));
}

TL_SIMD void appendInt8(const KvAppendArgs& a,
                        const PageParts& page,
                        int64_t head,
                        int64_t at,
                        const float* key,
                        const float* value) {
    const int64_t dim = a.kv.headDim;
    const int64_t row = head * kKvPagePositions + at;
    page.keyScales[row] = largestMagnitude(key, dim) / 127.0f;
    page.valueScales[row] = largestMagnitude(value, dim) / 127.0f;
    uint8_t* keys = static_cast<uint8_t*>(page.keys) + (row - row % kKeyBlock) * dim;
    int8_t* values = static_cast<int8_t*>(page.values) + (row - row % kValueBlock) * dim;
    int8_t q[16];
    for (int64_t d = 0; d < dim; d += 16) {
        toInt8(key + d, page.keyScales[row], q);
        for (int64_t i = 0; i < 16; ++i) {
            // Four dimensions of a position side by side, sixteen positions a vector: one dot
            // product of bytes is four dimensions of sixteen logits.
            const int64_t group = (d + i) / 4 * kKeyBlock + row % kKeyBlock;
            keys[4 * group + i % 4] = static_cast<uint8_t>(q[i] + kKeyOffset);
        }
        toInt8(value + d, page.valueScales[row], q);
        for (int64_t i = 0; i < 16; ++i) {
            values[4 * (d + i) + row % 4] = q[i];
        }
    }
}

TL_SIMD void appendHalf(const KvAppendArgs& a,
                        const PageParts& page,
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
    const PageParts& page = pageOf(a.kv, position);
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
    const PageParts& page = pageOf(a.kv, tile);
    const int64_t dim = a.kv.headDim;
    const int64_t row = a.kvHead * kKvPagePositions + tile % kKvPagePositions;
    for (int64_t b = 0; b < kKeyTile; b += kKeyBlock) {
        if (a.kv.type == KvType::kInt8) {
            const uint8_t* block = static_cast<const uint8_t*>(page.keys) + (row + b) * dim;
            const F32 scale = load(page.keyScales + row + b);
            for (int64_t d = 0; d < dim; d += 4) {
                const U8x64 four = loadBytes(block + d * kKeyBlock);
                for (int t = 0; t < 4; ++t) {
                    const F32 q = sub(toFloat(byteOf(four, t)), broadcast(kKeyOffset));
                    store(keys + (d + t) * kKeyTile + b, mul(q, scale));
                }
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
    const PageParts& page = pageOf(a.kv, tile);
    const int64_t dim = a.kv.headDim;
    const int64_t row = a.kvHead * kKvPagePositions + tile % kKvPagePositions;
    if (a.kv.type == KvType::kF16) {
        const uint16_t* from = static_cast<const uint16_t*>(page.values) + row * dim;
        for (int64_t i = 0; i < kKeyTile * dim; i += 16) {
            store(values + i, loadHalf(from + i));
        }
        return;
    }
    for (int64_t j = 0; j < kKeyTile; j += 4) {
        const uint8_t* block = static_cast<const uint8_t*>(page.values) + (row + j) * dim;
        for (int64_t d = 0; d < dim; d += 16) {
            const U8x64 four = loadBytes(block + 4 * d);
            for (int t = 0; t < 4; ++t) {
                const F32 scale = broadcast(page.valueScales[row + j + t]);
                const F32 q = toFloat(signedByteOf(four, t));
                store(values + (j + t) * dim + d, mul(q, scale));
            }
        }
    }
}
