// SPDX-License-Identifier: Apache-2.0
// Every kind of layer is saved and loaded by its needs alone, on devices that keep it differently.
#include "engine/state/state_codec.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

#include "engine/session.h"
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

// Past a page's border, and with a last page that is filled in part.
constexpr int64_t kPosition = kKvPagePositions + 77;

RandomModelShape everyKind() {
    RandomModelShape shape;
    shape.kvHeads = {0, 2, 0, 1};
    shape.readWindow = 64;
    return shape;
}

// Of the CPU's batch length, since two devices that compute alike are wanted.
std::unique_ptr<FakeBackend> fakeDevice() {
    return std::make_unique<FakeBackend>(1, ActivationType::kF32, FakeOptions{.batchTokens = 256});
}

// All layers of a sequence in canonical form.
std::vector<Bytes> savedLayers(const Model& model, const SessionState& state) {
    std::vector<Bytes> saved;
    int64_t offset = 0;
    size_t cache = 0;
    for (const LayerNeeds& needs : model.layerNeeds()) {
        LayerMemory memory{static_cast<std::byte*>(state.recurrent->data()) + offset};
        offset += needs.stateBytes();
        if (needs.kv) {
            memory.pages = state.caches[cache++].pages();
        }
        saved.push_back(saveLayer(model.backend(), needs, memory, state.position).value());
    }
    return saved;
}

std::unique_ptr<SessionState> stateAfter(const Model& model, const std::vector<TokenId>& tokens) {
    std::unique_ptr<SessionState> state = model.newState(8192).value();
    AttentionPolicy policy;
    policy.window = model.config().readWindow;
    for (size_t at = 0; at < tokens.size(); at += 256) {
        const size_t count = std::min<size_t>(256, tokens.size() - at);
        const Model::Part part{std::span(tokens).subspan(at, count), policy, state.get()};
        EXPECT_TRUE(model.forward({&part, 1}, {}).ok());
    }
    return state;
}

class StateCodecTest : public testing::TestWithParam<KvType> {
protected:
    const RandomModel m_cpu{everyKind(), 1, GetParam()};
    const RandomModel m_fake{everyKind(), fakeDevice(), GetParam()};
    const std::vector<TokenId> m_tokens = randomTokens(kPosition, 128, 5);
};

TEST_P(StateCodecTest, DevicesThatComputeAlikeSaveTheSameBytes) {
    const auto cpu = savedLayers(m_cpu.model(), *stateAfter(m_cpu.model(), m_tokens));
    const auto fake = savedLayers(m_fake.model(), *stateAfter(m_fake.model(), m_tokens));
    std::set<std::string> kinds;
    size_t layer = 0;
    for (const BlockConfig& block : m_cpu.model().config().blocks) {
        for (const auto& config : block.layers) {
            kinds.emplace(config->kind());
            EXPECT_EQ(cpu[layer], fake[layer]) << "layer " << layer << ", " << config->kind();
            ++layer;
        }
    }
    EXPECT_EQ(layer, cpu.size());
    EXPECT_EQ(kinds, (std::set<std::string>{"attention", "feed_forward", "mamba2"}));
}

TEST_P(StateCodecTest, WhatIsLoadedIsSavedAgainBitForBit) {
    for (const RandomModel* random : {&m_cpu, &m_fake}) {
        const Model& model = random->model();
        const auto saved = savedLayers(model, *stateAfter(model, m_tokens));
        const auto needs = model.layerNeeds();
        for (size_t i = 0; i < needs.size(); ++i) {
            const auto buffer = model.backend().allocate(needs[i].stateBytes()).value();
            LayerMemory memory{buffer->data()};
            ASSERT_TRUE(
                loadLayer(model.backend(), needs[i], GetParam(), saved[i], kPosition, memory).ok());
            EXPECT_EQ(saveLayer(model.backend(), needs[i], memory, kPosition).value(), saved[i])
                << "layer " << i << " on " << model.backend().name();
        }
    }
}

TEST_P(StateCodecTest, BytesOfAnotherLengthAreRefused) {
    const LayerNeeds needs = m_cpu.model().layerNeeds().front();
    const auto buffer = m_cpu.model().backend().allocate(needs.stateBytes()).value();
    LayerMemory memory{buffer->data()};
    const Bytes bytes(static_cast<size_t>(needs.stateBytes() - 1));
    const Status status =
        loadLayer(m_cpu.model().backend(), needs, GetParam(), bytes, kPosition, memory);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, ErrorCode::kCorrupt);
    EXPECT_EQ(status.error().message,
              "a layer's state of " + std::to_string(bytes.size()) + " bytes instead of " +
                  std::to_string(bytes.size() + 1));
}

// A corpus that was read on one device is asked on another.
TEST_P(StateCodecTest, ASnapshotGoesToAnotherDeviceAndOnAsIfItHadBeenReadThere) {
    for (const auto& [from, to] : {std::pair(&m_cpu, &m_fake), std::pair(&m_fake, &m_cpu)}) {
        const auto reader = from->session();
        ASSERT_TRUE(reader->read(m_tokens).ok());
        const auto asked = to->session();
        const Status status = asked->restore(reader->snapshot().value());
        ASSERT_TRUE(status.ok()) << status.error().message;
        EXPECT_EQ(asked->position(), kPosition);
        const auto question = randomTokens(9, 128, 6);
        ASSERT_TRUE(reader->ask(question).ok());
        ASSERT_TRUE(asked->ask(question).ok());
        EXPECT_TRUE(std::ranges::equal(asked->logits().value(), reader->logits().value()));
    }
}

INSTANTIATE_TEST_SUITE_P(KvTypes,
                         StateCodecTest,
                         testing::Values(KvType::kInt8, KvType::kF16),
                         [](const auto& type) {
                             return std::string(type.param == KvType::kInt8 ? "int8" : "f16");
                         });

}  // namespace
}  // namespace tl
