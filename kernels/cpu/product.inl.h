// SPDX-License-Identifier: Apache-2.0
#pragma once

// Quantised matrix products.
//
// A block of 32 columns is summed in 32-bit integers (four columns a lane and instruction), then
// scaled into f32: out += weight scale * (activation scale * integer sum). Weights stand unsigned,
// as q + 8 or q + 128; the surplus, offset * sum of the activations, is where the integer sum
// starts from. The order of additions in one output never depends on how many rows or threads there
// are, and int8Vector adds in the same order as int8Product, so both give the same bits.

TL_SIMD void writeVector(const ProductOut& to, float* at, F32 value, int64_t columns) {
    F32 result = mul(value, broadcast(to.alpha));
    if (columns >= 16) {
        if (to.mode == Epilogue::kAdd) {
            result = add(result, load(at));
        }
        store(at, result);
        return;
    }
    if (columns <= 0) {
        return;
    }
    if (to.mode == Epilogue::kAdd) {
        result = add(result, loadPartial(at, columns, 0));
    }
    storePartial(at, result, columns);
}

// `first` and `second` are the two panels' sums of one row.
TL_SIMD void writePair(const ProductOut& to, int64_t row, F32 first, F32 second) {
    float* at = to.out + row * to.stride;
    if (to.mode == Epilogue::kSwiGlu) {
        writeVector(to, at, mul(silu(first), second), to.columns);
        return;
    }
    writeVector(to, at, first, to.columns);
    writeVector(to, at + 16, second, to.columns - 16);
}

template <PanelKind kKind>
TL_SIMD I32 dotGroup(I32 acc, U8x64 w, const int8_t* x) {
    if constexpr (kKind == PanelKind::kNibble || kKind == PanelKind::kNibbleMin) {
        return dot4Nibbles(acc, w, x);
    } else {
        return dot4(acc, w, x);
    }
}

// Where the integer sum of a block, or of one half of it, starts: minus offset * (sum of its
// activations), and the bias that scaledSum() takes away again.
template <PanelKind kKind>
TL_SIMD I32 startSum(const BlockScale& s, int part) {
    if constexpr (kKind == PanelKind::kNibble) {
        return broadcastInt(s.biasedStart);
    } else if constexpr (kKind == PanelKind::kByte) {
        return broadcastInt(kSumBias + 16 * s.minus8Sum);
    } else if constexpr (kKind == PanelKind::kByteHalf) {
        const int32_t half = part == 0 ? s.minus8Sum - s.minus8SumHigh : s.minus8SumHigh;
        return broadcastInt(kSumBias + 16 * half);
    } else {
        return broadcastInt(kSumBias);
    }
}

// Adds block `b` of R rows times two panels to acc.
template <PanelKind kKind, int R>
TL_SIMD void int8Block(F32 (&acc)[R][2], const Int8ProductArgs& a, int64_t row, int64_t b) {
    constexpr bool kHalves = kKind == PanelKind::kByteHalf;
    constexpr bool kMins = kKind == PanelKind::kNibbleMin || kKind == PanelKind::kByteMin;
    constexpr int kParts = kHalves ? 2 : 1;
    constexpr int kGroups = 8 / kParts;  // of four columns
    const int64_t blocks = a.columns / kQuantBlock;
    const BlockScale* scales = a.scales + row * blocks + b;
    const int8_t* x = a.x + row * a.columns + b * kQuantBlock;

#pragma GCC unroll 2
    for (int part = 0; part < kParts; ++part) {
        I32 sums[R][2];
#pragma GCC unroll 8
        for (int r = 0; r < R; ++r) {
            sums[r][0] = sums[r][1] = startSum<kKind>(scales[r * blocks], part);
        }
#pragma GCC unroll 8
        for (int g = 0; g < kGroups; ++g) {
            const int64_t at = (b * 8 + part * kGroups + g) * 64;
            const U8x64 w0 = loadBytes(a.panels[0].bytes + at);
            const U8x64 w1 = loadBytes(a.panels[1].bytes + at);
#pragma GCC unroll 8
            for (int r = 0; r < R; ++r) {
                const int8_t* four = x + r * a.columns + 4 * (part * kGroups + g);
                sums[r][0] = dotGroup<kKind>(sums[r][0], w0, four);
                sums[r][1] = dotGroup<kKind>(sums[r][1], w1, four);
            }
        }
        const int64_t scaleAt = (b * kParts + part) * 16;
        const F32 s0 = load(a.panels[0].scales + scaleAt);
        const F32 s1 = load(a.panels[1].scales + scaleAt);
#pragma GCC unroll 8
        for (int r = 0; r < R; ++r) {
            const BlockScale& s = scales[r * blocks];
            acc[r][0] = fma(s0, scaledSum(sums[r][0], s.scale, s.minusBias), acc[r][0]);
            acc[r][1] = fma(s1, scaledSum(sums[r][1], s.scale, s.minusBias), acc[r][1]);
        }
    }
    if constexpr (kMins) {
        const F32 m0 = load(a.panels[0].mins + b * 16);
        const F32 m1 = load(a.panels[1].mins + b * 16);
#pragma GCC unroll 8
        for (int r = 0; r < R; ++r) {
            const F32 s = broadcast(scales[r * blocks].scaledSum);
            acc[r][0] = fma(m0, s, acc[r][0]);
            acc[r][1] = fma(m1, s, acc[r][1]);
        }
    }
}

template <PanelKind kKind>
void int8ProductOf(const Int8ProductArgs& a) {
    const int64_t blocks = a.columns / kQuantBlock;
    forRowTiles<kInt8Rows>(a.rows, [&]<int R>(int64_t row) {
        F32 acc[R][2];
        for (int r = 0; r < R; ++r) {
            acc[r][0] = acc[r][1] = zeroF32();
        }
        for (int64_t b = 0; b < blocks; ++b) {
            int8Block<kKind, R>(acc, a, row, b);
        }
        for (int r = 0; r < R; ++r) {
            writePair(a.out, row + r, acc[r][0], acc[r][1]);
        }
    });
}

// Runs fn.operator()<kKind>() for a quantised kind.
template <typename Fn>
TL_SIMD void withKind(PanelKind kind, Fn fn) {
    switch (kind) {
        case PanelKind::kNibble:
            return fn.template operator()<PanelKind::kNibble>();
        case PanelKind::kNibbleMin:
            return fn.template operator()<PanelKind::kNibbleMin>();
        case PanelKind::kByte:
            return fn.template operator()<PanelKind::kByte>();
        case PanelKind::kByteMin:
            return fn.template operator()<PanelKind::kByteMin>();
        case PanelKind::kByteHalf:
            return fn.template operator()<PanelKind::kByteHalf>();
        default:
            return;
    }
}

void int8Product(const Int8ProductArgs& args) {
    withKind(args.kind, [&]<PanelKind kKind>() { int8ProductOf<kKind>(args); });
}

constexpr bool isNibbleKind(PanelKind kind) {
    return kind == PanelKind::kNibble || kind == PanelKind::kNibbleMin;
}

TL_SIMD F32 loadScales(PanelKind kind, const void* scales, int64_t at) {
    if (kind == PanelKind::kNibble) {
        return loadHalf(static_cast<const uint16_t*>(scales) + at);
    }
    return load(static_cast<const float*>(scales) + at);
}

// Integer sum of groups [0, kGroups) of a packed block from column `first` on.
template <PanelKind kKind, int kGroups>
TL_SIMD I32 packedBlockSum(const uint8_t* bytes, const int8_t* x, int first, I32 sum) {
    if constexpr (isNibbleKind(kKind)) {
        // Byte vector v holds columns 4 v .. 4 v + 3 low and 16 columns further high.
        I32 high = broadcastInt(0);
        U8x64 packed[4];
#pragma GCC unroll 4
        for (int v = 0; v < 4; ++v) {
            packed[v] = loadBytes(bytes + 64 * v);
        }
#pragma GCC unroll 4
        for (int v = 0; v < 4; ++v) {
            sum = dotGroup<kKind>(sum, lowNibbles(packed[v]), x + 4 * v);
            high = dotGroup<kKind>(high, highNibbles(packed[v]), x + 16 + 4 * v);
        }
        return addInt(sum, high);
    } else {
#pragma GCC unroll 8
        for (int g = 0; g < kGroups; ++g) {
            sum = dotGroup<kKind>(sum, loadBytes(bytes + 64 * (first + g)), x + 4 * (first + g));
        }
        return sum;
    }
}

template <PanelKind kKind>
TL_SIMD F32 int8VectorPanel(const Int8VectorArgs& a, int panel) {
    constexpr bool kHalves = kKind == PanelKind::kByteHalf;
    constexpr int kParts = kHalves ? 2 : 1;
    constexpr int64_t kBlockBytes = isNibbleKind(kKind) ? 256 : 512;
    F32 acc = zeroF32();
    const int64_t blocks = a.columns / kQuantBlock;
    for (int64_t b = 0; b < blocks; ++b) {
        const uint8_t* bytes = a.bytes[panel] + b * kBlockBytes;
        // Far enough ahead to hide memory's latency, near enough to stay in L1.
        __builtin_prefetch(bytes + 2048);
        __builtin_prefetch(bytes + 2048 + 64);
        __builtin_prefetch(bytes + 2048 + 128);
        __builtin_prefetch(bytes + 2048 + 192);
        const BlockScale& scale = a.blockScales[b];
        const int8_t* x = a.x + b * kQuantBlock;
#pragma GCC unroll 2
        for (int part = 0; part < kParts; ++part) {
            const I32 sum =
                packedBlockSum<kKind, 8 / kParts>(bytes, x, part * 4, startSum<kKind>(scale, part));
            const F32 s = loadScales(kKind, a.scales[panel], (b * kParts + part) * 16);
            acc = fma(s, scaledSum(sum, scale.scale, scale.minusBias), acc);
        }
        if constexpr (kKind == PanelKind::kNibbleMin || kKind == PanelKind::kByteMin) {
            acc = fma(load(a.mins[panel] + b * 16), broadcast(scale.scaledSum), acc);
        }
    }
    return acc;
}

void int8Vector(const Int8VectorArgs& args) {
    withKind(args.kind, [&]<PanelKind kKind>() {
        const F32 first = int8VectorPanel<kKind>(args, 0);
        const F32 second = args.bytes[1] != nullptr ? int8VectorPanel<kKind>(args, 1) : zeroF32();
        writePair(args.out, 0, first, second);
    });
}

void widenNibbles(const uint8_t* packed,
                  const uint16_t* scales,
                  int64_t blocks,
                  uint8_t* bytes,
                  float* outScales) {
    for (int64_t b = 0; b < blocks; ++b) {
        for (int v = 0; v < 4; ++v) {
            const U8x64 both = loadBytes(packed + b * 256 + 64 * v);
            storeBytes(bytes + b * 512 + 64 * v, lowNibbles(both));
            storeBytes(bytes + b * 512 + 64 * (v + 4), highNibbles(both));
        }
        if (scales != nullptr) {
            store(outScales + b * 16, loadHalf(scales + b * 16));
        }
    }
}

void decodeBytes(PanelKind kind, const BytePanel& panel, int64_t columns, float* out) {
    const bool hasMin = kind == PanelKind::kNibbleMin || kind == PanelKind::kByteMin;
    const float offset = hasMin ? 0.0f : (kind == PanelKind::kNibble ? 8.0f : 128.0f);
    for (int64_t k = 0; k < columns; k += 4) {
        const int64_t scaleBlock = kind == PanelKind::kByteHalf ? k / 16 : k / 32;
        const F32 scale = load(panel.scales + scaleBlock * 16);
        const F32 start = hasMin ? load(panel.mins + scaleBlock * 16) : zeroF32();
        const U8x64 four = loadBytes(panel.bytes + k * 16);
        for (int t = 0; t < 4; ++t) {
            const F32 q = sub(toFloat(byteOf(four, t)), broadcast(offset));
            store(out + (k + t) * 32, fma(q, scale, start));
        }
    }
}

void decodeFloats(PanelKind kind, const void* panel, int64_t columns, float* out) {
    const auto* floats = static_cast<const float*>(panel);
    const auto* halves = static_cast<const uint16_t*>(panel);
    for (int64_t k = 0; k < columns; ++k) {
        F32 w;
        if (kind == PanelKind::kF32) {
            w = load(floats + k * 16);
        } else {
            w = kind == PanelKind::kF16 ? loadHalf(halves + k * 16) : loadBfloat(halves + k * 16);
        }
        store(out + k * 32, w);
    }
}

void f32Product(const F32ProductArgs& a) {
    forRowTiles<kTileRows>(a.rows, [&]<int R>(int64_t row) {
        F32 acc[R][2];
        for (int r = 0; r < R; ++r) {
            acc[r][0] = acc[r][1] = zeroF32();
        }
        tileMultiply(acc, a.x + row * a.xStride, a.xStride, 1, a.panels, 32, a.depth);
        for (int r = 0; r < R; ++r) {
            writePair(a.out, row + r, acc[r][0], acc[r][1]);
        }
    });
}
