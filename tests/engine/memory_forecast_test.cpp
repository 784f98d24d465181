// SPDX-License-Identifier: Apache-2.0
// The forecast against what is then used: the heap on the CPU, the count of a fake device.
#include "engine/memory_forecast.h"

#include <cmath>
#include <malloc.h>

#include <gtest/gtest.h>

#include "engine/session.h"
#include "tests/support/fake_backend.h"
#include "tests/support/random_model.h"

namespace tl {
namespace {

using test::FakeBackend;
using test::RandomModel;
using test::RandomModelShape;
using test::randomTokens;

constexpr int64_t kVocabulary = 8192;
constexpr int64_t kAsked = 30;
// Around the border of a page, and none at all.
constexpr int64_t kLengths[] = {0, 300, 4090, 4096, 5000};

RandomModelShape someMegabytes() {
    RandomModelShape shape;
    shape.vocabulary = kVocabulary;
    shape.embedding = 128;
    shape.feedForward = 256;
    shape.heads = 8;
    shape.headDim = 32;
    shape.kvHeads = {0, 2, 0, 1};
    shape.ssmHeads = 8;
    shape.ssmHeadDim = 32;
    shape.stateSize = 64;
    shape.readWindow = 64;  // makes reading quicker and changes nothing in memory
    return shape;
}

RandomModelShape someMegabytesOfExperts() {
    RandomModelShape shape = someMegabytes();
    shape.experts = 12;
    shape.expertsUsed = 4;
    shape.sharedFeedForward = 64;
    return shape;
}

struct Use {
    std::unique_ptr<Session> session;
    Snapshot snapshot;
    std::vector<std::unique_ptr<Session>> forks{};
};

// A sequence as SequencePlan means it.
Use use(const RandomModel& model, int64_t tokens, int64_t forks = 0) {
    Use used{model.session(), {}};
    EXPECT_TRUE(used.session->read(randomTokens(tokens, kVocabulary, 1)).ok());
    used.snapshot = used.session->snapshot().value();
    EXPECT_TRUE(used.session->restore(used.snapshot).ok());
    EXPECT_TRUE(used.session->ask(randomTokens(kAsked, kVocabulary, 2)).ok());
    for (int64_t i = 0; i < forks; ++i) {
        used.forks.push_back(model.session());
        EXPECT_TRUE(used.forks.back()->restore(used.snapshot).ok());
        EXPECT_TRUE(used.forks.back()->ask(randomTokens(kAsked, kVocabulary, 3)).ok());
    }
    return used;
}

MemoryForecast forecastFor(const RandomModel& model,
                           const Backend& backend,
                           KvType kvType,
                           int64_t tokens,
                           int64_t forks = 0) {
    // A corpus and a second sequence that stays short.
    const SequencePlan plans[] = {{8192, tokens, kAsked, forks}, {8192, 0, kAsked}};
    return forecastMemory(
               model.file(), parseModelConfig(model.file()).value(), backend, kvType, plans)
        .value();
}

void expectWithin5Percent(int64_t forecast, int64_t used, int64_t tokens) {
    const auto expected = static_cast<double>(used);
    EXPECT_NEAR(static_cast<double>(forecast), expected, 0.05 * expected) << tokens << " tokens";
}

class MemoryForecastTest : public testing::TestWithParam<KvType> {};

void expectDeviceUse(const RandomModelShape& shape, KvType kvType, int64_t tokens) {
    auto backend = std::make_unique<FakeBackend>(1, ActivationType::kInt8);
    const FakeBackend& device = *backend;
    const test::FakeDeviceState& state = backend->device();
    const RandomModel model(shape, std::move(backend), kvType);
    const int64_t loaded = state.bytesInUse;
    const MemoryForecast forecast = forecastFor(model, device, kvType, tokens);
    EXPECT_EQ(state.bytesInUse, loaded) << "a forecast takes nothing";
    const Use corpus = use(model, tokens);
    const Use second = use(model, 0);
    expectWithin5Percent(forecast.weights + forecast.workspace, loaded, tokens);
    expectWithin5Percent(forecast.sequences, state.bytesInUse - loaded, tokens);
}

TEST_P(MemoryForecastTest, IsWhatADeviceThenGivesAway) {
    for (const int64_t tokens : kLengths) {
        expectDeviceUse(someMegabytes(), GetParam(), tokens);
    }
    expectDeviceUse(someMegabytesOfExperts(), GetParam(), 300);
}

// Forks share the pages of the snapshot, but for the one that they write to.
TEST_P(MemoryForecastTest, CountsSequencesThatGoOnFromTheSameState) {
    constexpr int64_t kForks = 3;
    for (const int64_t tokens : kLengths) {
        auto backend = std::make_unique<FakeBackend>(1, ActivationType::kInt8);
        const FakeBackend& device = *backend;
        const test::FakeDeviceState& state = backend->device();
        const RandomModel model(someMegabytes(), std::move(backend), GetParam());
        const int64_t loaded = state.bytesInUse;
        const MemoryForecast forecast = forecastFor(model, device, GetParam(), tokens, kForks);
        const Use corpus = use(model, tokens, kForks);
        const Use second = use(model, 0);
        expectWithin5Percent(forecast.sequences, state.bytesInUse - loaded, tokens);
    }
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
int64_t heapInUse() {
    const struct mallinfo2 info = mallinfo2();
    return static_cast<int64_t>(info.uordblks + info.hblkhd);
}

void expectHeapUse(const RandomModelShape& shape, KvType kvType, int64_t tokens) {
    const RandomModel other(shape, 2, kvType, ActivationType::kInt8);
    const int64_t before = heapInUse();
    auto backend = makeCpuBackend(2, ActivationType::kInt8).value();
    const Backend& cpu = *backend;
    const auto model =
        Model::load(other.file(), parseModelConfig(other.file()).value(), *backend, kvType);
    const int64_t loaded = heapInUse();
    const MemoryForecast forecast = forecastFor(other, cpu, kvType, tokens);
    const int64_t beforeUse = heapInUse();
    const Use corpus = use(other, tokens);
    const Use second = use(other, 0);
    expectWithin5Percent(forecast.weights + forecast.workspace, loaded - before, tokens);
    expectWithin5Percent(forecast.sequences, heapInUse() - beforeUse, tokens);
}

TEST_P(MemoryForecastTest, IsWhatTheCpuThenTakesOfTheHeap) {
    for (const int64_t tokens : kLengths) {
        expectHeapUse(someMegabytes(), GetParam(), tokens);
    }
    expectHeapUse(someMegabytesOfExperts(), GetParam(), 300);
}
#endif

INSTANTIATE_TEST_SUITE_P(KvTypes,
                         MemoryForecastTest,
                         testing::Values(KvType::kInt8, KvType::kF16),
                         [](const auto& type) {
                             return std::string(type.param == KvType::kInt8 ? "int8" : "f16");
                         });

}  // namespace
}  // namespace tl
