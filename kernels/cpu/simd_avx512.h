// SPDX-License-Identifier: Apache-2.0
#pragma once

// Sixteen lanes in one AVX-512 register (F, BW, VL, DQ, VNNI). Names as in simd_generic.h.

struct F32 {
    __m512 v;
};
struct I32 {
    __m512i v;
};
struct U8x64 {
    __m512i v;
};

constexpr int kInt8Rows = 6;  // register tile of the int8 product: rows, times two panels
constexpr int kTileRows = 6;  // register tile of f32 products: rows,
constexpr int kTileVecs = 4;  // times vectors of sixteen columns

#define TL_SIMD inline __attribute__((always_inline))

TL_SIMD F32 load(const float* p) {
    return {_mm512_loadu_ps(p)};
}
TL_SIMD void store(float* p, F32 a) {
    _mm512_storeu_ps(p, a.v);
}
TL_SIMD F32 broadcast(float x) {
    return {_mm512_set1_ps(x)};
}
TL_SIMD F32 zeroF32() {
    return {_mm512_setzero_ps()};
}
TL_SIMD F32 add(F32 a, F32 b) {
    return {_mm512_add_ps(a.v, b.v)};
}
TL_SIMD F32 sub(F32 a, F32 b) {
    return {_mm512_sub_ps(a.v, b.v)};
}
TL_SIMD F32 mul(F32 a, F32 b) {
    return {_mm512_mul_ps(a.v, b.v)};
}
TL_SIMD F32 fma(F32 a, F32 b, F32 c) {
    return {_mm512_fmadd_ps(a.v, b.v, c.v)};
}
TL_SIMD F32 max(F32 a, F32 b) {
    return {_mm512_max_ps(a.v, b.v)};
}
TL_SIMD F32 min(F32 a, F32 b) {
    return {_mm512_min_ps(a.v, b.v)};
}
TL_SIMD F32 swapPairs(F32 a) {
    return {_mm512_permute_ps(a.v, 0xB1)};
}
TL_SIMD F32 abs(F32 a) {
    return {_mm512_abs_ps(a.v)};
}
TL_SIMD float reduceAdd(F32 a) {
    return _mm512_reduce_add_ps(a.v);
}
TL_SIMD float reduceMax(F32 a) {
    return _mm512_reduce_max_ps(a.v);
}
// The estimate is good to 14 bits; one step of Newton's method doubles them.
TL_SIMD F32 reciprocal(F32 a) {
    const __m512 estimate = _mm512_rcp14_ps(a.v);
    const __m512 error = _mm512_fnmadd_ps(a.v, estimate, _mm512_set1_ps(1.0f));
    return {_mm512_fmadd_ps(error, estimate, estimate)};
}
struct LaneSum {
    TL_SIMD static __m512 of(__m512 a, __m512 b) { return _mm512_add_ps(a, b); }
    TL_SIMD static __m256 of(__m256 a, __m256 b) { return _mm256_add_ps(a, b); }
    TL_SIMD static __m128 of(__m128 a, __m128 b) { return _mm_add_ps(a, b); }
};
struct LaneMax {
    TL_SIMD static __m512 of(__m512 a, __m512 b) { return _mm512_max_ps(a, b); }
    TL_SIMD static __m256 of(__m256 a, __m256 b) { return _mm256_max_ps(a, b); }
    TL_SIMD static __m128 of(__m128 a, __m128 b) { return _mm_max_ps(a, b); }
};
// Four trees share their shuffles.
template <typename Op>
TL_SIMD void reduce4(const F32 (&a)[4], float* out) {
    const __m512 ab =
        Op::of(_mm512_unpacklo_ps(a[0].v, a[1].v), _mm512_unpackhi_ps(a[0].v, a[1].v));
    const __m512 cd =
        Op::of(_mm512_unpacklo_ps(a[2].v, a[3].v), _mm512_unpackhi_ps(a[2].v, a[3].v));
    const __m512 abcd = Op::of(_mm512_shuffle_ps(ab, cd, 0x44), _mm512_shuffle_ps(ab, cd, 0xee));
    const __m256 half = Op::of(_mm512_castps512_ps256(abcd), _mm512_extractf32x8_ps(abcd, 1));
    _mm_storeu_ps(out, Op::of(_mm256_castps256_ps128(half), _mm256_extractf128_ps(half, 1)));
}
TL_SIMD void reduceAdd4(const F32 (&a)[4], float* out) {
    reduce4<LaneSum>(a, out);
}
TL_SIMD void reduceMax4(const F32 (&a)[4], float* out) {
    reduce4<LaneMax>(a, out);
}
TL_SIMD F32 roundNearest(F32 a) {
    return {_mm512_roundscale_ps(a.v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC)};
}
TL_SIMD F32 exp2Whole(F32 n) {
    return {_mm512_scalef_ps(_mm512_set1_ps(1.0f), n.v)};
}
TL_SIMD F32 selectLess(F32 a, F32 b, F32 yes, F32 no) {
    return {_mm512_mask_blend_ps(_mm512_cmp_ps_mask(a.v, b.v, _CMP_LT_OQ), no.v, yes.v)};
}
TL_SIMD __mmask16 firstLanes(int64_t count) {
    if (count <= 0) {
        return 0;
    }
    return static_cast<__mmask16>(count >= 16 ? 0xffffu : (1u << count) - 1u);
}
TL_SIMD F32 loadPartial(const float* p, int64_t count, float fill) {
    return {_mm512_mask_loadu_ps(_mm512_set1_ps(fill), firstLanes(count), p)};
}
TL_SIMD void storePartial(float* p, F32 a, int64_t count) {
    _mm512_mask_storeu_ps(p, firstLanes(count), a.v);
}
TL_SIMD F32 loadHalf(const uint16_t* p) {
    return {_mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)))};
}
TL_SIMD void storeHalf(uint16_t* p, F32 a) {
    const __m256i h = _mm512_cvtps_ph(a.v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(p), h);
}
TL_SIMD I32 roundToInt(F32 a) {
    return {_mm512_cvtps_epi32(a.v)};
}
// REQUIRES: in [-128, 127]
TL_SIMD void storeInt8(int8_t* p, I32 a) {
    _mm_storeu_si128(reinterpret_cast<__m128i*>(p), _mm512_cvtepi32_epi8(a.v));
}

TL_SIMD I32 broadcastInt(int32_t x) {
    return {_mm512_set1_epi32(x)};
}
TL_SIMD I32 addInt(I32 a, I32 b) {
    return {_mm512_add_epi32(a.v, b.v)};
}
TL_SIMD F32 toFloat(I32 a) {
    return {_mm512_cvtepi32_ps(a.v)};
}
constexpr int32_t kSumBias = 0x4b400000;
TL_SIMD F32 scaledSum(I32 biased, float scale, float minusBias) {
    return fma({_mm512_castsi512_ps(biased.v)}, broadcast(scale), broadcast(minusBias));
}
TL_SIMD U8x64 loadBytes(const uint8_t* p) {
    return {_mm512_loadu_si512(p)};
}
TL_SIMD void storeBytes(uint8_t* p, U8x64 a) {
    _mm512_storeu_si512(p, a.v);
}
TL_SIMD U8x64 lowNibbles(U8x64 a) {
    return {_mm512_and_si512(a.v, _mm512_set1_epi8(15))};
}
TL_SIMD U8x64 highNibbles(U8x64 a) {
    return {_mm512_and_si512(_mm512_srli_epi16(a.v, 4), _mm512_set1_epi8(15))};
}
TL_SIMD I32 byteOf(U8x64 a, int t) {
    const __m128i shift = _mm_cvtsi32_si128(8 * t);
    return {_mm512_and_si512(_mm512_srl_epi32(a.v, shift), _mm512_set1_epi32(255))};
}
TL_SIMD I32 signedByteOf(U8x64 a, int t) {
    const __m128i up = _mm_cvtsi32_si128(24 - 8 * t);
    return {_mm512_srai_epi32(_mm512_sll_epi32(a.v, up), 24)};
}
TL_SIMD F32 loadBfloat(const uint16_t* p) {
    const __m256i halves = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
    return {_mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(halves), 16))};
}
TL_SIMD I32 dot4(I32 acc, U8x64 w, const int8_t* x) {
    int32_t four;
    __builtin_memcpy(&four, x, 4);
    return {_mm512_dpbusd_epi32(acc.v, w.v, _mm512_set1_epi32(four))};
}
TL_SIMD I32 dot4Nibbles(I32 acc, U8x64 w, const int8_t* x) {
    return dot4(acc, w, x);
}

// What attention on stored bytes needs besides (dot_attention.inl.h). The products in assembly: in
// a loop, GCC 12 moves the sums of the intrinsic to other registers and back in every round.
#define TL_DOT_ATTENTION
struct I8x64 {
    __m512i v;
};
TL_SIMD I8x64 loadSignedBytes(const int8_t* p) {
    return {_mm512_loadu_si512(p)};
}
TL_SIMD __m512i broadcastFour(const void* four) {
    int32_t bytes;
    __builtin_memcpy(&bytes, four, 4);
    return _mm512_set1_epi32(bytes);
}
TL_SIMD I32 dotInPlace(I32 acc, U8x64 a, const int8_t* four) {
    __asm__("vpdpbusd %2, %1, %0" : "+v"(acc.v) : "v"(a.v), "v"(broadcastFour(four)));
    return acc;
}
TL_SIMD I32 dotInPlace(I32 acc, I8x64 a, const uint8_t* four) {
    __asm__("vpdpbusd %2, %1, %0" : "+v"(acc.v) : "v"(broadcastFour(four)), "v"(a.v));
    return acc;
}
// 256 * high + low
TL_SIMD F32 joinedBytes(I32 high, I32 low) {
    return {_mm512_cvtepi32_ps(_mm512_add_epi32(_mm512_slli_epi32(high.v, 8), low.v))};
}
// Rounds to whole numbers in [0, 65535] or [-32640, 32639] and stores their two bytes apart, so
// that number = 256 * high + low; of signed numbers both are signed.
TL_SIMD void storeBytesOf(uint8_t* high, uint8_t* low, F32 a) {
    const __m512i whole = _mm512_cvtps_epi32(a.v);
    const __m512i upper = _mm512_srli_epi32(whole, 8);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(low), _mm512_cvtepi32_epi8(whole));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(high), _mm512_cvtepi32_epi8(upper));
}
TL_SIMD void storeBytesOf(int8_t* high, int8_t* low, F32 a) {
    const __m512i whole = _mm512_cvtps_epi32(a.v);
    const __m512i upper = _mm512_srai_epi32(_mm512_add_epi32(whole, _mm512_set1_epi32(128)), 8);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(low), _mm512_cvtepi32_epi8(whole));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(high), _mm512_cvtepi32_epi8(upper));
}

// to[c * toStride + r] = from[r * fromStride + c] for a tile of 16 x 16; rows from `rows` on are 0.
// Swaps halves of ever larger blocks: four rounds of sixteen shuffles.
TL_SIMD void transposeTile(
    const float* from, int64_t fromStride, int64_t rows, float* to, int64_t toStride) {
    __m512 a[16];
    __m512 b[16];
#pragma GCC unroll 16
    for (int r = 0; r < 16; ++r) {
        a[r] = r < rows ? _mm512_loadu_ps(from + r * fromStride) : _mm512_setzero_ps();
    }
#pragma GCC unroll 8
    for (int r = 0; r < 16; r += 2) {
        b[r] = _mm512_unpacklo_ps(a[r], a[r + 1]);
        b[r + 1] = _mm512_unpackhi_ps(a[r], a[r + 1]);
    }
#pragma GCC unroll 4
    for (int r = 0; r < 16; r += 4) {
        a[r] = _mm512_shuffle_ps(b[r], b[r + 2], 0x44);
        a[r + 1] = _mm512_shuffle_ps(b[r], b[r + 2], 0xee);
        a[r + 2] = _mm512_shuffle_ps(b[r + 1], b[r + 3], 0x44);
        a[r + 3] = _mm512_shuffle_ps(b[r + 1], b[r + 3], 0xee);
    }
    // a[4 g + k] now holds, in 128-bit quarter q, column 4 q + k of rows 4 g .. 4 g + 3.
#pragma GCC unroll 4
    for (int k = 0; k < 4; ++k) {
        const __m512 low = _mm512_shuffle_f32x4(a[k], a[4 + k], 0x44);
        const __m512 high = _mm512_shuffle_f32x4(a[k], a[4 + k], 0xee);
        const __m512 low2 = _mm512_shuffle_f32x4(a[8 + k], a[12 + k], 0x44);
        const __m512 high2 = _mm512_shuffle_f32x4(a[8 + k], a[12 + k], 0xee);
        _mm512_storeu_ps(to + k * toStride, _mm512_shuffle_f32x4(low, low2, 0x88));
        _mm512_storeu_ps(to + (4 + k) * toStride, _mm512_shuffle_f32x4(low, low2, 0xdd));
        _mm512_storeu_ps(to + (8 + k) * toStride, _mm512_shuffle_f32x4(high, high2, 0x88));
        _mm512_storeu_ps(to + (12 + k) * toStride, _mm512_shuffle_f32x4(high, high2, 0xdd));
    }
}
