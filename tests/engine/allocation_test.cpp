// SPDX-License-Identifier: Apache-2.0
// "No allocation per token after loading": a program of its own, since it looks at every call that
// takes memory, malloc and aligned_alloc too, from any thread.
#include <atomic>
#include <cerrno>
#include <cstdlib>

#include <gtest/gtest.h>

#include "engine/sampler.h"
#include "engine/session.h"
#include "engine/session_batch.h"
#include "tests/support/random_model.h"

static std::atomic<int64_t> allocations{0};

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// Sanitizers bring an allocator of their own, and a way to watch it; GCC has no header for that.
extern "C" int __sanitizer_install_malloc_and_free_hooks(
    void (*onMalloc)(const volatile void* memory, size_t size),
    void (*onFree)(const volatile void* memory));

static void countAllocation(const volatile void*, size_t) {
    ++allocations;
}
static void ignoreFree(const volatile void*) {}
[[maybe_unused]] static const int isWatched =
    __sanitizer_install_malloc_and_free_hooks(countAllocation, ignoreFree);
#else
// The program's own definitions come before glibc's, also where libraries call them, such as in
// operator new.
extern "C" {
void* __libc_malloc(size_t size);
void* __libc_calloc(size_t count, size_t size);
void* __libc_realloc(void* memory, size_t size);
void* __libc_memalign(size_t alignment, size_t size);

void* malloc(size_t size) {
    ++allocations;
    return __libc_malloc(size);
}
void* calloc(size_t count, size_t size) {
    ++allocations;
    return __libc_calloc(count, size);
}
void* realloc(void* memory, size_t size) {
    ++allocations;
    return __libc_realloc(memory, size);
}
void* aligned_alloc(size_t alignment, size_t size) {
    ++allocations;
    return __libc_memalign(alignment, size);
}
void* memalign(size_t alignment, size_t size) {
    return aligned_alloc(alignment, size);
}
int posix_memalign(void** memory, size_t alignment, size_t size) {
    *memory = aligned_alloc(alignment, size);
    return *memory != nullptr ? 0 : ENOMEM;
}
}
#endif

namespace tl {
namespace {

struct Watched {
    alignas(64) char bytes[64];
};

// A test that counts nothing would pass, too.
TEST(Allocation, EveryWayToTakeMemoryIsCounted) {
    const auto countOf = [](const auto& take) {
        const int64_t before = allocations.load();
        take();
        return allocations.load() - before;
    };
    void* volatile memory = nullptr;
    EXPECT_EQ(countOf([&] { memory = std::malloc(10); }), 1);
    EXPECT_EQ(countOf([&] { memory = std::realloc(memory, 5000); }), 1);
    std::free(memory);
    EXPECT_EQ(countOf([&] { memory = std::calloc(2, 10); }), 1);
    std::free(memory);
    EXPECT_EQ(countOf([&] { memory = std::aligned_alloc(64, 128); }), 1);
    std::free(memory);
    const int* volatile number = nullptr;
    EXPECT_EQ(countOf([&] { number = new int(1); }), 1);
    delete number;
    const Watched* volatile watched = nullptr;
    EXPECT_EQ(countOf([&] { watched = new Watched; }), 1);
    delete watched;
}

TEST(Allocation, AStepAndItsSampleAllocateNothing) {
    test::RandomModelShape shape;
    shape.kvHeads = {0, 1, 0, 2};
    shape.experts = 8;
    shape.expertsUsed = 3;
    shape.sharedFeedForward = 32;
    const test::RandomModel model(shape, 2, KvType::kInt8, ActivationType::kInt8);
    const auto session = model.session();
    Sampler greedy(SamplerOptions{}, shape.vocabulary);
    SamplerOptions random;
    random.temperature = 0.8F;
    random.topK = 40;
    random.topP = 0.9F;
    random.minP = 0.01F;
    random.repetitionPenalty = 1.1F;
    Sampler sampler(random, shape.vocabulary);
    ASSERT_TRUE(session->read(test::randomTokens(100, 128, 12)).ok());
    ASSERT_TRUE(session->step(1).ok());
    const int64_t before = allocations.load();
    // More than the repetition penalty's window.
    for (int i = 0; i < 100; ++i) {
        ASSERT_EQ(session->logits().value().size(), 128U);
        greedy.sample(session->logits().value());
        ASSERT_TRUE(session->step(sampler.sample(session->logits().value())).ok());
    }
    EXPECT_EQ(allocations.load(), before);
}

TEST(Allocation, AStepThatSequencesShareAllocatesNothing) {
    test::RandomModelShape shape;
    shape.kvHeads = {0, 1, 0, 2};
    const test::RandomModel model(shape, 2, KvType::kInt8, ActivationType::kInt8);
    const auto batch = SessionBatch::create(model.model(), 3).value();
    std::vector<std::unique_ptr<Session>> sessions;
    std::vector<Session*> all;
    for (unsigned i = 0; i < 3; ++i) {
        sessions.push_back(model.session());
        ASSERT_TRUE(sessions.back()->read(test::randomTokens(20 + 30 * i, 128, i)).ok());
        all.push_back(sessions.back().get());
    }
    const SessionBatch::Step steps[] = {{all[0], 1}, {all[1], 2}, {all[2], 3}};
    ASSERT_TRUE(batch->step(steps).ok());
    const int64_t before = allocations.load();
    for (int i = 0; i < 20; ++i) {
        ASSERT_TRUE(batch->logits(all).ok());
        ASSERT_EQ(all[1]->logits().value().size(), 128U);
        ASSERT_TRUE(batch->step(steps).ok());
    }
    EXPECT_EQ(allocations.load(), before);
}

}  // namespace
}  // namespace tl
