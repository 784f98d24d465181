// SPDX-License-Identifier: Apache-2.0
#include <stddef.h>
#include <stdint.h>

#include "kernels/cpu/kernel_table.h"

namespace tl::cpu {
namespace {
#include "kernels/cpu/simd_generic.h"
#define TL_TABLE_NAME "generic"
#include "kernels/cpu/table.inl.h"
}  // namespace

extern const KernelTable kGenericKernels = kTable;

}  // namespace tl::cpu
