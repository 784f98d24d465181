// SPDX-License-Identifier: Apache-2.0
// Compiled with -mavx2 -mfma.
#include <immintrin.h>

#include "tests/bench/roof_simd.inl.h"

namespace tl::bench {
namespace {

struct Avx2 {
    using Floats = __m256;
    using Ints = __m256i;

    static Floats floats(float value) { return _mm256_set1_ps(value); }
    static Floats multiplyAdd(Floats a, Floats b, Floats c) { return _mm256_fmadd_ps(a, b, c); }
    static Floats add(Floats a, Floats b) { return _mm256_add_ps(a, b); }
    static float first(Floats a) { return _mm256_cvtss_f32(a); }

    static Ints bytes(char value) { return _mm256_set1_epi8(value); }
    static Ints load(const Ints* from) { return _mm256_load_si256(from); }
    static Ints add(Ints a, Ints b) { return _mm256_add_epi32(a, b); }
    static Ints exclusiveOr(Ints a, Ints b) { return _mm256_xor_si256(a, b); }
    static int first(Ints a) { return _mm256_cvtsi256_si32(a); }

    // Without vpdpbusd a product of bytes takes three steps: pairs to 16 bits, pairs to 32, the
    // sum.
    static Ints addProducts(Ints sum, Ints& left, Ints right) {
        asm volatile("" : "+x"(left));  // as if changed, else the product is computed only once
        const Ints pairs = _mm256_maddubs_epi16(left, right);
        return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
    }
};

}  // namespace

const RoofLoops kAvx2RoofLoops = roofLoops<Avx2>("avx2", "vpmaddubsw + vpmaddwd + vpaddd");

}  // namespace tl::bench
