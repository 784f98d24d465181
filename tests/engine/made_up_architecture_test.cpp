// SPDX-License-Identifier: Apache-2.0
// An architecture that exists in this file alone: its kind of layer, its reading of metadata and
// its row in a table. Nothing else of the engine knows it, so adding one takes one file.
//
// The first block's layer leaves its input in a slot; the second's adds half of it back and keeps a
// running sum of it in its state. Embeddings and output are the identity, so logits can be told.
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/layers/layer.h"
#include "engine/model/architecture.h"
#include "engine/model/model.h"
#include "engine/session.h"
#include "kernels/backend.h"
#include "tests/support/gguf_writer.h"

namespace tl {
namespace {

constexpr int64_t kWidth = 16;

// Writes the residual to a slot and doubles it.
struct LeaveConfig final : LayerConfig {
    std::string_view kind() const override { return "leave"; }
    LayerNeeds needs() const override {
        LayerNeeds needs;
        needs.writes = {{"input", kWidth}};
        return needs;
    }
    std::vector<LayerSetting> settings() const override { return {}; }
    std::unique_ptr<Layer> load(const ModelConfig& model,
                                const std::string& prefix,
                                WeightLoader& loader) const override;
};

class LeaveLayer final : public Layer {
public:
    LayerNeeds needs() const override { return LeaveConfig().needs(); }
    int64_t weightBytes() const override { return 0; }
    void run(const LayerCall& call) const override {
        float* residual = call.work.residual->floats();
        float* slot = call.work.slot("input");
        for (int64_t i = 0; i < call.tokens * kWidth; ++i) {
            slot[i] = residual[i];
            residual[i] *= 2;
        }
    }
};

// Adds gain times the slot's values, summed over all positions so far.
struct SumConfig final : LayerConfig {
    float gain = 0;

    std::string_view kind() const override { return "sum"; }
    LayerNeeds needs() const override {
        LayerNeeds needs;
        needs.state = {{"sum", StateOp::kConv, {1, kWidth}}};
        needs.reads = {{"input", kWidth}};
        return needs;
    }
    std::vector<LayerSetting> settings() const override {
        return {{"sum_gain", static_cast<double>(gain)}};
    }
    std::unique_ptr<Layer> load(const ModelConfig& model,
                                const std::string& prefix,
                                WeightLoader& loader) const override;
};

class SumLayer final : public Layer {
public:
    explicit SumLayer(const SumConfig& config) : m_config(config) {}
    LayerNeeds needs() const override { return m_config.needs(); }
    int64_t weightBytes() const override { return 0; }
    void run(const LayerCall& call) const override {
        float* residual = call.work.residual->floats();
        const float* slot = call.work.slot("input");
        for (const Segment& segment : call.segments) {
            const int64_t end = (segment.begin + segment.tokens) * kWidth;
            for (int64_t i = segment.begin * kWidth; i < end; ++i) {
                segment.recurrent[i % kWidth] += slot[i];
                residual[i] += m_config.gain * segment.recurrent[i % kWidth];
            }
        }
    }

private:
    SumConfig m_config;
};

std::unique_ptr<Layer> LeaveConfig::load(const ModelConfig&,
                                         const std::string&,
                                         WeightLoader&) const {
    return std::make_unique<LeaveLayer>();
}
std::unique_ptr<Layer> SumConfig::load(const ModelConfig&,
                                       const std::string&,
                                       WeightLoader&) const {
    return std::make_unique<SumLayer>(*this);
}

void readMadeUp(ConfigReader& reader, ModelConfig& config) {
    SumConfig sum;
    sum.gain = static_cast<float>(reader.number(reader.key("gain"), 1));
    config.blocks = {{{std::make_shared<LeaveConfig>()}}, {{std::make_shared<SumConfig>(sum)}}};
}
void readSumAlone(ConfigReader&, ModelConfig& config) {
    config.blocks = {{{std::make_shared<SumConfig>()}}};
}
constexpr Architecture kKnown[] = {{"made-up", readMadeUp}, {"sum-alone", readSumAlone}};

class MadeUpModel {
public:
    explicit MadeUpModel(const std::string& name) {
        GgufWriter writer;
        writer.set("general.architecture", name);
        writer.set(name + ".context_length", uint32_t{100});
        writer.set(name + ".embedding_length", uint32_t{kWidth});
        writer.set(name + ".vocab_size", uint32_t{kWidth});
        writer.set(name + ".attention.layer_norm_rms_epsilon", 1e-6F);
        writer.set(name + ".gain", 0.5F);
        std::vector<float> identity(kWidth * kWidth);
        for (size_t i = 0; i < kWidth; ++i) {
            identity[i * kWidth + i] = 1;
        }
        writer.addTensor("token_embd.weight", {kWidth, kWidth}, identity);
        writer.addTensor("output_norm.weight", {kWidth}, std::vector<float>(kWidth, 1.0F));
        m_bytes = writer.file();
        m_file = std::make_unique<GgufFile>(
            GgufFile::parse(std::as_bytes(std::span(m_bytes)), "made-up.gguf").value());
    }

    const GgufFile& file() const { return *m_file; }
    Result<std::unique_ptr<Model>> load() const {
        return Model::load(*m_file, parseModelConfig(*m_file, kKnown).value(), *m_backend, {});
    }

private:
    std::string m_bytes;
    std::unique_ptr<GgufFile> m_file;
    std::unique_ptr<Backend> m_backend = makeCpuBackend(1, ActivationType::kF32).value();
};

TEST(MadeUpArchitecture, LoadsFromATableOfItsOwnAndComputes) {
    const MadeUpModel source("made-up");
    const auto model = source.load().value();
    Session session(*model, model->newState(100).value());
    // Token 3 twice, then 5: the residual is 2 at 5, plus half the sum, which is 2 at 3 and 1 at 5.
    ASSERT_TRUE(session.read(std::vector<TokenId>{3, 3}).ok());
    ASSERT_TRUE(session.step(5).ok());
    const auto logits = session.logits().value();
    // The final norm scales all alike.
    EXPECT_NEAR(logits[3] / logits[5], 1 / 2.5, 1e-6);
    EXPECT_EQ(logits[4], 0);
}

TEST(MadeUpArchitecture, ItsStateIsSavedAndRestoredByWhatItNeeds) {
    const MadeUpModel source("made-up");
    const auto model = source.load().value();
    EXPECT_EQ(model->config().stateBytes(), kWidth * 4);
    Session session(*model, model->newState(100).value());
    ASSERT_TRUE(session.read(std::vector<TokenId>{1, 2, 3}).ok());
    const Snapshot three = session.snapshot().value();
    ASSERT_TRUE(session.step(4).ok());
    const std::vector<float> expected(session.logits().value().begin(),
                                      session.logits().value().end());
    ASSERT_TRUE(session.step(9).ok());
    ASSERT_TRUE(session.restore(three).ok());
    ASSERT_TRUE(session.step(4).ok());
    EXPECT_EQ(std::vector<float>(session.logits().value().begin(), session.logits().value().end()),
              expected);
}

TEST(MadeUpArchitecture, IsRefusedWhereTheTableLacksIt) {
    const MadeUpModel source("made-up");
    const Result<ModelConfig> config = parseModelConfig(source.file());
    ASSERT_FALSE(config.ok());
    EXPECT_EQ(config.error().message,
              "made-up.gguf: architecture 'made-up' is not supported; these are: granitehybrid, "
              "llama, mamba2");
}

TEST(MadeUpArchitecture, ASlotIsWrittenBeforeItIsRead) {
    const auto model = MadeUpModel("sum-alone").load();
    ASSERT_FALSE(model.ok());
    EXPECT_EQ(model.error().message,
              "made-up.gguf: blk.0 reads 'input' of width 16, which no layer before it writes");
}

}  // namespace
}  // namespace tl
