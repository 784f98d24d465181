// SPDX-License-Identifier: Apache-2.0
// What sequences that share passes come out as, beside each of them alone: the same bits.
#include "engine/session_batch.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/gguf_file.h"
#include "tests/support/fake_backend.h"
#include "tests/support/random_model.h"

namespace tl {
namespace {

using test::FakeBackend;
using test::FakeDeviceState;
using test::RandomModel;
using test::RandomModelShape;
using test::randomTokens;

using Sessions = std::vector<std::unique_ptr<Session>>;

std::vector<float> copyLogits(Session& session) {
    const auto logits = session.logits().value();
    return {logits.begin(), logits.end()};
}

std::vector<Session*> pointersTo(const Sessions& sessions) {
    std::vector<Session*> all;
    for (const auto& session : sessions) {
        all.push_back(session.get());
    }
    return all;
}

// A model of one architecture on one device.
struct TestedModel {
    virtual ~TestedModel() = default;
    virtual const Model& model() const = 0;

    Sessions sessions(size_t count) const {
        Sessions all;
        for (size_t i = 0; i < count; ++i) {
            all.push_back(
                std::make_unique<Session>(model(), model().newState(/*maxTokens=*/8192).value()));
        }
        return all;
    }
};

struct Hybrid final : TestedModel {
    Hybrid(std::unique_ptr<Backend> backend, KvType kvType)
        : random(shape(), std::move(backend), kvType) {}
    const Model& model() const override { return random.model(); }

    static RandomModelShape shape() {
        RandomModelShape shape;
        shape.ssmHeads = 6;
        shape.groups = 3;
        shape.stateSize = 32;
        shape.kvHeads = {0, 1, 0, 2};
        shape.readWindow = 48;
        shape.logScaleBase = 64;
        shape.experts = 7;
        shape.expertsUsed = 2;
        shape.sharedFeedForward = 32;
        return shape;
    }
    RandomModel random;
};

// One of tests/data/model.
struct FromFile final : TestedModel {
    FromFile(const std::string& name, std::unique_ptr<Backend> device, KvType kvType)
        : file(GgufFile::open(TL_SOURCE_DIR "/tests/data/model/" + name + ".gguf").value())
        , backend(std::move(device))
        , loaded(Model::load(file, parseModelConfig(file).value(), *backend, kvType).value()) {}
    const Model& model() const override { return *loaded; }

    GgufFile file;
    std::unique_ptr<Backend> backend;
    std::unique_ptr<Model> loaded;
};

struct Case {
    std::string architecture;  // or the name of a file
    std::string device;
    ActivationType activations;
    KvType kvType;

    std::unique_ptr<TestedModel> load() const {
        std::unique_ptr<Backend> backend = device == "cpu"
                                               ? makeCpuBackend(/*threads=*/2, activations).value()
                                               : std::make_unique<FakeBackend>(2, activations);
        if (architecture == "granitehybrid") {
            return std::make_unique<Hybrid>(std::move(backend), kvType);
        }
        return std::make_unique<FromFile>(architecture, std::move(backend), kvType);
    }
};

std::vector<Case> allCases() {
    std::vector<Case> cases;
    for (const char* architecture : {"granitehybrid", "tiny-mamba2-groups", "tiny-llama-biases"}) {
        for (const char* device : {"cpu", "fake"}) {
            cases.push_back({architecture, device, ActivationType::kInt8, KvType::kInt8});
            cases.push_back({architecture, device, ActivationType::kF32, KvType::kF16});
        }
    }
    return cases;
}

// Sequences, and the same ones again, each of which goes its way alone.
struct Pair {
    std::unique_ptr<Session> together;
    std::unique_ptr<Session> alone;
    std::vector<TokenId> text;
    std::vector<TokenId> question;
    Pointers pointers{};
};

// "" where both stand at the same place with the same bits, else what differs.
std::string difference(const Pair& pair) {
    if (pair.together->position() != pair.alone->position() ||
        pair.together->tokensEvaluated() != pair.alone->tokensEvaluated()) {
        return "they stand at different positions";
    }
    return copyLogits(*pair.together) == copyLogits(*pair.alone) ? "" : "their logits differ";
}

class SessionBatchTest : public testing::TestWithParam<Case> {
protected:
    // Reads, asks and steps `lengths.size()` sequences together and each alone, the first ones
    // leaving early, and compares after every call.
    void expectTheBitsOfEachAlone(const std::vector<int64_t>& lengths) {
        std::vector<Pair> pairs = makePairs(lengths);
        const auto batch = SessionBatch::create(m_tested->model(), std::ssize(pairs)).value();
        read(*batch, pairs);
        expectSameBits(*batch, pairs, "read");
        ask(*batch, pairs);
        expectSameBits(*batch, pairs, "asked");
        for (TokenId token = 0; !pairs.empty(); ++token) {
            step(*batch, pairs, token);
            expectSameBits(*batch, pairs, "stepped");
            pairs.erase(pairs.begin());
        }
    }

    int64_t vocabulary() const { return m_tested->model().config().vocabSize; }

private:
    std::vector<Pair> makePairs(const std::vector<int64_t>& lengths) const {
        Sessions together = m_tested->sessions(lengths.size());
        Sessions alone = m_tested->sessions(lengths.size());
        std::vector<Pair> pairs;
        for (size_t i = 0; i < lengths.size(); ++i) {
            const auto seed = static_cast<unsigned>(i);
            pairs.push_back(
                {std::move(together[i]),
                 std::move(alone[i]),
                 randomTokens(lengths[i], vocabulary(), seed),
                 randomTokens(lengths[lengths.size() - 1 - i], vocabulary(), 99 + seed)});
        }
        return pairs;
    }

    static void expectSameBits(SessionBatch& batch,
                               const std::vector<Pair>& pairs,
                               const char* call) {
        std::vector<Session*> all;
        for (const Pair& pair : pairs) {
            all.push_back(pair.together.get());
        }
        EXPECT_TRUE(batch.logits(all).ok());
        for (const Pair& pair : pairs) {
            EXPECT_EQ(difference(pair), "") << call << ", text of " << pair.text.size();
        }
    }

    static void read(SessionBatch& batch, const std::vector<Pair>& pairs) {
        std::vector<SessionBatch::Part> parts;
        for (const Pair& pair : pairs) {
            parts.push_back({pair.together.get(), pair.text});
            EXPECT_TRUE(pair.alone->read(pair.text).ok());
        }
        EXPECT_TRUE(batch.read(parts).ok());
    }

    static void ask(SessionBatch& batch, std::vector<Pair>& pairs) {
        std::vector<SessionBatch::Part> parts;
        for (Pair& pair : pairs) {
            pair.pointers.begin = 1;
            pair.pointers.end = std::ssize(pair.question);
            parts.push_back({pair.together.get(), pair.question, &pair.pointers});
        }
        EXPECT_TRUE(batch.ask(parts).ok());
        for (const Pair& pair : pairs) {
            Pointers own{pair.pointers.begin, pair.pointers.end, {}};
            EXPECT_TRUE(pair.alone->ask(pair.question, {}, &own).ok());
            EXPECT_EQ(pair.pointers.scores, own.scores) << "text of " << pair.text.size();
        }
    }

    static void step(SessionBatch& batch, const std::vector<Pair>& pairs, TokenId token) {
        std::vector<SessionBatch::Step> steps;
        for (const Pair& pair : pairs) {
            steps.push_back({pair.together.get(), token});
            EXPECT_TRUE(pair.alone->step(token).ok());
            ++token;
        }
        EXPECT_TRUE(batch.step(steps).ok());
    }

protected:
    const std::unique_ptr<TestedModel> m_tested = GetParam().load();
};

TEST_P(SessionBatchTest, RaggedSequencesGiveTheBitsOfEachAlone) {
    expectTheBitsOfEachAlone({1, 2, 17, 63, 64, 65, 130, 300});
}

// More than ops take at once, and more rows than a pass has room for.
TEST_P(SessionBatchTest, ManySequencesGiveTheBitsOfEachAlone) {
    expectTheBitsOfEachAlone({9, 8, 7, 1, 1, 3, 5, 6, 7, 9, 30, 31, 32, 33, 34, 35, 36, 37, 20});
}

TEST_P(SessionBatchTest, ForksOfOneStateDoNotDisturbEachOther) {
    const Sessions forks = m_tested->sessions(4);
    const Sessions alone = m_tested->sessions(1);
    ASSERT_TRUE(alone[0]->read(randomTokens(1500, vocabulary(), 7)).ok());
    const Snapshot end = alone[0]->snapshot().value();
    const auto batch = SessionBatch::create(m_tested->model(), 4).value();
    std::vector<std::vector<TokenId>> questions;
    std::vector<SessionBatch::Part> parts;
    for (unsigned i = 0; i < 4; ++i) {
        ASSERT_TRUE(forks[i]->restore(end).ok());
        questions.push_back(randomTokens(5 + 9 * i, vocabulary(), 70 + i));
    }
    for (size_t i = 0; i < 4; ++i) {
        parts.push_back({forks[i].get(), questions[i]});
    }
    ASSERT_TRUE(batch->ask(parts).ok());
    for (size_t i = 0; i < 4; ++i) {
        ASSERT_TRUE(alone[0]->restore(end).ok());
        ASSERT_TRUE(alone[0]->ask(questions[i]).ok());
        EXPECT_EQ(copyLogits(*forks[i]), copyLogits(*alone[0])) << "fork " << i;
    }
}

// One reads its text, one is asked, and one is in the middle of its answer.
TEST_P(SessionBatchTest, WhatIsReadAndWhatIsAskedSharePasses) {
    const Sessions together = m_tested->sessions(3);
    const Sessions alone = m_tested->sessions(3);
    const std::vector<TokenId> text = randomTokens(150, vocabulary(), 8);
    const std::vector<TokenId> question = randomTokens(25, vocabulary(), 9);
    const std::vector<TokenId> next{4};
    const auto batch = SessionBatch::create(m_tested->model(), 3).value();
    for (const Sessions* sessions : {&together, &alone}) {
        ASSERT_TRUE((*sessions)[1]->read(text).ok());
        ASSERT_TRUE((*sessions)[2]->read(question).ok());
    }
    const SessionBatch::Part reading[] = {{together[0].get(), text}};
    const SessionBatch::Part asking[] = {{together[1].get(), question}, {together[2].get(), next}};
    ASSERT_TRUE(batch->readAndAsk(reading, asking).ok());
    ASSERT_TRUE(alone[0]->read(text).ok());
    ASSERT_TRUE(alone[1]->ask(question).ok());
    ASSERT_TRUE(alone[2]->step(4).ok());
    for (size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(copyLogits(*together[i]), copyLogits(*alone[i])) << "sequence " << i;
    }
}

TEST_P(SessionBatchTest, WhereOneCannotGoOnNoneMoves) {
    const Sessions sessions = m_tested->sessions(2);
    const auto batch = SessionBatch::create(m_tested->model(), 2).value();
    const std::vector<TokenId> good = randomTokens(5, vocabulary(), 1);
    const std::vector<TokenId> bad{1, static_cast<TokenId>(vocabulary())};
    const SessionBatch::Part parts[] = {{sessions[0].get(), good}, {sessions[1].get(), bad}};
    for (const Status& status : {batch->read(parts), batch->ask(parts)}) {
        ASSERT_FALSE(status.ok());
        EXPECT_EQ(status.error().code, ErrorCode::kInvalidInput);
    }
    const SessionBatch::Step steps[] = {{sessions[0].get(), 1}, {sessions[1].get(), -1}};
    EXPECT_FALSE(batch->step(steps).ok());
    EXPECT_EQ(sessions[0]->position(), 0);
    EXPECT_EQ(sessions[0]->tokensEvaluated(), 0);
}

TEST_P(SessionBatchTest, StoppingLeavesEachWhereItWas) {
    const Sessions sessions = m_tested->sessions(2);
    const Sessions alone = m_tested->sessions(2);
    const auto batch = SessionBatch::create(m_tested->model(), 2).value();
    const std::vector<TokenId> texts[] = {randomTokens(40, vocabulary(), 1),
                                          randomTokens(70, vocabulary(), 2)};
    const SessionBatch::Part parts[] = {{sessions[0].get(), texts[0]},
                                        {sessions[1].get(), texts[1]}};
    ASSERT_TRUE(batch->read(parts).ok());
    std::stop_source stop;
    stop.request_stop();
    const Status status = batch->ask(parts, stop.get_token());
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, ErrorCode::kCancelled);
    EXPECT_EQ(sessions[0]->position(), 40);
    EXPECT_EQ(sessions[1]->position(), 70);
    for (size_t i = 0; i < 2; ++i) {
        ASSERT_TRUE(alone[i]->read(texts[i]).ok());
        ASSERT_TRUE(alone[i]->step(3).ok());
        ASSERT_TRUE(sessions[i]->step(3).ok());
        EXPECT_EQ(copyLogits(*sessions[i]), copyLogits(*alone[i]));
    }
}

INSTANTIATE_TEST_SUITE_P(
    Models, SessionBatchTest, testing::ValuesIn(allCases()), [](const auto& tested) {
        const Case& c = tested.param;
        std::string name = c.architecture + "_" + c.device + "_" +
                           (c.activations == ActivationType::kInt8 ? "int8" : "f32");
        std::replace(name.begin(), name.end(), '-', '_');
        return name;
    });

// Two sequences on a device that fails when told to.
class SessionBatchFailureTest : public testing::Test {
protected:
    SessionBatchFailureTest()
        : SessionBatchFailureTest(std::make_unique<FakeBackend>(1, ActivationType::kF32)) {}

    void readBoth(int64_t first, int64_t second) {
        ASSERT_TRUE(m_sessions[0]->read(randomTokens(first, 128, 1)).ok());
        ASSERT_TRUE(m_sessions[1]->read(randomTokens(second, 128, 2)).ok());
    }
    std::vector<SessionBatch::Part> bothAsk() const {
        return {{m_sessions[0].get(), m_question}, {m_sessions[1].get(), m_question}};
    }

    const std::vector<TokenId> m_question = randomTokens(20, 128, 3);

private:
    explicit SessionBatchFailureTest(std::unique_ptr<FakeBackend> backend)
        : m_device(backend->device())
        , m_tested(std::move(backend), KvType::kInt8)
        , m_sessions(m_tested.sessions(2))
        , m_batch(SessionBatch::create(m_tested.model(), 2).value()) {}

protected:
    FakeDeviceState& m_device;
    const Hybrid m_tested;
    const Sessions m_sessions;
    const std::unique_ptr<SessionBatch> m_batch;
};

TEST_F(SessionBatchFailureTest, WhereTheDeviceFailsNoneIsWholeAndRestoringMendsEach) {
    readBoth(50, 90);
    const Snapshot snapshots[] = {m_sessions[0]->snapshot().value(),
                                  m_sessions[1]->snapshot().value()};
    ASSERT_TRUE(m_sessions[0]->ask(m_question).ok());
    const std::vector<float> expected = copyLogits(*m_sessions[0]);
    for (const int64_t op : {0, 1, 7, 20}) {
        for (size_t i = 0; i < 2; ++i) {
            ASSERT_TRUE(m_sessions[i]->restore(snapshots[i]).ok());
        }
        m_device.opsLeft = op;
        const Status status = m_batch->ask(bothAsk());
        ASSERT_FALSE(status.ok());
        EXPECT_EQ(status.error().message, "the fake device failed");
        EXPECT_EQ(m_sessions[0]->position(), 50);
        EXPECT_EQ(m_sessions[1]->position(), 90);
        const std::string advice = "the device failed in the middle; restore a snapshot first";
        for (const auto& session : m_sessions) {
            EXPECT_EQ(session->step(1).error().message, advice);
        }
        EXPECT_EQ(m_batch->logits(pointersTo(m_sessions)).error().message, advice);
    }
    ASSERT_TRUE(m_sessions[0]->restore(snapshots[0]).ok());
    ASSERT_TRUE(m_sessions[0]->ask(m_question).ok());
    EXPECT_EQ(copyLogits(*m_sessions[0]), expected);
}

TEST_F(SessionBatchFailureTest, WithoutMemoryForAPageEachIsAsItWas) {
    readBoth(30, kKvPagePositions);
    const Snapshot snapshot = m_sessions[1]->snapshot().value();
    ASSERT_TRUE(m_sessions[1]->ask(m_question).ok());
    const std::vector<float> expected = copyLogits(*m_sessions[1]);
    ASSERT_TRUE(m_sessions[1]->restore(snapshot).ok());
    // The second one needs another page for each of its two layers with attention.
    for (const int64_t allocations : {0, 1}) {
        m_device.allocationsLeft = allocations;
        const Status status = m_batch->ask(bothAsk());
        m_device.allocationsLeft.reset();
        ASSERT_FALSE(status.ok());
        EXPECT_EQ(status.error().code, ErrorCode::kOutOfMemory);
        EXPECT_EQ(m_sessions[0]->position(), 30);
        EXPECT_EQ(m_sessions[1]->position(), kKvPagePositions);
    }
    ASSERT_TRUE(m_batch->ask(bothAsk()).ok());
    EXPECT_EQ(copyLogits(*m_sessions[1]), expected);
}

TEST_F(SessionBatchFailureTest, LogitsThatFailComeAfterwards) {
    readBoth(30, 40);
    m_device.opsLeft = 2;
    const std::vector<Session*> both = pointersTo(m_sessions);
    ASSERT_FALSE(m_batch->logits(both).ok());
    ASSERT_TRUE(m_batch->logits(both).ok());
    const std::vector<float> together = copyLogits(*m_sessions[0]);
    const Sessions alone = m_tested.sessions(1);
    ASSERT_TRUE(alone[0]->read(randomTokens(30, 128, 1)).ok());
    EXPECT_EQ(together, copyLogits(*alone[0]));
}

}  // namespace
}  // namespace tl
