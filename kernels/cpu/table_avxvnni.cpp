// SPDX-License-Identifier: Apache-2.0
// For processors with dot products of bytes but without AVX-512: Intel's since Alder Lake.
#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>

#include "kernels/cpu/kernel_table.h"

namespace tl::cpu {
namespace {
#define TL_AVX_VNNI
#include "kernels/cpu/simd_avx2.h"
#define TL_TABLE_NAME "avxvnni"
#include "kernels/cpu/table.inl.h"
}  // namespace

extern const KernelTable kAvxVnniKernels = kTable;

}  // namespace tl::cpu
