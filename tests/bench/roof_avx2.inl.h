// SPDX-License-Identifier: Apache-2.0
// What the sets with 32-byte registers share; included by one source per set.
#pragma once

#include <immintrin.h>

#include "tests/bench/roof_simd.inl.h"

namespace tl::bench {
namespace {

struct Avx2Base {
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
};

}  // namespace
}  // namespace tl::bench
