// SPDX-License-Identifier: Apache-2.0
// Linked into tests that are run once for each value of TL_KERNELS: skips them where this machine
// cannot run the table it names.
#include <gtest/gtest.h>

#include "kernels/cpu/kernel_table.h"

namespace tl {
namespace {

class KernelChoice : public testing::Environment {
public:
    void SetUp() override {
        if (cpu::chosenCpuKernels() == nullptr) {
            GTEST_SKIP() << "this machine cannot run the kernels of TL_KERNELS";
        }
    }
};

[[maybe_unused]] const testing::Environment* const kChoice =
    testing::AddGlobalTestEnvironment(new KernelChoice);

}  // namespace
}  // namespace tl
