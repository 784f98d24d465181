// SPDX-License-Identifier: Apache-2.0
#pragma once

// Sixteen lanes in four registers of 64-bit ARM (with the dot product of ARMv8.2). Names as in
// simd_generic.h.

struct F32 {
    float32x4_t v[4];
};
struct I32 {
    int32x4_t v[4];
};
struct U8x64 {
    uint8x16_t v[4];
};

// Tiles that fit into 32 registers: two rows of integer sums are 16 of them beside 8 of weights,
// six rows of f32 sums are 24 beside 4.
constexpr int kInt8Rows = 2;  // register tile of the int8 product: rows, times two panels
constexpr int kTileRows = 6;  // register tile of f32 products: rows,
constexpr int kTileVecs = 1;  // times vectors of sixteen columns

#define TL_SIMD inline __attribute__((always_inline))

template <typename Fn>
TL_SIMD F32 mapF32(Fn fn) {
    return {{fn(0), fn(1), fn(2), fn(3)}};
}
template <typename Fn>
TL_SIMD I32 mapI32(Fn fn) {
    return {{fn(0), fn(1), fn(2), fn(3)}};
}
template <typename Fn>
TL_SIMD U8x64 mapU8(Fn fn) {
    return {{fn(0), fn(1), fn(2), fn(3)}};
}

TL_SIMD F32 load(const float* p) {
    return mapF32([&](int i) { return vld1q_f32(p + 4 * i); });
}
TL_SIMD void store(float* p, F32 a) {
    for (int i = 0; i < 4; ++i) {
        vst1q_f32(p + 4 * i, a.v[i]);
    }
}
TL_SIMD F32 broadcast(float x) {
    return mapF32([&](int) { return vdupq_n_f32(x); });
}
TL_SIMD F32 zeroF32() {
    return broadcast(0);
}
TL_SIMD F32 add(F32 a, F32 b) {
    return mapF32([&](int i) { return vaddq_f32(a.v[i], b.v[i]); });
}
TL_SIMD F32 sub(F32 a, F32 b) {
    return mapF32([&](int i) { return vsubq_f32(a.v[i], b.v[i]); });
}
TL_SIMD F32 mul(F32 a, F32 b) {
    return mapF32([&](int i) { return vmulq_f32(a.v[i], b.v[i]); });
}
TL_SIMD F32 div(F32 a, F32 b) {
    return mapF32([&](int i) { return vdivq_f32(a.v[i], b.v[i]); });
}
TL_SIMD F32 fma(F32 a, F32 b, F32 c) {
    return mapF32([&](int i) { return vfmaq_f32(c.v[i], a.v[i], b.v[i]); });
}
TL_SIMD F32 max(F32 a, F32 b) {
    return mapF32([&](int i) { return vmaxq_f32(a.v[i], b.v[i]); });
}
TL_SIMD F32 min(F32 a, F32 b) {
    return mapF32([&](int i) { return vminq_f32(a.v[i], b.v[i]); });
}
TL_SIMD F32 swapPairs(F32 a) {
    return mapF32([&](int i) { return vrev64q_f32(a.v[i]); });
}
TL_SIMD F32 abs(F32 a) {
    return mapF32([&](int i) { return vabsq_f32(a.v[i]); });
}
TL_SIMD float reduceAdd(F32 a) {
    return vaddvq_f32(vaddq_f32(vaddq_f32(a.v[0], a.v[1]), vaddq_f32(a.v[2], a.v[3])));
}
TL_SIMD float reduceMax(F32 a) {
    return vmaxvq_f32(vmaxq_f32(vmaxq_f32(a.v[0], a.v[1]), vmaxq_f32(a.v[2], a.v[3])));
}
TL_SIMD F32 reciprocal(F32 a) {
    return div(broadcast(1.0f), a);
}
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
TL_SIMD F32 roundNearest(F32 a) {
    return mapF32([&](int i) { return vrndnq_f32(a.v[i]); });
}
TL_SIMD F32 exp2Whole(F32 n) {
    return mapF32([&](int i) {
        const int32x4_t biased = vaddq_s32(vcvtq_s32_f32(n.v[i]), vdupq_n_s32(127));
        return vreinterpretq_f32_s32(vshlq_n_s32(biased, 23));
    });
}
TL_SIMD F32 selectLess(F32 a, F32 b, F32 yes, F32 no) {
    return mapF32([&](int i) { return vbslq_f32(vcltq_f32(a.v[i], b.v[i]), yes.v[i], no.v[i]); });
}
TL_SIMD F32 loadPartial(const float* p, int64_t count, float fill) {
    float lanes[16];
    for (int i = 0; i < 16; ++i) {
        lanes[i] = i < count ? p[i] : fill;
    }
    return load(lanes);
}
TL_SIMD void storePartial(float* p, F32 a, int64_t count) {
    float lanes[16];
    store(lanes, a);
    for (int64_t i = 0; i < count && i < 16; ++i) {
        p[i] = lanes[i];
    }
}
TL_SIMD F32 loadHalf(const uint16_t* p) {
    return mapF32([&](int i) { return vcvt_f32_f16(vreinterpret_f16_u16(vld1_u16(p + 4 * i))); });
}
TL_SIMD void storeHalf(uint16_t* p, F32 a) {
    for (int i = 0; i < 4; ++i) {
        vst1_u16(p + 4 * i, vreinterpret_u16_f16(vcvt_f16_f32(a.v[i])));
    }
}
TL_SIMD F32 loadBfloat(const uint16_t* p) {
    return mapF32([&](int i) {
        return vreinterpretq_f32_u32(vshlq_n_u32(vmovl_u16(vld1_u16(p + 4 * i)), 16));
    });
}
TL_SIMD I32 roundToInt(F32 a) {
    return mapI32([&](int i) { return vcvtnq_s32_f32(a.v[i]); });
}
// REQUIRES: in [-128, 127]
TL_SIMD void storeInt8(int8_t* p, I32 a) {
    const int16x8_t low = vcombine_s16(vmovn_s32(a.v[0]), vmovn_s32(a.v[1]));
    const int16x8_t high = vcombine_s16(vmovn_s32(a.v[2]), vmovn_s32(a.v[3]));
    vst1q_s8(p, vcombine_s8(vmovn_s16(low), vmovn_s16(high)));
}

TL_SIMD I32 broadcastInt(int32_t x) {
    return mapI32([&](int) { return vdupq_n_s32(x); });
}
TL_SIMD I32 addInt(I32 a, I32 b) {
    return mapI32([&](int i) { return vaddq_s32(a.v[i], b.v[i]); });
}
constexpr int32_t kSumBias = 0x4b400000;
TL_SIMD F32 scaledSum(I32 biased, float scale, float minusBias) {
    return fma(mapF32([&](int i) { return vreinterpretq_f32_s32(biased.v[i]); }),
               broadcast(scale),
               broadcast(minusBias));
}
TL_SIMD F32 toFloat(I32 a) {
    return mapF32([&](int i) { return vcvtq_f32_s32(a.v[i]); });
}
TL_SIMD U8x64 loadBytes(const uint8_t* p) {
    return mapU8([&](int i) { return vld1q_u8(p + 16 * i); });
}
TL_SIMD void storeBytes(uint8_t* p, U8x64 a) {
    for (int i = 0; i < 4; ++i) {
        vst1q_u8(p + 16 * i, a.v[i]);
    }
}
TL_SIMD U8x64 lowNibbles(U8x64 a) {
    return mapU8([&](int i) { return vandq_u8(a.v[i], vdupq_n_u8(15)); });
}
TL_SIMD U8x64 highNibbles(U8x64 a) {
    return mapU8([&](int i) { return vshrq_n_u8(a.v[i], 4); });
}
TL_SIMD I32 byteOf(U8x64 a, int t) {
    const int32x4_t right = vdupq_n_s32(-8 * t);  // a negative shift goes right
    return mapI32([&](int i) {
        const uint32x4_t shifted = vshlq_u32(vreinterpretq_u32_u8(a.v[i]), right);
        return vreinterpretq_s32_u32(vandq_u32(shifted, vdupq_n_u32(255)));
    });
}
TL_SIMD I32 signedByteOf(U8x64 a, int t) {
    const int32x4_t up = vdupq_n_s32(24 - 8 * t);
    return mapI32(
        [&](int i) { return vshrq_n_s32(vshlq_s32(vreinterpretq_s32_u8(a.v[i]), up), 24); });
}
TL_SIMD int8x16_t broadcastFour(const int8_t* x) {
    int32_t four;
    __builtin_memcpy(&four, x, 4);
    return vreinterpretq_s8_s32(vdupq_n_s32(four));
}
// Nibbles are the same signed or unsigned.
TL_SIMD I32 dot4Nibbles(I32 acc, U8x64 w, const int8_t* x) {
    const int8x16_t four = broadcastFour(x);
    return mapI32([&](int i) { return vdotq_s32(acc.v[i], vreinterpretq_s8_u8(w.v[i]), four); });
}
// The instruction wants both signed: w - 128 is w with its upper bit flipped, and 128 times the sum
// of the activations is made up for by two products with 64.
TL_SIMD I32 dot4(I32 acc, U8x64 w, const int8_t* x) {
    const int8x16_t four = broadcastFour(x);
    const int8x16_t half = vdupq_n_s8(64);
    const int32x4_t surplus = vdotq_s32(vdotq_s32(vdupq_n_s32(0), half, four), half, four);
    return mapI32([&](int i) {
        const int8x16_t shifted = vreinterpretq_s8_u8(veorq_u8(w.v[i], vdupq_n_u8(0x80)));
        return vdotq_s32(vaddq_s32(acc.v[i], surplus), shifted, four);
    });
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
