// SPDX-License-Identifier: Apache-2.0
// "No allocation per token after loading": a program of its own, since it replaces operator new.
#include <atomic>
#include <cstdlib>
#include <new>

#include <gtest/gtest.h>

#include "engine/session.h"
#include "tests/support/random_model.h"

// GCC sees malloc behind our operator new and free behind our operator delete, and warns wherever
// it inlines only one of the two.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

static std::atomic<int64_t> allocations{0};

void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) {
        return memory;
    }
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace tl {
namespace {

TEST(Allocation, AStepAllocatesNothing) {
    test::RandomModelShape shape;
    shape.kvHeads = {0, 1, 0, 2};
    const test::RandomModel model(shape, 2, KvType::kInt8, ActivationType::kInt8);
    const auto session = model.session();
    ASSERT_TRUE(session->read(test::randomTokens(100, 128, 12)).ok());
    ASSERT_TRUE(session->step(1).ok());
    const int64_t before = allocations.load();
    for (int i = 0; i < 50; ++i) {
        ASSERT_TRUE(session->step(i).ok());
        ASSERT_EQ(session->logits().size(), 128U);
    }
    EXPECT_EQ(allocations.load(), before);
}

}  // namespace
}  // namespace tl
