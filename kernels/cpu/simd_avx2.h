// SPDX-License-Identifier: Apache-2.0
#pragma once

// Sixteen lanes in two AVX registers (AVX2, FMA, F16C; with TL_AVX_VNNI that, too). Names as in
// simd_generic.h.

struct F32 {
    __m256 lo, hi;
};
struct I32 {
    __m256i lo, hi;
};
struct U8x64 {
    __m256i lo, hi;
};

constexpr int kInt8Rows = 2;  // register tile of the int8 product: rows, times two panels
constexpr int kTileRows = 3;  // register tile of f32 products: rows,
constexpr int kTileVecs = 2;  // times vectors of sixteen columns

#define TL_SIMD inline __attribute__((always_inline))

TL_SIMD F32 load(const float* p) {
    return {_mm256_loadu_ps(p), _mm256_loadu_ps(p + 8)};
}
TL_SIMD void store(float* p, F32 a) {
    _mm256_storeu_ps(p, a.lo);
    _mm256_storeu_ps(p + 8, a.hi);
}
TL_SIMD F32 broadcast(float x) {
    return {_mm256_set1_ps(x), _mm256_set1_ps(x)};
}
TL_SIMD F32 zeroF32() {
    return {_mm256_setzero_ps(), _mm256_setzero_ps()};
}
TL_SIMD F32 add(F32 a, F32 b) {
    return {_mm256_add_ps(a.lo, b.lo), _mm256_add_ps(a.hi, b.hi)};
}
TL_SIMD F32 sub(F32 a, F32 b) {
    return {_mm256_sub_ps(a.lo, b.lo), _mm256_sub_ps(a.hi, b.hi)};
}
TL_SIMD F32 mul(F32 a, F32 b) {
    return {_mm256_mul_ps(a.lo, b.lo), _mm256_mul_ps(a.hi, b.hi)};
}
TL_SIMD F32 div(F32 a, F32 b) {
    return {_mm256_div_ps(a.lo, b.lo), _mm256_div_ps(a.hi, b.hi)};
}
TL_SIMD F32 fma(F32 a, F32 b, F32 c) {
    return {_mm256_fmadd_ps(a.lo, b.lo, c.lo), _mm256_fmadd_ps(a.hi, b.hi, c.hi)};
}
TL_SIMD F32 max(F32 a, F32 b) {
    return {_mm256_max_ps(a.lo, b.lo), _mm256_max_ps(a.hi, b.hi)};
}
TL_SIMD F32 min(F32 a, F32 b) {
    return {_mm256_min_ps(a.lo, b.lo), _mm256_min_ps(a.hi, b.hi)};
}
TL_SIMD F32 swapPairs(F32 a) {
    return {_mm256_permute_ps(a.lo, 0xB1), _mm256_permute_ps(a.hi, 0xB1)};
}
TL_SIMD F32 abs(F32 a) {
    const __m256 sign = _mm256_set1_ps(-0.0f);
    return {_mm256_andnot_ps(sign, a.lo), _mm256_andnot_ps(sign, a.hi)};
}
TL_SIMD float reduceAdd(F32 a) {
    const __m256 eight = _mm256_add_ps(a.lo, a.hi);
    __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    four = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_add_ss(four, _mm_movehdup_ps(four)));
}
TL_SIMD float reduceMax(F32 a) {
    const __m256 eight = _mm256_max_ps(a.lo, a.hi);
    __m128 four = _mm_max_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    four = _mm_max_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_max_ss(four, _mm_movehdup_ps(four)));
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
    constexpr int kMode = _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC;
    return {_mm256_round_ps(a.lo, kMode), _mm256_round_ps(a.hi, kMode)};
}
TL_SIMD __m256 exp2Whole8(__m256 n) {
    const __m256i biased = _mm256_add_epi32(_mm256_cvtps_epi32(n), _mm256_set1_epi32(127));
    return _mm256_castsi256_ps(_mm256_slli_epi32(biased, 23));
}
TL_SIMD F32 exp2Whole(F32 n) {
    return {exp2Whole8(n.lo), exp2Whole8(n.hi)};
}
TL_SIMD F32 selectLess(F32 a, F32 b, F32 yes, F32 no) {
    return {_mm256_blendv_ps(no.lo, yes.lo, _mm256_cmp_ps(a.lo, b.lo, _CMP_LT_OQ)),
            _mm256_blendv_ps(no.hi, yes.hi, _mm256_cmp_ps(a.hi, b.hi, _CMP_LT_OQ))};
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
    const __m128i* halves = reinterpret_cast<const __m128i*>(p);
    return {_mm256_cvtph_ps(_mm_loadu_si128(halves)), _mm256_cvtph_ps(_mm_loadu_si128(halves + 1))};
}
TL_SIMD void storeHalf(uint16_t* p, F32 a) {
    constexpr int kMode = _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC;
    __m128i* halves = reinterpret_cast<__m128i*>(p);
    _mm_storeu_si128(halves, _mm256_cvtps_ph(a.lo, kMode));
    _mm_storeu_si128(halves + 1, _mm256_cvtps_ph(a.hi, kMode));
}
TL_SIMD I32 roundToInt(F32 a) {
    return {_mm256_cvtps_epi32(a.lo), _mm256_cvtps_epi32(a.hi)};
}
// REQUIRES: in [-128, 127]
TL_SIMD void storeInt8(int8_t* p, I32 a) {
    // Packing works within 128-bit halves; the permute puts the quarters back in order.
    const __m256i words = _mm256_packs_epi32(a.lo, a.hi);
    const __m256i ordered = _mm256_permute4x64_epi64(words, 0xd8);
    const __m128i bytes =
        _mm_packs_epi16(_mm256_castsi256_si128(ordered), _mm256_extracti128_si256(ordered, 1));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(p), bytes);
}

TL_SIMD I32 broadcastInt(int32_t x) {
    return {_mm256_set1_epi32(x), _mm256_set1_epi32(x)};
}
TL_SIMD I32 addInt(I32 a, I32 b) {
    return {_mm256_add_epi32(a.lo, b.lo), _mm256_add_epi32(a.hi, b.hi)};
}
constexpr int32_t kSumBias = 0x4b400000;
TL_SIMD F32 scaledSum(I32 biased, float scale, float minusBias) {
    return fma({_mm256_castsi256_ps(biased.lo), _mm256_castsi256_ps(biased.hi)},
               broadcast(scale),
               broadcast(minusBias));
}
TL_SIMD F32 toFloat(I32 a) {
    return {_mm256_cvtepi32_ps(a.lo), _mm256_cvtepi32_ps(a.hi)};
}
TL_SIMD U8x64 loadBytes(const uint8_t* p) {
    const __m256i* q = reinterpret_cast<const __m256i*>(p);
    return {_mm256_loadu_si256(q), _mm256_loadu_si256(q + 1)};
}
TL_SIMD void storeBytes(uint8_t* p, U8x64 a) {
    __m256i* q = reinterpret_cast<__m256i*>(p);
    _mm256_storeu_si256(q, a.lo);
    _mm256_storeu_si256(q + 1, a.hi);
}
TL_SIMD U8x64 lowNibbles(U8x64 a) {
    const __m256i mask = _mm256_set1_epi8(15);
    return {_mm256_and_si256(a.lo, mask), _mm256_and_si256(a.hi, mask)};
}
TL_SIMD U8x64 highNibbles(U8x64 a) {
    const __m256i mask = _mm256_set1_epi8(15);
    return {_mm256_and_si256(_mm256_srli_epi16(a.lo, 4), mask),
            _mm256_and_si256(_mm256_srli_epi16(a.hi, 4), mask)};
}
TL_SIMD I32 byteOf(U8x64 a, int t) {
    const __m128i shift = _mm_cvtsi32_si128(8 * t);
    const __m256i mask = _mm256_set1_epi32(255);
    return {_mm256_and_si256(_mm256_srl_epi32(a.lo, shift), mask),
            _mm256_and_si256(_mm256_srl_epi32(a.hi, shift), mask)};
}
TL_SIMD I32 signedByteOf(U8x64 a, int t) {
    const __m128i up = _mm_cvtsi32_si128(24 - 8 * t);
    return {_mm256_srai_epi32(_mm256_sll_epi32(a.lo, up), 24),
            _mm256_srai_epi32(_mm256_sll_epi32(a.hi, up), 24)};
}
TL_SIMD __m256 loadBfloat8(const uint16_t* p) {
    const __m128i halves = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(halves), 16));
}
TL_SIMD F32 loadBfloat(const uint16_t* p) {
    return {loadBfloat8(p), loadBfloat8(p + 8)};
}
TL_SIMD __m256i broadcastFour(const int8_t* x) {
    int32_t four;
    __builtin_memcpy(&four, x, 4);
    return _mm256_set1_epi32(four);
}
#ifdef TL_AVX_VNNI
TL_SIMD I32 dot4(I32 acc, U8x64 w, const int8_t* x) {
    const __m256i four = broadcastFour(x);
    return {_mm256_dpbusd_avx_epi32(acc.lo, w.lo, four),
            _mm256_dpbusd_avx_epi32(acc.hi, w.hi, four)};
}
TL_SIMD I32 dot4Nibbles(I32 acc, U8x64 w, const int8_t* x) {
    return dot4(acc, w, x);
}
#else
// vpmaddubsw saturates pairs of products at 16 bits: fine below 16 * 128 * 2, not for whole bytes.
TL_SIMD I32 dot4Nibbles(I32 acc, U8x64 w, const int8_t* x) {
    const __m256i four = broadcastFour(x);
    const __m256i ones = _mm256_set1_epi16(1);
    const __m256i lo = _mm256_madd_epi16(_mm256_maddubs_epi16(w.lo, four), ones);
    const __m256i hi = _mm256_madd_epi16(_mm256_maddubs_epi16(w.hi, four), ones);
    return {_mm256_add_epi32(acc.lo, lo), _mm256_add_epi32(acc.hi, hi)};
}
// Even and odd bytes apart in 16 bits, where nothing saturates.
TL_SIMD __m256i dot4Bytes(__m256i acc, __m256i w, __m256i four) {
    const __m256i wEven = _mm256_and_si256(w, _mm256_set1_epi16(255));
    const __m256i wOdd = _mm256_srli_epi16(w, 8);
    const __m256i xEven = _mm256_srai_epi16(_mm256_slli_epi16(four, 8), 8);
    const __m256i xOdd = _mm256_srai_epi16(four, 8);
    const __m256i sum =
        _mm256_add_epi32(_mm256_madd_epi16(wEven, xEven), _mm256_madd_epi16(wOdd, xOdd));
    return _mm256_add_epi32(acc, sum);
}
TL_SIMD I32 dot4(I32 acc, U8x64 w, const int8_t* x) {
    const __m256i four = broadcastFour(x);
    return {dot4Bytes(acc.lo, w.lo, four), dot4Bytes(acc.hi, w.hi, four)};
}
#endif

// to[c * toStride + r] = from[r * fromStride + c] for a tile of 16 x 16; rows from `rows` on are 0.
TL_SIMD void transposeTile(
    const float* from, int64_t fromStride, int64_t rows, float* to, int64_t toStride) {
    for (int64_t c = 0; c < 16; ++c) {
        for (int64_t r = 0; r < 16; ++r) {
            to[c * toStride + r] = r < rows ? from[r * fromStride + c] : 0.0f;
        }
    }
}
