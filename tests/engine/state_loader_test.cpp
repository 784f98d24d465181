// SPDX-License-Identifier: Apache-2.0
// What a loader says to bytes that do not fit, and what it does with those that do.
#include "engine/state/state_loader.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/saved_state.h"
#include "engine/session.h"
#include "engine/state/state_saver.h"
#include "kernels/cpu/cpu_backend.h"
#include "tests/support/fake_backend.h"
#include "tests/support/random_model.h"

namespace tl {
namespace {

using test::FakeBackend;
using test::FakeOptions;
using test::RandomModel;
using test::RandomModelShape;
using test::randomTokens;

using Bytes = std::vector<std::byte>;

constexpr int64_t kPosition = kKvPagePositions + 77;

RandomModelShape twoCaches() {
    RandomModelShape shape;
    shape.kvHeads = {2, 0, 1};
    shape.readWindow = 64;
    return shape;
}

Status addAll(StateLoader& loader, const std::vector<SavedPages>& pages) {
    std::vector<SavedPagesView> views;
    views.reserve(pages.size());
    for (const SavedPages& part : pages) {
        views.push_back(part.view());
    }
    return loader.addPages(views);
}

std::string messageOf(const Status& status) {
    EXPECT_TRUE(status.ok() || status.error().code == ErrorCode::kCorrupt);
    return status.ok() ? "" : status.error().message;
}

class StateLoaderTest : public testing::Test {
protected:
    StateLoaderTest() {
        const auto session = m_random.session();
        EXPECT_TRUE(session->read(randomTokens(kPosition, 128, 1)).ok());
        m_snapshot = session->snapshot().value();
        m_state = saveState(model(), m_snapshot).value();
        m_pages = savePages(model(), m_snapshot, 0).value();
    }

    const Model& model() const { return m_random.model(); }
    // What a loader says where the pages were changed before.
    std::string refusal(const std::function<void(std::vector<SavedPages>&)>& change) const {
        std::vector<SavedPages> pages = m_pages;
        change(pages);
        ModelStateLoader loader(model());
        const std::string message = messageOf(addAll(loader, pages));
        // Nothing of them was taken: the pages as they should be still fit.
        EXPECT_EQ(messageOf(addAll(loader, m_pages)), "");
        return message;
    }

    const RandomModel m_random{twoCaches(), 2, KvType::kInt8};
    Snapshot m_snapshot;
    Bytes m_state;
    std::vector<SavedPages> m_pages;  // of layer 0: a page and 77 positions; then of layer 1
};

TEST_F(StateLoaderTest, NamesThePartThatDoesNotFit) {
    ASSERT_EQ(m_pages.size(), 4U);
    EXPECT_EQ(refusal([](auto& pages) { pages[2].layer = 2; }),
              "keys and values of layer 2 at position 0: the model has 2 layers with them");
    EXPECT_EQ(refusal([](auto& pages) { pages[2].layer = -1; }),
              "keys and values of layer -1 at position 0: the model has 2 layers with them");
    EXPECT_EQ(refusal([](auto& pages) { pages.erase(pages.begin()); }),
              "keys and values of layer 0 at position 4096: the part before it ends at 0");
    EXPECT_EQ(refusal([](auto& pages) { pages.insert(pages.begin(), pages[0]); }),
              "keys and values of layer 0 at position 0: the part before it ends at 4096");
    EXPECT_EQ(refusal([](auto& pages) { std::swap(pages[2], pages[3]); }),
              "keys and values of layer 1 at position 4096: the part before it ends at 0");
    EXPECT_EQ(refusal([](auto& pages) { pages[3].bytes.pop_back(); }),
              "keys and values of layer 1 at position 4096: 3079 bytes instead of 3080");
    EXPECT_EQ(refusal([](auto& pages) { pages[3].bytes.clear(); }),
              "keys and values of layer 1 at position 4096: 0 bytes instead of 3080");
    // A row of two heads where one is expected.
    EXPECT_EQ(refusal([](auto& pages) { pages[3].bytes = pages[1].bytes; }),
              "keys and values of layer 1 at position 4096: 6160 bytes instead of 3080");
}

TEST_F(StateLoaderTest, NoCountGoesBeyondItsPage) {
    for (const int64_t count : {int64_t{0},
                                int64_t{-1},
                                kKvPagePositions + 1,
                                std::numeric_limits<int64_t>::max(),
                                std::numeric_limits<int64_t>::min()}) {
        EXPECT_EQ(refusal([&](auto& pages) { pages[0].count = count; }),
                  "keys and values of layer 0 at position 0: " + std::to_string(count) +
                      " positions do not fit the page");
    }
}

TEST_F(StateLoaderTest, StatesOfOtherSizesOrBehindThePagesAreRefused) {
    ModelStateLoader loader(model());
    const auto said = [&](const Bytes& state) {
        const Result<Snapshot> snapshot = loader.snapshot(state);
        return snapshot.ok() ? "" : messageOf(snapshot.error());
    };
    EXPECT_EQ(said(m_state), "a state at position 4173, but keys and values of layer 0 end at 0");
    ASSERT_TRUE(addAll(loader, m_pages).ok());
    EXPECT_EQ(said(m_state), "");
    EXPECT_EQ(said({}), "a state of 0 bytes instead of " + std::to_string(m_state.size()));
    Bytes longer = m_state;
    longer.emplace_back();
    EXPECT_EQ(said(longer),
              "a state of " + std::to_string(longer.size()) + " bytes instead of " +
                  std::to_string(m_state.size()));
    Bytes later = m_state;
    later[2] = std::byte{1};
    EXPECT_EQ(said(later), "a state at position 69709, but keys and values of layer 0 end at 4173");
    Bytes negative = m_state;
    negative[7] = std::byte{0x80};
    EXPECT_EQ(said(negative), "a state at position -9223372036854771635");
}

// A session takes no more than it has room for, whatever a file says.
TEST_F(StateLoaderTest, AStateFarAwayOfAModelWithoutKeysIsRefusedByTheSession) {
    RandomModelShape shape;
    shape.kvHeads = {0, 0};
    const RandomModel mamba(shape);
    const auto session = mamba.session(100);
    ASSERT_TRUE(session->read(randomTokens(20, 128, 2)).ok());
    Bytes state = saveState(mamba.model(), session->snapshot().value()).value();
    EXPECT_TRUE(savePages(mamba.model(), session->snapshot().value(), 0).value().empty());
    state[6] = std::byte{0x7F};
    ModelStateLoader loader(mamba.model());
    const Status status = session->restore(loader.snapshot(state).value());
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, ErrorCode::kInvalidInput);
    EXPECT_EQ(session->position(), 20);
}

TEST_F(StateLoaderTest, SavesOnlyWhatIsItsOwn) {
    RandomModelShape other = twoCaches();
    other.seed = 21;
    const RandomModel stranger(other, 1, KvType::kInt8);
    const std::string expected = "the snapshot is of another engine: another set of weights";
    EXPECT_EQ(saveState(stranger.model(), m_snapshot).error().message, expected);
    EXPECT_EQ(savePages(stranger.model(), m_snapshot, 0).error().message, expected);
    EXPECT_EQ(saveState(model(), Snapshot()).error().message, "a snapshot of nothing");
    for (const int64_t from : {int64_t{-1}, kPosition + 1}) {
        const auto pages = savePages(model(), m_snapshot, from);
        ASSERT_FALSE(pages.ok());
        EXPECT_EQ(pages.error().code, ErrorCode::kInvalidInput);
    }
    EXPECT_TRUE(savePages(model(), m_snapshot, kPosition).value().empty());
}

// 256 positions of 32 heads fill a part of 4 MiB; the page is 16 of them.
TEST_F(StateLoaderTest, PagesThatAreTooLargeAreCutIntoEqualParts) {
    EXPECT_EQ(savedPartPositions({KvType::kInt8, 1, 64}), kKvPagePositions);
    EXPECT_EQ(savedPartPositions({KvType::kF16, 8, 128}), 1024);
    EXPECT_EQ(savedPartPositions({KvType::kF16, 32, 128}), 256);
    RandomModelShape wide;
    wide.heads = 32;
    wide.headDim = 128;
    wide.kvHeads = {32};
    wide.readWindow = 16;
    const RandomModel random(wide, 2, KvType::kF16);
    const auto session = random.session();
    ASSERT_TRUE(session->read(randomTokens(600, 128, 3)).ok());
    const Snapshot snapshot = session->snapshot().value();
    auto pages = savePages(random.model(), snapshot, 100).value();
    std::vector<int64_t> counts;
    for (const SavedPages& part : pages) {
        EXPECT_LE(std::ssize(part.bytes), kSavedPagesBytes);
        counts.push_back(part.count);
    }
    EXPECT_EQ(counts, (std::vector<int64_t>{156, 256, 88}));

    pages = savePages(random.model(), snapshot, 0).value();
    ModelStateLoader loader(random.model());
    ASSERT_TRUE(addAll(loader, pages).ok());
    const Bytes state = saveState(random.model(), snapshot).value();
    const Snapshot loaded = loader.snapshot(state).value();
    EXPECT_TRUE(savePages(random.model(), loaded, 0).value() == pages);
}

TEST_F(StateLoaderTest, WhatDoesNotFitIntoMemoryIsNotTaken) {
    auto backend =
        std::make_unique<FakeBackend>(1, ActivationType::kF32, FakeOptions{.batchTokens = 256});
    FakeBackend& fake = *backend;
    const RandomModel other(twoCaches(), std::move(backend), KvType::kInt8);
    ModelStateLoader loader(other.model());
    fake.device().allocationsLeft = 2;
    const Status status = addAll(loader, m_pages);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, ErrorCode::kOutOfMemory);
    fake.device().allocationsLeft.reset();
    ASSERT_TRUE(addAll(loader, m_pages).ok());
    fake.device().allocationsLeft = 1;
    EXPECT_EQ(loader.snapshot(m_state).error().code, ErrorCode::kOutOfMemory);
    fake.device().allocationsLeft.reset();
    EXPECT_TRUE(saveState(other.model(), loader.snapshot(m_state).value()).value() == m_state);
}

// Snapshots of one loader share its pages, and none sees what comes after its position.
TEST_F(StateLoaderTest, SnapshotsShareTheLoadedPages) {
    auto backend =
        std::make_unique<FakeBackend>(1, ActivationType::kF32, FakeOptions{.batchTokens = 256});
    FakeBackend& fake = *backend;
    const RandomModel other(twoCaches(), std::move(backend), KvType::kInt8);
    ModelStateLoader loader(other.model());
    ASSERT_TRUE(addAll(loader, m_pages).ok());
    const int64_t before = fake.device().bytesInUse;
    std::vector<Snapshot> snapshots;
    for (int i = 0; i < 5; ++i) {
        snapshots.push_back(loader.snapshot(m_state).value());
    }
    const int64_t recurrent = std::ssize(m_state) - 8;
    EXPECT_EQ(fake.device().bytesInUse, before + 5 * recurrent);
}

// By how much the logits after a question differ when `asked` goes on from what `reader` has read.
double differenceOf(const RandomModel& reader, const RandomModel& asked) {
    const auto session = reader.session();
    EXPECT_TRUE(session->read(randomTokens(700, 128, 4)).ok());
    const Snapshot snapshot = session->snapshot().value();
    ModelStateLoader loader(asked.model());
    EXPECT_TRUE(addAll(loader, savePages(reader.model(), snapshot, 0).value()).ok());
    const Bytes state = saveState(reader.model(), snapshot).value();
    const auto other = asked.session();
    EXPECT_TRUE(other->restore(loader.snapshot(state).value()).ok());
    const auto question = randomTokens(9, 128, 5);
    EXPECT_TRUE(session->ask(question).ok());
    EXPECT_TRUE(other->ask(question).ok());
    const auto expected = session->logits().value();
    const auto logits = other->logits().value();
    double largest = 0;
    for (size_t i = 0; i < logits.size(); ++i) {
        largest = std::max(largest, std::abs(static_cast<double>(logits[i]) - expected[i]));
    }
    return largest;
}

struct Precision {
    const char* name;
    ActivationType activations;
    KvType kvType;
    double tolerance;  // of logits of order 1
};

class SavedStateTableTest : public testing::TestWithParam<Precision> {};

// Another instruction set adds in another order. Where numbers are rounded to 8 bits, such a
// difference now and then moves one by a whole step.
TEST_P(SavedStateTableTest, AnotherInstructionSetGoesOnWithinTheTolerance) {
    std::vector<std::unique_ptr<RandomModel>> models;
    for (const cpu::KernelTable* table : cpu::runnableCpuKernels()) {
        models.push_back(std::make_unique<RandomModel>(
            twoCaches(),
            std::make_unique<cpu::CpuBackend>(*table, 2, GetParam().activations),
            GetParam().kvType));
    }
    double largest = 0;
    for (const auto& reader : models) {
        for (const auto& asked : models) {
            const double difference = differenceOf(*reader, *asked);
            EXPECT_LE(difference, reader == asked ? 0 : GetParam().tolerance)
                << reader->model().backend().name() << " to " << asked->model().backend().name();
            largest = std::max(largest, difference);
        }
    }
    RecordProperty("largest", std::to_string(largest));
}

constexpr Precision kPrecisions[] = {
    {"f32_f16", ActivationType::kF32, KvType::kF16, 1e-4},
    {"int8_int8", ActivationType::kInt8, KvType::kInt8, 0.01},
};
INSTANTIATE_TEST_SUITE_P(Precisions,
                         SavedStateTableTest,
                         testing::ValuesIn(kPrecisions),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace tl
