// SPDX-License-Identifier: Apache-2.0
// Compiled with -mavx2 -mfma.
#include "tests/bench/roof_avx2.inl.h"

namespace tl::bench {
namespace {

struct Avx2 : Avx2Base {
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
