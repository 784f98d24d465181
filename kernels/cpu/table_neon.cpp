// SPDX-License-Identifier: Apache-2.0
#include <arm_neon.h>
#include <stddef.h>
#include <stdint.h>

#include "kernels/cpu/kernel_table.h"

namespace tl::cpu {
namespace {
#include "kernels/cpu/simd_neon.h"
#define TL_TABLE_NAME "neon"
#include "kernels/cpu/table.inl.h"
}  // namespace

extern const KernelTable kNeonKernels = kTable;

}  // namespace tl::cpu
