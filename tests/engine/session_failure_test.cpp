// SPDX-License-Identifier: Apache-2.0
// A device fails and memory ends, at every call there is: what a session says and where it stands.
#include <gtest/gtest.h>

#include "engine/session.h"
#include "tests/support/fake_backend.h"
#include "tests/support/random_model.h"

namespace tl {
namespace {

using test::FakeBackend;
using test::FakeDeviceState;
using test::RandomModel;
using test::RandomModelShape;
using test::randomTokens;

constexpr int64_t kVocabulary = 128;

RandomModelShape twoOfEach() {
    RandomModelShape shape;
    shape.kvHeads = {0, 1, 0, 2};
    return shape;
}

class SessionFailureTest : public testing::Test {
protected:
    SessionFailureTest() : SessionFailureTest(std::make_unique<FakeBackend>(1, kF32)) {}

    // What a session says next, where it stands.
    static std::vector<float> nextLogits(Session& session) {
        EXPECT_TRUE(session.step(5).ok());
        const std::span<const float> logits = session.logits().value();
        return {logits.begin(), logits.end()};
    }
    std::unique_ptr<Session> sessionAfter(std::span<const TokenId> tokens) const {
        std::unique_ptr<Session> session = m_model.session();
        EXPECT_TRUE(session->read(tokens).ok());
        return session;
    }

    static constexpr ActivationType kF32 = ActivationType::kF32;
    const std::vector<TokenId> m_corpus = randomTokens(150, kVocabulary, 21);
    const std::vector<TokenId> m_more = randomTokens(40, kVocabulary, 22);

private:
    explicit SessionFailureTest(std::unique_ptr<FakeBackend> backend)
        : m_device(backend->device()), m_model(twoOfEach(), std::move(backend), KvType::kInt8) {}

protected:
    FakeDeviceState& m_device;
    const RandomModel m_model;
};

TEST_F(SessionFailureTest, APositionCountsOnlyWhenTheDeviceHasDoneIt) {
    const auto session = sessionAfter(m_corpus);
    const Snapshot snapshot = session->snapshot().value();
    for (const int64_t op : {0, 1, 7, 20}) {
        m_device.opsLeft = op;
        const Status status = session->ask(m_more);
        ASSERT_FALSE(status.ok());
        EXPECT_EQ(status.error().code, ErrorCode::kIo);
        EXPECT_EQ(status.error().message, "the fake device failed");
        EXPECT_EQ(session->position(), 150);
        EXPECT_EQ(session->tokensEvaluated(), 150);

        const std::string advice = "the device failed in the middle; restore a snapshot first";
        EXPECT_EQ(session->step(1).error().message, advice);
        EXPECT_EQ(session->logits().error().message, advice);
        EXPECT_EQ(session->snapshot().error().message, advice);
        ASSERT_TRUE(session->restore(snapshot).ok());
    }
    EXPECT_EQ(nextLogits(*session), nextLogits(*sessionAfter(m_corpus)));
}

TEST_F(SessionFailureTest, AFailureInALaterBatchKeepsTheBatchesBefore) {
    const auto session = m_model.session();
    const auto tokens = randomTokens(3 * test::FakeOptions().batchTokens, kVocabulary, 23);
    const Status status = session->read(tokens, {}, [&](const Progress& progress) {
        if (progress.done == 2 * test::FakeOptions().batchTokens) {
            m_device.opsLeft = 3;
        }
    });
    EXPECT_FALSE(status.ok());
    EXPECT_EQ(session->position(), 2 * test::FakeOptions().batchTokens);
}

TEST_F(SessionFailureTest, StoppingTellsADeviceThatHasFailed) {
    const auto session = sessionAfter(m_corpus);
    std::stop_source stop;
    stop.request_stop();
    m_device.opsLeft = 0;
    const Status status = session->read(m_more, stop.get_token());
    EXPECT_EQ(status.error().message, "the fake device failed");
    EXPECT_EQ(session->position(), 150);
}

TEST_F(SessionFailureTest, LogitsFailWithTheDeviceAndComeAfterwards) {
    const auto session = sessionAfter(m_corpus);
    m_device.opsLeft = 0;
    const auto failed = session->logits();
    ASSERT_FALSE(failed.ok());
    EXPECT_EQ(failed.error().message, "the fake device failed");
    EXPECT_EQ(session->position(), 150);
    const auto logits = session->logits();
    ASSERT_TRUE(logits.ok());
    const auto twin = sessionAfter(m_corpus);
    const auto expected = twin->logits().value();
    EXPECT_TRUE(std::ranges::equal(logits.value(), expected));
}

// As often as restoring takes memory, it runs out at the next place.
TEST_F(SessionFailureTest, RestoringWithoutMemoryLeavesEverythingAsItWas) {
    const auto other = sessionAfter(m_corpus);
    const Snapshot snapshot = other->snapshot().value();
    int64_t failures = 0;
    for (bool isRestored = false; !isRestored; ++failures) {
        const auto session = sessionAfter(m_more);
        m_device.allocationsLeft = failures;
        const Status status = session->restore(snapshot);
        m_device.allocationsLeft.reset();
        isRestored = status.ok();
        EXPECT_EQ(session->position(), isRestored ? 150 : 40);
        if (!isRestored) {
            EXPECT_EQ(status.error().code, ErrorCode::kOutOfMemory);
        }
        const auto twin = sessionAfter(isRestored ? m_corpus : m_more);
        EXPECT_EQ(nextLogits(*session), nextLogits(*twin)) << failures << " allocations";
    }
    EXPECT_GT(failures, 2) << "one page for each attention layer, and what else it takes";
}

TEST_F(SessionFailureTest, RestoringOnAFailingDeviceLeavesEverythingAsItWas) {
    const auto other = sessionAfter(m_corpus);
    const Snapshot snapshot = other->snapshot().value();
    // Copies of a page for each attention layer, of the recurrent state and of the last vector.
    for (const int64_t op : {0, 1, 2, 3}) {
        const auto session = sessionAfter(m_more);
        m_device.opsLeft = op;
        const Status status = session->restore(snapshot);
        ASSERT_FALSE(status.ok());
        EXPECT_EQ(status.error().message, "the fake device failed");
        EXPECT_EQ(session->position(), 40);
        EXPECT_EQ(nextLogits(*session), nextLogits(*sessionAfter(m_more))) << "op " << op;
    }
}

TEST_F(SessionFailureTest, ASnapshotThatFailsChangesNothing) {
    const auto session = sessionAfter(m_corpus);
    m_device.opsLeft = 1;
    EXPECT_EQ(session->snapshot().error().message, "the fake device failed");
    m_device.allocationsLeft = 1;
    EXPECT_EQ(session->snapshot().error().code, ErrorCode::kOutOfMemory);
    m_device.allocationsLeft.reset();
    EXPECT_EQ(nextLogits(*session), nextLogits(*sessionAfter(m_corpus)));
}

TEST(DeviceTraits, SizesThatADeviceCannotWalkAreNamed) {
    const RandomModel model(twoOfEach());
    FakeBackend backend(1, ActivationType::kF32, {.sizeMultiple = 48});
    const auto loaded =
        Model::load(model.file(), parseModelConfig(model.file()).value(), backend, KvType::kInt8);
    ASSERT_FALSE(loaded.ok());
    EXPECT_EQ(loaded.error().code, ErrorCode::kUnsupported);
    EXPECT_EQ(loaded.error().message,
              "random.gguf: embedding size is 64, which is no multiple of 48");
}

}  // namespace
}  // namespace tl
