// SPDX-License-Identifier: Apache-2.0
// Compiled with -mavx512f -mavx512bw -mavx512vnni.
#include <immintrin.h>

#include "tests/bench/roof_simd.inl.h"

namespace tl::bench {
namespace {

struct Avx512 {
    using Floats = __m512;
    using Ints = __m512i;

    static Floats floats(float value) { return _mm512_set1_ps(value); }
    static Floats multiplyAdd(Floats a, Floats b, Floats c) { return _mm512_fmadd_ps(a, b, c); }
    static Floats add(Floats a, Floats b) { return _mm512_add_ps(a, b); }
    static float first(Floats a) { return _mm512_cvtss_f32(a); }

    static Ints bytes(char value) { return _mm512_set1_epi8(value); }
    static Ints load(const Ints* from) { return _mm512_load_si512(from); }
    static Ints add(Ints a, Ints b) { return _mm512_add_epi32(a, b); }
    static Ints exclusiveOr(Ints a, Ints b) { return _mm512_xor_si512(a, b); }
    static int first(Ints a) { return _mm512_cvtsi512_si32(a); }

    static Ints addProducts(Ints sum, const Ints& left, const Ints& right) {
        return _mm512_dpbusd_epi32(sum, left, right);
    }
};

}  // namespace

const RoofLoops kAvx512RoofLoops = roofLoops<Avx512>("avx512", "vpdpbusd");

}  // namespace tl::bench
