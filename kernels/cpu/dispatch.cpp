// SPDX-License-Identifier: Apache-2.0
#if defined(TL_KERNELS_NEON)
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif
#if defined(TL_KERNELS_X86)
#include <cpuid.h>
#endif

#include <cstdlib>
#include <string_view>
#include <vector>

#include "kernels/cpu/kernel_table.h"

namespace tl::cpu {

extern const KernelTable kGenericKernels;
#if defined(TL_KERNELS_X86)
extern const KernelTable kAvx2Kernels;
extern const KernelTable kAvxVnniKernels;
extern const KernelTable kAvx512Kernels;
#endif
#if defined(TL_KERNELS_NEON)
extern const KernelTable kNeonKernels;
#endif

namespace {

#if defined(TL_KERNELS_X86)
// Clang 14 does not know this one by name.
bool hasF16c() {
    unsigned eax = 0;
    unsigned ebx = 0;
    unsigned ecx = 0;
    unsigned edx = 0;
    return __get_cpuid(1, &eax, &ebx, &ecx, &edx) != 0 && (ecx & bit_F16C) != 0;
}

// The compiler's check covers the operating system's support of the wide registers, too.
bool hasAvx2() {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && hasF16c();
}

// Nor this one.
bool hasAvxVnni() {
    constexpr unsigned kBit = 1U << 4U;
    unsigned eax = 0;
    unsigned ebx = 0;
    unsigned ecx = 0;
    unsigned edx = 0;
    return hasAvx2() && __get_cpuid_count(7, 1, &eax, &ebx, &ecx, &edx) != 0 && (eax & kBit) != 0;
}

bool hasAvx512() {
    return hasAvx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vnni");
}
#endif

std::vector<const KernelTable*> findRunnable() {
    std::vector<const KernelTable*> tables;
#if defined(TL_KERNELS_X86)
    if (hasAvx512()) {
        tables.push_back(&kAvx512Kernels);
    }
    if (hasAvxVnni()) {
        tables.push_back(&kAvxVnniKernels);
    }
    if (hasAvx2()) {
        tables.push_back(&kAvx2Kernels);
    }
#endif
#if defined(TL_KERNELS_NEON)
    // NEON itself belongs to 64-bit ARM; the dot product came with ARMv8.2.
    if ((getauxval(AT_HWCAP) & HWCAP_ASIMDDP) != 0) {
        tables.push_back(&kNeonKernels);
    }
#endif
    tables.push_back(&kGenericKernels);
    return tables;
}

}  // namespace

std::span<const KernelTable* const> runnableCpuKernels() {
    static const std::vector<const KernelTable*> tables = findRunnable();
    return tables;
}

const KernelTable* chosenCpuKernels() {
    const char* wanted = std::getenv("TL_KERNELS");
    if (wanted == nullptr || *wanted == '\0') {
        return runnableCpuKernels().front();
    }
    for (const KernelTable* table : runnableCpuKernels()) {
        if (table->name == std::string_view(wanted)) {
            return table;
        }
    }
    return nullptr;
}

}  // namespace tl::cpu
