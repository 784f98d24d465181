// SPDX-License-Identifier: Apache-2.0
// Compiled with -mavx2 -mfma -mavxvnni.
#include "tests/bench/roof_avx2.inl.h"

namespace tl::bench {
namespace {

struct AvxVnni : Avx2Base {
    static Ints addProducts(Ints sum, Ints& left, Ints right) {
        asm volatile("" : "+x"(left));  // as if changed, else the product is computed only once
        return _mm256_dpbusd_avx_epi32(sum, left, right);
    }
};

}  // namespace

const RoofLoops kAvxVnniRoofLoops = roofLoops<AvxVnni>("avxvnni", "vpdpbusd");

}  // namespace tl::bench
