// SPDX-License-Identifier: Apache-2.0
#include "engine/session.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/fake_backend.h"
#include "tests/support/random_model.h"

namespace tl {
namespace {

using test::FakeBackend;
using test::RandomModel;
using test::RandomModelShape;
using test::randomTokens;

RandomModelShape manyGroups() {
    RandomModelShape shape;
    shape.ssmHeads = 6;
    shape.groups = 6;
    shape.stateSize = 64;
    shape.ssmHeadDim = 64;
    shape.heads = 3;
    shape.kvHeads = {0, 1, 0, 1};
    return shape;
}

RandomModelShape oneGroup() {
    RandomModelShape shape;
    shape.ssmHeads = 8;
    shape.stateSize = 128;
    shape.ssmHeadDim = 32;
    shape.kvHeads = {0, 0, 2, 0};
    return shape;
}

RandomModelShape withExperts() {
    RandomModelShape shape;
    shape.kvHeads = {0, 2, 0};
    shape.feedForward = 80;  // wider than anything else
    shape.experts = 9;
    shape.expertsUsed = 3;
    shape.sharedFeedForward = 32;
    return shape;
}

std::vector<float> copyLogits(Session& session) {
    const auto logits = session.logits().value();
    return {logits.begin(), logits.end()};
}

float largestDifference(const std::vector<float>& a, const std::vector<float>& b) {
    float largest = 0;
    for (size_t i = 0; i < a.size(); ++i) {
        largest = std::max(largest, std::abs(a[i] - b[i]));
    }
    return largest;
}

struct Device {
    const char* name;
    std::unique_ptr<Backend> (*make)(int threads, ActivationType activations);
};
const Device kDevices[] = {
    {"cpu", [](int threads, ActivationType type) { return makeCpuBackend(threads, type).value(); }},
    {"fake",
     [](int threads, ActivationType type) -> std::unique_ptr<Backend> {
         return std::make_unique<FakeBackend>(threads, type);
     }},
};

// All of it on the CPU, and on a device that shares nothing with it but the seam.
class SessionTest : public testing::TestWithParam<Device> {
protected:
    static RandomModel make(const RandomModelShape& shape,
                            int threads = 2,
                            KvType kvType = KvType::kF16,
                            ActivationType activations = ActivationType::kF32) {
        return RandomModel(shape, GetParam().make(threads, activations), kvType);
    }
};

TEST_P(SessionTest, ChunkedReadingEqualsStepping) {
    for (const RandomModelShape& shape : {manyGroups(), oneGroup(), withExperts()}) {
        const RandomModel model = make(shape);
        const auto ids = randomTokens(300, shape.vocabulary, 1);
        const auto stepped = model.session();
        size_t done = 0;
        for (const size_t length : {1U, 2U, 15U, 17U, 63U, 64U, 65U, 130U, 256U, 257U, 300U}) {
            for (; done < length; ++done) {
                ASSERT_TRUE(stepped->step(ids[done]).ok());
            }
            const auto chunked = model.session();
            ASSERT_TRUE(chunked->read(std::span(ids).first(length)).ok());
            // Logits are of order 1 and sums of some hundred f32 terms over four layers.
            EXPECT_LT(largestDifference(copyLogits(*chunked), copyLogits(*stepped)), 2e-4F)
                << "length " << length;
        }
    }
}

// The scan takes at most 64 tokens at a time; a call of fewer makes that its chunk.
TEST_P(SessionTest, ChunksOfAnySizeReadTheSame) {
    for (const RandomModelShape& shape : {manyGroups(), oneGroup(), withExperts()}) {
        const RandomModel model = make(shape);
        const auto ids = randomTokens(150, shape.vocabulary, 13);
        const auto whole = model.session();
        ASSERT_TRUE(whole->read(ids).ok());
        for (const size_t size : {1U, 2U, 3U, 7U, 16U, 31U, 32U, 33U, 63U, 64U, 65U, 127U, 149U}) {
            const auto chunked = model.session();
            for (size_t at = 0; at < ids.size(); at += size) {
                const size_t count = std::min(size, ids.size() - at);
                ASSERT_TRUE(chunked->read(std::span(ids).subspan(at, count)).ok());
            }
            EXPECT_LT(largestDifference(copyLogits(*chunked), copyLogits(*whole)), 2e-4F)
                << "chunks of " << size;
        }
    }
}

TEST_P(SessionTest, ReadingMayStopAndGoOnAtAnyOffset) {
    const RandomModel model = make(oneGroup());
    const auto ids = randomTokens(140, 128, 2);
    const auto whole = model.session();
    ASSERT_TRUE(whole->read(ids).ok());
    for (size_t cut = 1; cut < ids.size(); ++cut) {
        const auto parts = model.session();
        ASSERT_TRUE(parts->read(std::span(ids).first(cut)).ok());
        ASSERT_TRUE(parts->read(std::span(ids).subspan(cut)).ok());
        EXPECT_LT(largestDifference(copyLogits(*parts), copyLogits(*whole)), 2e-4F)
            << "cut " << cut;
    }
}

// Calls end where batches of the whole sequence end, not where a call's own would.
TEST_P(SessionTest, ReadingInPiecesThatEndAtABatchsBorderEqualsReadingAtOnceBitForBit) {
    const RandomModel model = make(oneGroup(), 2, KvType::kInt8, ActivationType::kInt8);
    const int64_t batch = model.model().batchTokens();
    const auto ids = randomTokens(3 * batch + 21, 128, 14);
    const auto at = [&](int64_t position) { return static_cast<size_t>(position); };
    for (const int64_t start : {int64_t{0}, int64_t{1}, batch - 1, batch + 77}) {
        const auto whole = model.session();
        ASSERT_TRUE(whole->read(std::span(ids).first(at(start))).ok());
        const auto parts = model.session();
        ASSERT_TRUE(parts->restore(whole->snapshot().value()).ok());
        ASSERT_TRUE(whole->read(std::span(ids).subspan(at(start))).ok());
        for (int64_t end = (start / batch + 1) * batch; parts->position() < std::ssize(ids);) {
            const int64_t from = parts->position();
            ASSERT_TRUE(parts->read(std::span(ids).subspan(at(from), at(end - from))).ok());
            end = std::min(end + batch, std::ssize(ids));
        }
        EXPECT_EQ(copyLogits(*parts), copyLogits(*whole)) << "from " << start;
    }
}

TEST_P(SessionTest, RestoringASnapshotEqualsNeverHavingGoneOnBitForBit) {
    for (const KvType kvType : {KvType::kInt8, KvType::kF16}) {
        const RandomModel model = make(manyGroups(), 2, kvType);
        // Past the border of a page of keys and values.
        const auto corpus = randomTokens(4200, 128, 3);
        const auto question = randomTokens(20, 128, 4);
        const auto session = model.session();
        ASSERT_TRUE(session->read(corpus).ok());
        const Snapshot end = session->snapshot().value();
        ASSERT_TRUE(session->ask(question).ok());
        const auto expected = copyLogits(*session);
        ASSERT_TRUE(session->step(5).ok());

        ASSERT_TRUE(session->restore(end).ok());
        EXPECT_EQ(session->position(), 4200);
        ASSERT_TRUE(session->ask(question).ok());
        EXPECT_EQ(copyLogits(*session), expected);

        const auto other = model.session();
        ASSERT_TRUE(other->restore(end).ok());
        ASSERT_TRUE(other->ask(question).ok());
        EXPECT_EQ(copyLogits(*other), expected);
    }
}

TEST_P(SessionTest, SessionsThatShareASnapshotDoNotDisturbEachOther) {
    const RandomModel model = make(oneGroup());
    const auto first = model.session();
    ASSERT_TRUE(first->read(randomTokens(100, 128, 5)).ok());
    const Snapshot snapshot = first->snapshot().value();
    const auto second = model.session();
    ASSERT_TRUE(second->restore(snapshot).ok());
    ASSERT_TRUE(first->ask(randomTokens(30, 128, 6)).ok());
    const auto expected = copyLogits(*first);
    ASSERT_TRUE(second->ask(randomTokens(30, 128, 7)).ok());
    ASSERT_TRUE(first->restore(snapshot).ok());
    ASSERT_TRUE(first->ask(randomTokens(30, 128, 6)).ok());
    EXPECT_EQ(copyLogits(*first), expected);
}

TEST_P(SessionTest, ResultsDoNotDependOnTheNumberOfThreads) {
    const auto ids = randomTokens(1300, 128, 8);
    for (const RandomModelShape& shape : {oneGroup(), withExperts()}) {
        std::vector<std::vector<float>> results;
        for (const int threads : {1, 2, 5}) {
            const RandomModel model = make(shape, threads, KvType::kInt8, ActivationType::kInt8);
            const auto session = model.session();
            ASSERT_TRUE(session->read(ids).ok());
            ASSERT_TRUE(session->ask(std::span(ids).first(40)).ok());
            results.push_back(copyLogits(*session));
        }
        EXPECT_EQ(results[0], results[1]);
        EXPECT_EQ(results[0], results[2]);
    }
}

TEST_P(SessionTest, StoppingLosesNothingThatWasReadAndReadingGoesOn) {
    const RandomModel model = make(oneGroup());
    const auto ids = randomTokens(700, 128, 9);
    const auto whole = model.session();
    ASSERT_TRUE(whole->read(ids).ok());

    const auto session = model.session();
    std::stop_source stop;
    const Status status = session->read(ids, stop.get_token(), [&](const Progress& progress) {
        if (progress.done >= 256) {
            stop.request_stop();
        }
    });
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, ErrorCode::kCancelled);
    ASSERT_EQ(session->position(), 256);
    ASSERT_TRUE(session->read(std::span(ids).subspan(256)).ok());
    EXPECT_EQ(copyLogits(*session), copyLogits(*whole));
}

TEST_P(SessionTest, RefusesWhatItCannotReadAndReadsNothingOfIt) {
    const RandomModel model = make(oneGroup());
    const auto session = model.session(100);
    const Status tooMany = session->read(randomTokens(101, 128, 10));
    ASSERT_FALSE(tooMany.ok());
    EXPECT_EQ(tooMany.error().message, "101 tokens, but the limit is 100");
    const Status unknown = session->read(std::vector<TokenId>{1, 128});
    ASSERT_FALSE(unknown.ok());
    EXPECT_EQ(unknown.error().message, "token 128 is not in the vocabulary");
    EXPECT_EQ(session->position(), 0);
    EXPECT_EQ(session->tokensEvaluated(), 0);

    const RandomModel stranger = make(manyGroups());
    const auto elsewhere = stranger.session();
    ASSERT_TRUE(elsewhere->read(randomTokens(3, 128, 11)).ok());
    EXPECT_FALSE(session->restore(elsewhere->snapshot().value()).ok());
}

INSTANTIATE_TEST_SUITE_P(Devices, SessionTest, testing::ValuesIn(kDevices), [](const auto& device) {
    return std::string(device.param.name);
});

}  // namespace
}  // namespace tl
