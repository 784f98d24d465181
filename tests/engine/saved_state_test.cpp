// SPDX-License-Identifier: Apache-2.0
// What was saved goes on in another engine as if it had never stopped, bit for bit: every
// architecture, on the CPU and on a device that shares nothing with it but the seam.
#include "engine/saved_state.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/gguf_file.h"
#include "engine/model/model.h"
#include "engine/model_config.h"
#include "engine/session.h"
#include "engine/state/state_loader.h"
#include "engine/state/state_saver.h"
#include "kernels/backend.h"
#include "tests/support/fake_backend.h"
#include "tests/support/random_model.h"

namespace tl {
namespace {

using test::FakeBackend;
using test::FakeOptions;
using test::randomTokens;

using Bytes = std::vector<std::byte>;
using Tokens = std::span<const TokenId>;

// Of the second device: a short one has few offsets, a long one reads a page sooner.
constexpr int64_t kShortBatch = 16;
constexpr int64_t kLongBatch = 256;

enum class Device { kCpu, kFake };

std::unique_ptr<Backend> makeDevice(Device device, int64_t fakeBatch) {
    if (device == Device::kCpu) {
        return makeCpuBackend(/*threads=*/1, ActivationType::kInt8).value();
    }
    return std::make_unique<FakeBackend>(
        /*threads=*/1, ActivationType::kInt8, FakeOptions{.batchTokens = fakeBatch});
}

// A model file in an engine's hands; two of them share nothing.
class LoadedModel {
public:
    LoadedModel(const std::string& name, Device device, int64_t fakeBatch)
        : m_file(GgufFile::open(std::string(TL_SOURCE_DIR) + "/tests/data/model/" + name).value())
        , m_backend(makeDevice(device, fakeBatch))
        , m_model(Model::load(m_file, parseModelConfig(m_file).value(), *m_backend, KvType::kInt8)
                      .value()) {}

    const Model& model() const { return *m_model; }
    std::unique_ptr<Session> session() const {
        return std::make_unique<Session>(*m_model, m_model->newState(/*maxTokens=*/8192).value());
    }
    std::vector<TokenId> tokens(int64_t count, unsigned seed) const {
        return randomTokens(count, m_model->config().vocabSize, seed);
    }

private:
    GgufFile m_file;
    std::unique_ptr<Backend> m_backend;
    std::unique_ptr<Model> m_model;
};

// All that a file would hold of a sequence.
struct Saved {
    Bytes state;
    std::vector<SavedPages> pages;
};

Saved save(const Model& model, const Snapshot& snapshot) {
    return {saveState(model, snapshot).value(), savePages(model, snapshot, 0).value()};
}

Status addAll(StateLoader& loader, const std::vector<SavedPages>& pages) {
    std::vector<SavedPagesView> views;
    views.reserve(pages.size());
    for (const SavedPages& part : pages) {
        views.push_back(part.view());
    }
    return loader.addPages(views);
}

Result<Snapshot> load(const Model& model, const Saved& saved) {
    ModelStateLoader loader(model);
    if (Status status = addAll(loader, saved.pages); !status.ok()) {
        return status.error();
    }
    return loader.snapshot(saved.state);
}

// Reads on, asks, and answers a token; the logits after it.
std::vector<float> goOn(Session& session, Tokens rest, Tokens question) {
    EXPECT_TRUE(session.read(rest).ok());
    EXPECT_TRUE(session.ask(question).ok());
    EXPECT_TRUE(session.step(question.front()).ok());
    const auto logits = session.logits().value();
    return {logits.begin(), logits.end()};
}

struct Case {
    const char* name;
    const char* file;
    Device device;
    // Between the places that are tried. The CPU's batches and all pages are long, and the second
    // device turns whole pages round in every call: primes let the slow ones meet every offset
    // within the blocks that lie together.
    int64_t batchStride, pageStride;
};
constexpr Case kCases[] = {
    {"granitehybrid_cpu", "tiny-granite-h.gguf", Device::kCpu, 11, 37},
    {"granitehybrid_fake", "tiny-granite-h.gguf", Device::kFake, 1, 149},
    {"llama_cpu", "tiny-llama-3.gguf", Device::kCpu, 1, 1},
    {"llama_fake", "tiny-llama-3.gguf", Device::kFake, 1, 61},
    {"mamba2_cpu", "tiny-mamba2-groups.gguf", Device::kCpu, 1, 1},
    {"mamba2_fake", "tiny-mamba2-groups.gguf", Device::kFake, 1, 1},
};

// With short batches on the second device.
class SavedStateTest : public testing::TestWithParam<Case> {
protected:
    explicit SavedStateTest(int64_t fakeBatch = kShortBatch)
        : m_first(GetParam().file, GetParam().device, fakeBatch)
        , m_second(GetParam().file, GetParam().device, fakeBatch) {}

    const LoadedModel m_first, m_second;
};

class SavedPagesTest : public SavedStateTest {
protected:
    SavedPagesTest() : SavedStateTest(kLongBatch) {}
};

TEST_P(SavedStateTest, ReadingGoesOnFromEveryOffsetInABatch) {
    const int64_t batch = m_first.model().batchTokens();
    const auto tokens = m_first.tokens(2 * batch + 30, 1);
    const auto question = m_first.tokens(5, 2);
    for (int64_t stop = 1; stop <= batch + 3; stop += GetParam().batchStride) {
        const auto count = static_cast<size_t>(stop);
        const auto rest = Tokens(tokens).subspan(count, static_cast<size_t>(batch + 20));
        const auto whole = m_first.session();
        ASSERT_TRUE(whole->read(Tokens(tokens).first(count)).ok());
        const Saved saved = save(m_first.model(), whole->snapshot().value());

        const auto resumed = m_second.session();
        ASSERT_TRUE(resumed->restore(load(m_second.model(), saved).value()).ok());
        EXPECT_EQ(resumed->position(), stop);
        ASSERT_EQ(goOn(*resumed, rest, question), goOn(*whole, rest, question))
            << "stopped at " << stop;
    }
}

// Snapshots of a reader at every `stride` tokens, and at each one around a page's border.
std::vector<Snapshot> stopsOf(Session& reader, Tokens tokens, int64_t stride) {
    std::vector<Snapshot> stops;
    while (reader.position() < std::ssize(tokens)) {
        const bool isNearBorder = std::abs(reader.position() + 20 - kKvPagePositions) <= 20;
        const int64_t left = std::ssize(tokens) - reader.position();
        const Tokens rest = tokens.last(static_cast<size_t>(left));
        const int64_t count = std::min(isNearBorder ? 1 : stride, left);
        EXPECT_TRUE(reader.read(rest.first(static_cast<size_t>(count))).ok());
        stops.push_back(reader.snapshot().value());
    }
    return stops;
}

// One loader gives every position of a sequence.
TEST_P(SavedStateTest, EveryPositionInAPageIsThereAgain) {
    const auto tokens = m_first.tokens(kKvPagePositions + 40, 3);
    const auto question = m_first.tokens(3, 4);
    const auto reader = m_first.session();
    const auto stops = stopsOf(*reader, tokens, GetParam().pageStride);
    ModelStateLoader loader(m_second.model());
    ASSERT_TRUE(addAll(loader, savePages(m_first.model(), stops.back(), 0).value()).ok());
    const auto loaded = m_second.session();
    for (const Snapshot& stop : stops) {
        const Bytes state = saveState(m_first.model(), stop).value();
        EXPECT_TRUE(reader->restore(stop).ok());
        EXPECT_TRUE(loaded->restore(loader.snapshot(state).value()).ok());
        const auto rest = Tokens(tokens).last(2);
        ASSERT_EQ(goOn(*loaded, rest, question), goOn(*reader, rest, question))
            << "at " << stop.position();
    }
}

TEST_P(SavedPagesTest, WhatIsLoadedIsSavedAgainByteForByte) {
    const auto reader = m_first.session();
    ASSERT_TRUE(reader->read(m_first.tokens(kKvPagePositions + 77, 5)).ok());
    const Saved saved = save(m_first.model(), reader->snapshot().value());
    const Snapshot loaded = load(m_second.model(), saved).value();
    const Saved again = save(m_second.model(), loaded);
    EXPECT_EQ(again.state, saved.state);
    EXPECT_TRUE(again.pages == saved.pages);
    const SavedSizes sizes = savedSizes(m_first.model().config(), m_first.model().kvType());
    EXPECT_EQ(std::ssize(saved.state), sizes.stateBytes);
    int64_t bytes = 0;
    for (const SavedPages& part : saved.pages) {
        bytes += std::ssize(part.bytes);
    }
    EXPECT_EQ(bytes, sizes.pageBytesPerToken * reader->position());
}

// Pages are written while reading, each time those since the last time.
TEST_P(SavedPagesTest, PagesSavedBitByBitAreThePagesSavedAtOnce) {
    const auto tokens = m_first.tokens(kKvPagePositions + 500, 6);
    const auto reader = m_first.session();
    Saved bits;
    int64_t from = 0;
    for (const int64_t to : {1, 17, 256, 4000, 4095, 4096, 4097, 4596}) {
        ASSERT_TRUE(reader
                        ->read(Tokens(tokens).subspan(static_cast<size_t>(from),
                                                      static_cast<size_t>(to - from)))
                        .ok());
        auto parts = savePages(m_first.model(), reader->snapshot().value(), from).value();
        std::move(parts.begin(), parts.end(), std::back_inserter(bits.pages));
        from = to;
    }
    bits.state = saveState(m_first.model(), reader->snapshot().value()).value();
    const Saved whole = save(m_first.model(), reader->snapshot().value());
    const Saved loaded = save(m_second.model(), load(m_second.model(), bits).value());
    EXPECT_EQ(loaded.state, whole.state);
    EXPECT_TRUE(loaded.pages == whole.pages);
}

TEST_P(SavedStateTest, NothingIsEvaluatedAgain) {
    const auto reader = m_first.session();
    ASSERT_TRUE(reader->read(m_first.tokens(300, 7)).ok());
    const auto asked = m_second.session();
    const Saved saved = save(m_first.model(), reader->snapshot().value());
    ASSERT_TRUE(asked->restore(load(m_second.model(), saved).value()).ok());
    EXPECT_TRUE(std::ranges::equal(asked->logits().value(), reader->logits().value()));
    EXPECT_EQ(asked->tokensEvaluated(), 0);
    ASSERT_TRUE(asked->ask(m_first.tokens(9, 8)).ok());
    EXPECT_EQ(asked->tokensEvaluated(), 9);
}

std::string nameOf(const testing::TestParamInfo<Case>& info) {
    return info.param.name;
}
INSTANTIATE_TEST_SUITE_P(Cases, SavedStateTest, testing::ValuesIn(kCases), nameOf);
INSTANTIATE_TEST_SUITE_P(Cases, SavedPagesTest, testing::ValuesIn(kCases), nameOf);

}  // namespace
}  // namespace tl
