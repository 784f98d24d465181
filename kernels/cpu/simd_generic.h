// SPDX-License-Identifier: Apache-2.0
#pragma once

// Sixteen lanes in four of the compiler's own 16-byte vectors: SSE2 on x86-64, whatever the
// target has elsewhere. The other simd_<isa>.h define the same names. Included inside an unnamed
// namespace by table_<isa>.cpp; must not include anything with inline code of the std library.

typedef float Float4 __attribute__((vector_size(16)));
typedef int32_t Int4 __attribute__((vector_size(16)));

struct F32 {
    Float4 v[4];
};
struct I32 {
    Int4 v[4];
};
struct U8x64 {
    uint8_t v[64];
};

constexpr int kInt8Rows = 2;  // register tile of the int8 product: rows, times two panels
constexpr int kTileRows = 2;  // register tile of f32 products: rows,
constexpr int kTileVecs = 1;  // times vectors of sixteen columns

#define TL_SIMD inline __attribute__((always_inline))

template <typename Fn>
TL_SIMD F32 mapF32(Fn fn) {
    F32 r;
    for (int i = 0; i < 4; ++i) {
        r.v[i] = fn(i);
    }
    return r;
}

TL_SIMD F32 load(const float* p) {
    F32 r;
    __builtin_memcpy(&r, p, sizeof(r));
    return r;
}
TL_SIMD void store(float* p, F32 a) {
    __builtin_memcpy(p, &a, sizeof(a));
}
TL_SIMD F32 broadcast(float x) {
    return mapF32([&](int) { return Float4{x, x, x, x}; });
}
TL_SIMD F32 zeroF32() {
    return broadcast(0);
}
TL_SIMD F32 add(F32 a, F32 b) {
    return mapF32([&](int i) { return a.v[i] + b.v[i]; });
}
TL_SIMD F32 sub(F32 a, F32 b) {
    return mapF32([&](int i) { return a.v[i] - b.v[i]; });
}
TL_SIMD F32 mul(F32 a, F32 b) {
    return mapF32([&](int i) { return a.v[i] * b.v[i]; });
}
TL_SIMD F32 div(F32 a, F32 b) {
    return mapF32([&](int i) { return a.v[i] / b.v[i]; });
}
// a * b + c, rounded once or twice as the machine likes.
TL_SIMD F32 fma(F32 a, F32 b, F32 c) {
    return mapF32([&](int i) { return a.v[i] * b.v[i] + c.v[i]; });
}
TL_SIMD F32 max(F32 a, F32 b) {
    return mapF32([&](int i) { return a.v[i] > b.v[i] ? a.v[i] : b.v[i]; });
}
TL_SIMD F32 min(F32 a, F32 b) {
    return mapF32([&](int i) { return a.v[i] < b.v[i] ? a.v[i] : b.v[i]; });
}
// Neighbours change places: 1 0 3 2 5 4 ...
TL_SIMD F32 swapPairs(F32 a) {
    return mapF32([&](int i) { return __builtin_shufflevector(a.v[i], a.v[i], 1, 0, 3, 2); });
}
TL_SIMD F32 abs(F32 a) {
    return mapF32([&](int i) {
        return reinterpret_cast<Float4>(reinterpret_cast<Int4>(a.v[i]) & 0x7fffffff);
    });
}
TL_SIMD float reduceAdd(F32 a) {
    const Float4 s = (a.v[0] + a.v[1]) + (a.v[2] + a.v[3]);
    return (s[0] + s[1]) + (s[2] + s[3]);
}
TL_SIMD float reduceMax(F32 a) {
    float m = a.v[0][0];
    for (int i = 0; i < 16; ++i) {
        m = a.v[i / 4][i % 4] > m ? a.v[i / 4][i % 4] : m;
    }
    return m;
}

// Nearest integer, ties to even, for |a| < 2^22.
TL_SIMD F32 roundNearest(F32 a) {
    // Adding 1.5 * 2^23 leaves no fraction bits. The barrier keeps -ffast-math style folding away.
    return mapF32([&](int i) {
        Float4 shifted = a.v[i] + 12582912.0f;
        __asm__("" : "+m"(shifted));
        return shifted - 12582912.0f;
    });
}
// 1 / a to 1 ulp or so, for a >= 1.
TL_SIMD F32 reciprocal(F32 a) {
    return div(broadcast(1.0f), a);
}
// out[i] = reduceAdd(a[i]), the same for the largest.
TL_SIMD void reduceAdd4(const F32 (&a)[4], float* out) {
    for (int i = 0; i < 4; ++i) {
        out[i] = reduceAdd(a[i]);
    }
}
TL_SIMD void reduceMax4(const F32 (&a)[4], float* out) {
    for (int i = 0; i < 4; ++i) {
        out[i] = reduceMax(a[i]);
    }
}
// 2^n for whole n in [-126, 127].
TL_SIMD F32 exp2Whole(F32 n) {
    return mapF32([&](int i) {
        const Int4 bits = (__builtin_convertvector(n.v[i], Int4) + 127) << 23;
        return reinterpret_cast<Float4>(bits);
    });
}
// Lanes i where a[i] < b[i] take yes[i], the others no[i].
TL_SIMD F32 selectLess(F32 a, F32 b, F32 yes, F32 no) {
    return mapF32([&](int i) { return a.v[i] < b.v[i] ? yes.v[i] : no.v[i]; });
}
// Lanes 0..count-1 from memory, the others `fill`; none where count <= 0. Reads nothing after
// p[count - 1].
TL_SIMD F32 loadPartial(const float* p, int64_t count, float fill) {
    F32 r = broadcast(fill);
    for (int64_t i = 0; i < count && i < 16; ++i) {
        r.v[i / 4][i % 4] = p[i];
    }
    return r;
}
TL_SIMD void storePartial(float* p, F32 a, int64_t count) {
    for (int64_t i = 0; i < count && i < 16; ++i) {
        p[i] = a.v[i / 4][i % 4];
    }
}

TL_SIMD float halfToFloat(uint16_t h) {
    // Shift exponent and mantissa into place; multiplying by 2^112 mends the exponent's bias and
    // normalises denormals; infinities and NaNs are put right after.
    const uint32_t magnitude = (h & 0x7fffu) << 13;
    float f;
    __builtin_memcpy(&f, &magnitude, 4);
    f *= 5.192296858534828e33f;
    uint32_t bits;
    __builtin_memcpy(&bits, &f, 4);
    if ((h & 0x7c00u) == 0x7c00u) {
        bits |= 0x7f800000u;
    }
    bits |= (h & 0x8000u) << 16;
    __builtin_memcpy(&f, &bits, 4);
    return f;
}
// Rounds to nearest, ties to even; overflow gives infinity.
TL_SIMD uint16_t floatToHalf(float f) {
    uint32_t bits;
    __builtin_memcpy(&bits, &f, 4);
    const uint32_t sign = (bits >> 16) & 0x8000u;
    bits &= 0x7fffffffu;
    if (bits >= 0x47800000u) {  // 65536 and above, infinity, NaN
        return static_cast<uint16_t>(sign | (bits > 0x7f800000u ? 0x7e00u : 0x7c00u));
    }
    if (bits < 0x38800000u) {  // below the smallest normal half: let the FPU align and round
        float magnitude;
        __builtin_memcpy(&magnitude, &bits, 4);
        magnitude += 0.5f;
        uint32_t aligned;
        __builtin_memcpy(&aligned, &magnitude, 4);
        return static_cast<uint16_t>(sign | (aligned - 0x3f000000u));
    }
    const uint32_t odd = (bits >> 13) & 1u;
    return static_cast<uint16_t>(sign | ((bits - 0x38000000u + 0xfffu + odd) >> 13));
}
TL_SIMD F32 loadHalf(const uint16_t* p) {
    F32 r;
    for (int i = 0; i < 16; ++i) {
        r.v[i / 4][i % 4] = halfToFloat(p[i]);
    }
    return r;
}
TL_SIMD void storeHalf(uint16_t* p, F32 a) {
    for (int i = 0; i < 16; ++i) {
        p[i] = floatToHalf(a.v[i / 4][i % 4]);
    }
}
TL_SIMD I32 roundToInt(F32 a) {
    const F32 whole = roundNearest(a);
    I32 r;
    for (int i = 0; i < 4; ++i) {
        r.v[i] = __builtin_convertvector(whole.v[i], Int4);
    }
    return r;
}
// REQUIRES: in [-128, 127]
TL_SIMD void storeInt8(int8_t* p, I32 a) {
    for (int i = 0; i < 16; ++i) {
        p[i] = static_cast<int8_t>(a.v[i / 4][i % 4]);
    }
}

TL_SIMD I32 broadcastInt(int32_t x) {
    I32 r;
    for (int i = 0; i < 4; ++i) {
        r.v[i] = Int4{x, x, x, x};
    }
    return r;
}
TL_SIMD I32 addInt(I32 a, I32 b) {
    for (int i = 0; i < 4; ++i) {
        a.v[i] += b.v[i];
    }
    return a;
}
TL_SIMD F32 toFloat(I32 a) {
    return mapF32([&](int i) { return __builtin_convertvector(a.v[i], Float4); });
}
// scale * n for a sum n that began at kSumBias, rounded once.
// Where fma() rounds once, kSumBias is the bits of 1.5 * 2^23: a whole number below 2^22 on top of
// them is the float 1.5 * 2^23 + n, and with minusBias = -1.5 * 2^23 * scale, itself exact, the
// conversion and the product are one operation.
constexpr int32_t kSumBias = 0;
TL_SIMD F32 scaledSum(I32 biased, float scale, float minusBias) {
    (void)minusBias;
    return mul(toFloat(biased), broadcast(scale));
}
TL_SIMD U8x64 loadBytes(const uint8_t* p) {
    U8x64 r;
    __builtin_memcpy(&r, p, 64);
    return r;
}
TL_SIMD void storeBytes(uint8_t* p, U8x64 a) {
    __builtin_memcpy(p, &a, 64);
}
TL_SIMD U8x64 lowNibbles(U8x64 a) {
    for (uint8_t& b : a.v) {
        b = static_cast<uint8_t>(b & 15);
    }
    return a;
}
TL_SIMD U8x64 highNibbles(U8x64 a) {
    for (uint8_t& b : a.v) {
        b = static_cast<uint8_t>(b >> 4);
    }
    return a;
}
// Byte t of each group of four: lane i is a[4 i + t].
TL_SIMD I32 byteOf(U8x64 a, int t) {
    I32 r;
    for (int i = 0; i < 16; ++i) {
        r.v[i / 4][i % 4] = a.v[4 * i + t];
    }
    return r;
}
TL_SIMD I32 signedByteOf(U8x64 a, int t) {
    I32 r;
    for (int i = 0; i < 16; ++i) {
        r.v[i / 4][i % 4] = static_cast<int8_t>(a.v[4 * i + t]);
    }
    return r;
}
TL_SIMD F32 loadBfloat(const uint16_t* p) {
    F32 r;
    for (int i = 0; i < 16; ++i) {
        const uint32_t bits = static_cast<uint32_t>(p[i]) << 16;
        float f;
        __builtin_memcpy(&f, &bits, 4);
        r.v[i / 4][i % 4] = f;
    }
    return r;
}
// acc[i] += sum over t < 4 of w[4 i + t] * x[t]: unsigned weights, four signed activations.
TL_SIMD I32 dot4(I32 acc, U8x64 w, const int8_t* x) {
    for (int i = 0; i < 16; ++i) {
        int32_t sum = 0;
        for (int t = 0; t < 4; ++t) {
            sum += static_cast<int32_t>(w.v[4 * i + t]) * x[t];
        }
        acc.v[i / 4][i % 4] += sum;
    }
    return acc;
}
// The same where every weight is below 16.
TL_SIMD I32 dot4Nibbles(I32 acc, U8x64 w, const int8_t* x) {
    return dot4(acc, w, x);
}

// to[c * toStride + r] = from[r * fromStride + c] for a tile of 16 x 16; rows from `rows` on are 0.
TL_SIMD void transposeTile(
    const float* from, int64_t fromStride, int64_t rows, float* to, int64_t toStride) {
    for (int64_t c = 0; c < 16; ++c) {
        for (int64_t r = 0; r < 16; ++r) {
            to[c * toStride + r] = r < rows ? from[r * fromStride + c] : 0.0f;
        }
    }
}
