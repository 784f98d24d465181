// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <optional>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "kernels/backend.h"
#include "kernels/cpu/kernel_table.h"
#include "kernels/thread_pool.h"

namespace tl {
namespace {

// Sets TL_KERNELS for one test, and puts back what was there.
class DispatchTest : public testing::Test {
protected:
    DispatchTest() {
        if (const char* value = std::getenv("TL_KERNELS")) {
            m_before = value;
        }
        unsetenv("TL_KERNELS");
    }
    ~DispatchTest() override {
        if (m_before) {
            setenv("TL_KERNELS", m_before->c_str(), 1);
        } else {
            unsetenv("TL_KERNELS");
        }
    }

    static void choose(const std::string& name) { setenv("TL_KERNELS", name.c_str(), 1); }

private:
    std::optional<std::string> m_before;
};

TEST_F(DispatchTest, GenericRunsEverywhereAndIsTheLastChoice) {
    const auto tables = cpu::runnableCpuKernels();
    ASSERT_FALSE(tables.empty());
    EXPECT_EQ(tables.back()->name, "generic");
    std::set<std::string_view> names;
    for (const cpu::KernelTable* table : tables) {
        names.insert(table->name);
    }
    EXPECT_EQ(names.size(), tables.size());
}

TEST_F(DispatchTest, TakesTheBestTableUnlessToldOtherwise) {
    EXPECT_EQ(cpu::chosenCpuKernels(), cpu::runnableCpuKernels().front());
    choose("");
    EXPECT_EQ(cpu::chosenCpuKernels(), cpu::runnableCpuKernels().front());
}

TEST_F(DispatchTest, TakesTheTableThatIsNamed) {
    for (const cpu::KernelTable* table : cpu::runnableCpuKernels()) {
        choose(std::string(table->name));
        EXPECT_EQ(cpu::chosenCpuKernels(), table);
        const auto backend = makeCpuBackend(2, ActivationType::kInt8);
        ASSERT_TRUE(backend.ok());
        EXPECT_EQ(backend.value()->name(), "cpu " + std::string(table->name) + ", 2 threads");
    }
}

TEST_F(DispatchTest, RefusesAnUnknownTableByName) {
    choose("abacus");
    EXPECT_EQ(cpu::chosenCpuKernels(), nullptr);
    const auto backend = makeCpuBackend(1, ActivationType::kInt8);
    ASSERT_FALSE(backend.ok());
    EXPECT_EQ(backend.error().code, ErrorCode::kUnsupported);
    EXPECT_NE(backend.error().message.find("TL_KERNELS=abacus"), std::string::npos)
        << backend.error().message;
    EXPECT_NE(backend.error().message.find("generic"), std::string::npos)
        << backend.error().message;
}

TEST_F(DispatchTest, ZeroThreadsMeansAllUsableCores) {
    const auto backend = makeCpuBackend(0, ActivationType::kF32);
    ASSERT_TRUE(backend.ok());
    const std::string threads = ", " + std::to_string(usableCores()) + " thread";
    EXPECT_NE(backend.value()->name().find(threads), std::string::npos) << backend.value()->name();
}

TEST_F(DispatchTest, AChoiceOfDeviceIsMetAndSaid) {
    for (const DeviceKind kind : {DeviceKind::kAutomatic, DeviceKind::kCpu}) {
        const auto backend = makeBackend({.kind = kind, .threads = 1});
        ASSERT_TRUE(backend.ok());
        const std::string table(cpu::runnableCpuKernels().front()->name);
        EXPECT_EQ(backend.value()->name(), "cpu " + table + ", 1 thread");
    }
}

TEST_F(DispatchTest, ADeviceThatIsNotThereIsRefusedAndNotReplaced) {
    const auto backend = makeBackend({.kind = DeviceKind::kCuda});
    ASSERT_FALSE(backend.ok());
    EXPECT_EQ(backend.error().code, ErrorCode::kUnsupported);
    EXPECT_EQ(backend.error().message, "device cuda: this program was built without it");
}

}  // namespace
}  // namespace tl
