// SPDX-License-Identifier: Apache-2.0
#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>

#include "kernels/cpu/kernel_table.h"

namespace tl::cpu {
namespace {
#include "kernels/cpu/simd_avx2.h"
#define TL_TABLE_NAME "avx2"
#include "kernels/cpu/table.inl.h"
}  // namespace

extern const KernelTable kAvx2Kernels = kTable;

}  // namespace tl::cpu
