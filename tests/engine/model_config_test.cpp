// SPDX-License-Identifier: Apache-2.0
#include "engine/model_config.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "engine/gguf_file.h"
#include "engine/layers/expert_layer.h"
#include "engine/model/architecture.h"
#include "tests/support/gguf_writer.h"

namespace tl {
namespace {

// Three layers, the middle one attention; head dimension from the embedding, no scales.
GgufWriter minimal() {
    GgufWriter writer;
    const std::string p = "granitehybrid.";
    writer.set("general.architecture", std::string("granitehybrid"));
    writer.set(p + "block_count", uint32_t{3});
    writer.set(p + "context_length", uint32_t{4096});
    writer.set(p + "embedding_length", uint32_t{64});
    writer.set(p + "feed_forward_length", uint32_t{96});
    writer.set(p + "vocab_size", uint32_t{256});
    writer.set(p + "attention.head_count", uint32_t{4});
    writer.setArray(p + "attention.head_count_kv", std::vector<int32_t>{0, 2, 0});
    writer.set(p + "attention.layer_norm_rms_epsilon", 1e-5F);
    writer.set(p + "ssm.conv_kernel", uint32_t{4});
    writer.set(p + "ssm.inner_size", uint32_t{96});
    writer.set(p + "ssm.state_size", uint32_t{16});
    writer.set(p + "ssm.time_step_rank", uint32_t{6});
    writer.set(p + "ssm.group_count", uint32_t{3});
    return writer;
}

Result<ModelConfig> parse(const GgufWriter& writer) {
    const std::string bytes = writer.file();
    const Result<GgufFile> file = GgufFile::parse(std::as_bytes(std::span(bytes)), "test.gguf");
    EXPECT_TRUE(file.ok());
    return parseModelConfig(file.value());
}

ModelConfig parsed(const GgufWriter& writer) {
    Result<ModelConfig> config = parse(writer);
    if (!config.ok()) {
        ADD_FAILURE() << config.error().message;
        return {};
    }
    return std::move(config).value();
}

void expectRefused(const GgufWriter& writer, ErrorCode code, std::string_view words) {
    const Result<ModelConfig> config = parse(writer);
    ASSERT_FALSE(config.ok()) << words;
    EXPECT_EQ(config.error().code, code) << config.error().message;
    EXPECT_EQ(config.error().message.rfind("test.gguf: ", 0), 0U);
    EXPECT_NE(config.error().message.find(words), std::string::npos) << config.error().message;
}

// `minimal` with one key of another value.
template <typename T>
GgufWriter with(const std::string& suffix, const T& value) {
    GgufWriter writer = minimal();
    writer.set("granitehybrid." + suffix, value);
    return writer;
}

GgufWriter without(const std::string& suffix) {
    GgufWriter writer = minimal();
    writer.remove("granitehybrid." + suffix);
    return writer;
}

// Blocks with a layer of this kind.
int64_t countOf(const ModelConfig& config, std::string_view kind) {
    return std::ranges::count_if(config.blocks, [&](const BlockConfig& block) {
        return std::ranges::any_of(block.layers,
                                   [&](const auto& layer) { return layer->kind() == kind; });
    });
}

// What `block`'s layers say of `name`; -1 where none does.
double setting(const ModelConfig& config, size_t block, std::string_view name) {
    for (const auto& layer : config.blocks[block].layers) {
        for (const LayerSetting& setting : layer->settings()) {
            if (setting.name == name) {
                return setting.value;
            }
        }
    }
    return -1;
}

ModelConfig fromFile(const std::string& name) {
    const Result<GgufFile> file = GgufFile::open(TL_SOURCE_DIR "/" + name);
    EXPECT_TRUE(file.ok());
    const Result<ModelConfig> config = parseModelConfig(file.value());
    EXPECT_TRUE(config.ok());
    return config.value();
}

TEST(ModelConfigTest, ReadsTheShippedModel) {
    const ModelConfig config = fromFile("resources/model/throughline-154m-q4_0.gguf");
    EXPECT_EQ(config.vocabSize, 49152);
    EXPECT_EQ(config.blocks.size(), 30U);
    EXPECT_EQ(countOf(config, "attention"), 5);
    EXPECT_EQ(countOf(config, "mamba2"), 25);
    EXPECT_EQ(countOf(config, "feed_forward"), 30);
    EXPECT_TRUE(config.blocks[10].looksBack());
    EXPECT_FALSE(config.blocks[11].looksBack());
    EXPECT_EQ(config.contextLength, 1048576);
    EXPECT_EQ(config.readWindow, 512);
    EXPECT_EQ(config.logScaleBase, 8192);
    EXPECT_EQ(config.pointerLayers, std::vector<int64_t>{18});
    // z | x B C | dt: 576 + (576 + 2 * 9 * 64) + 9.
    EXPECT_EQ(config.blocks[0].layers[0]->needs().workspace.projected, 2313);
    // 25 layers of 3 x 1728 tail and 576 x 64 state values, 4 bytes each.
    EXPECT_EQ(config.stateBytes(), 25 * (3 * 1728 + 576 * 64) * 4);
    EXPECT_EQ(config.kvBytesPerToken(1), 5 * 2 * 64);
}

TEST(ModelConfigTest, ReadsGraniteShapesAndMultipliers) {
    const ModelConfig config = fromFile("tests/data/model/tiny-granite-h.gguf");
    EXPECT_EQ(setting(config, 0, "mamba2_head_dim"), 32);
    EXPECT_EQ(setting(config, 0, "mamba2_groups"), 1);
    EXPECT_EQ(setting(config, 2, "attention_kv_heads"), 4);
    EXPECT_FLOAT_EQ(config.embeddingScale, 6);
    EXPECT_FLOAT_EQ(config.residualScale, 0.3F);
    EXPECT_EQ(setting(config, 2, "attention_scale"), 0.0625);
    EXPECT_FLOAT_EQ(config.logitScale, 3);
}

TEST(ModelConfigTest, FillsInWhatIsAbsent) {
    const ModelConfig config = parsed(minimal());
    EXPECT_EQ(config.name, "granitehybrid");
    EXPECT_EQ(setting(config, 1, "attention_head_dim"), 16);
    EXPECT_EQ(setting(config, 1, "attention_scale"), 0.25);
    EXPECT_EQ(config.embeddingScale, 1);
    EXPECT_EQ(config.residualScale, 1);
    EXPECT_EQ(config.logitScale, 1);
    EXPECT_EQ(config.readWindow, 0);
    EXPECT_EQ(config.logScaleBase, 0);
    EXPECT_FALSE(config.systemInstruction.empty());
    EXPECT_EQ(config.pointerLayers, std::vector<int64_t>{1});
    EXPECT_EQ(setting(config, 0, "mamba2_head_dim"), 16);
}

TEST(ModelConfigTest, TakesZeroScalesForAbsentOnes) {
    GgufWriter writer = with("logit_scale", 0.0F);
    writer.set("granitehybrid.attention.scale", 0.0F);
    const ModelConfig config = parsed(writer);
    EXPECT_EQ(config.logitScale, 1);
    EXPECT_EQ(setting(config, 1, "attention_scale"), 0.25);
}

TEST(ModelConfigTest, CountsTokensWhereNoSizeIsGiven) {
    GgufWriter writer = without("vocab_size");
    expectRefused(writer, ErrorCode::kCorrupt, "vocabulary's size");
    writer.setArray("tokenizer.ggml.tokens", std::vector<std::string>{"a", "b", "c"});
    EXPECT_EQ(parsed(writer).vocabSize, 3);
}

TEST(ModelConfigTest, TakesOneValueOrOnePerLayer) {
    GgufWriter lengths = minimal();
    lengths.setArray("granitehybrid.feed_forward_length", std::vector<uint32_t>{96, 96, 96});
    EXPECT_EQ(setting(parsed(lengths), 0, "feed_forward"), 96);
    lengths.setArray("granitehybrid.feed_forward_length", std::vector<uint32_t>{96, 64, 96});
    expectRefused(lengths, ErrorCode::kUnsupported, "differs between layers");
    EXPECT_EQ(countOf(parsed(with("attention.head_count_kv", uint32_t{2})), "attention"), 3);
}

TEST(ModelConfigTest, NeedsOnlyTheKeysOfTheLayersItHas) {
    GgufWriter attentionOnly = with("attention.head_count_kv", uint32_t{4});
    for (const char* key : {"conv_kernel", "inner_size", "state_size", "time_step_rank"}) {
        attentionOnly.remove(std::string("granitehybrid.ssm.") + key);
    }
    EXPECT_EQ(parsed(attentionOnly).stateBytes(), 0);
    GgufWriter mambaOnly = with("attention.head_count_kv", uint32_t{0});
    mambaOnly.remove("granitehybrid.attention.head_count");
    EXPECT_TRUE(parsed(mambaOnly).pointerLayers.empty());
    EXPECT_EQ(parsed(mambaOnly).kvBytesPerToken(2), 0);
}

TEST(ModelConfigTest, RefusesModelsItCannotRun) {
    GgufWriter other = minimal();
    other.set("general.architecture", std::string("rwkv7"));
    expectRefused(other,
                  ErrorCode::kUnsupported,
                  "architecture 'rwkv7' is not supported; these are: granitehybrid, llama, mamba2");
    expectRefused(with("rope.scaling.finetuned", true), ErrorCode::kUnsupported, "rotary");
    expectRefused(with("attention.value_length", uint32_t{8}), ErrorCode::kUnsupported, "differ");
    EXPECT_TRUE(parse(with("expert_count", uint32_t{0})).ok());
    EXPECT_TRUE(parse(with("rope.scaling.finetuned", false)).ok());
}

GgufWriter minimalWithExperts() {
    GgufWriter writer = with("expert_count", uint32_t{8});
    writer.set("granitehybrid.expert_used_count", uint32_t{3});
    return writer;
}

TEST(ModelConfigTest, ExpertsTakeThePlaceOfTheDensePart) {
    GgufWriter writer = minimalWithExperts();
    const ModelConfig experts = parsed(writer);
    const auto& alone = dynamic_cast<const ExpertConfig&>(*experts.blocks[1].layers[1]);
    EXPECT_EQ(alone.experts, 8);
    EXPECT_EQ(alone.used, 3);
    EXPECT_EQ(alone.embedding, 64);
    EXPECT_EQ(alone.size, 96);
    EXPECT_EQ(alone.sharedSize, 0);
    writer.set("granitehybrid.expert_feed_forward_length", uint32_t{48});
    writer.set("granitehybrid.expert_shared_feed_forward_length", uint32_t{32});
    writer.set("granitehybrid.expert_gating_func", uint32_t{1});
    writer.set("granitehybrid.expert_weights_norm", true);
    const ModelConfig withShared = parsed(writer);
    const auto& shared = dynamic_cast<const ExpertConfig&>(*withShared.blocks[1].layers[1]);
    EXPECT_EQ(shared.size, 48);
    EXPECT_EQ(shared.sharedSize, 32);
}

TEST(ModelConfigTest, RefusesExpertsItCannotRoute) {
    expectRefused(with("expert_count", uint32_t{8}),
                  ErrorCode::kCorrupt,
                  "'granitehybrid.expert_used_count' is missing");
    const auto expectRefusedWith = [](const char* key, const auto& value, ErrorCode code) {
        GgufWriter writer = minimalWithExperts();
        writer.set(std::string("granitehybrid.") + key, value);
        expectRefused(writer, code, key);
    };
    expectRefusedWith("expert_used_count", uint32_t{9}, ErrorCode::kCorrupt);
    expectRefusedWith("expert_used_count", uint32_t{0}, ErrorCode::kCorrupt);
    expectRefusedWith("expert_gating_func", uint32_t{2}, ErrorCode::kUnsupported);
    expectRefusedWith("expert_weights_norm", false, ErrorCode::kUnsupported);
    expectRefusedWith("expert_weights_scale", 2.5F, ErrorCode::kUnsupported);
}

// Two blocks of `llama`.
GgufWriter transformer() {
    GgufWriter writer;
    const std::string p = "llama.";
    writer.set("general.architecture", std::string("llama"));
    writer.set(p + "block_count", uint32_t{2});
    writer.set(p + "context_length", uint32_t{4096});
    writer.set(p + "embedding_length", uint32_t{64});
    writer.set(p + "feed_forward_length", uint32_t{96});
    writer.set(p + "vocab_size", uint32_t{256});
    writer.set(p + "attention.head_count", uint32_t{4});
    writer.set(p + "attention.layer_norm_rms_epsilon", 1e-5F);
    return writer;
}

TEST(ModelConfigTest, ATransformerLooksBackInEveryBlockWithPositions) {
    GgufWriter writer = transformer();
    const ModelConfig plain = parsed(writer);
    EXPECT_EQ(countOf(plain, "attention"), 2);
    EXPECT_EQ(countOf(plain, "feed_forward"), 2);
    EXPECT_EQ(setting(plain, 0, "attention_kv_heads"), 4);  // as many as there are query heads
    EXPECT_EQ(setting(plain, 0, "rope_dims"), 16);
    EXPECT_EQ(setting(plain, 0, "rope_base"), 10000);
    EXPECT_EQ(plain.pointerLayers, (std::vector<int64_t>{0, 1}));
    EXPECT_EQ(plain.readWindow, 0);  // full attention while reading
    EXPECT_EQ(plain.stateBytes(), 0);
    writer.set("llama.attention.head_count_kv", uint32_t{2});
    writer.set("llama.rope.freq_base", 500000.0F);
    const ModelConfig grouped = parsed(writer);
    EXPECT_EQ(setting(grouped, 1, "attention_kv_heads"), 2);
    EXPECT_EQ(setting(grouped, 1, "rope_base"), 500000);
}

TEST(ModelConfigTest, RefusesPositionsItCannotCompute) {
    GgufWriter writer = transformer();
    writer.set("llama.rope.scaling.type", std::string("yarn"));
    expectRefused(writer, ErrorCode::kUnsupported, "scaled by 'yarn'");
    writer = transformer();
    writer.set("llama.rope.dimension_count", uint32_t{32});
    expectRefused(writer, ErrorCode::kCorrupt, "exceed the attention heads");
    writer = transformer();
    writer.set("llama.rope.freq_base", 0.5F);
    expectRefused(writer, ErrorCode::kCorrupt, "rope.freq_base' is no base");
    writer = transformer();
    writer.set("llama.attention.key_length", uint32_t{1024});
    expectRefused(writer, ErrorCode::kUnsupported, "1024 rotary dimensions");
}

TEST(ModelConfigTest, AModelOfMambaAloneNeedsNoKeysOfAttention) {
    GgufWriter writer = minimal();
    writer.set("general.architecture", std::string("mamba2"));
    for (const char* key : {"block_count", "context_length", "embedding_length", "vocab_size"}) {
        writer.set(std::string("mamba2.") + key, uint32_t{64});
    }
    writer.set("mamba2.attention.layer_norm_rms_epsilon", 1e-5F);
    expectRefused(writer, ErrorCode::kCorrupt, "'mamba2.ssm.inner_size' is missing");
    for (const auto& [key, value] : {std::pair<const char*, uint32_t>{"inner_size", 128},
                                     {"time_step_rank", 4},
                                     {"state_size", 16},
                                     {"group_count", 2},
                                     {"conv_kernel", 4}}) {
        writer.set(std::string("mamba2.ssm.") + key, value);
    }
    const ModelConfig config = parsed(writer);
    EXPECT_EQ(config.blocks.size(), 64U);
    EXPECT_EQ(config.blocks[0].layers.size(), 1U);
    EXPECT_TRUE(config.pointerLayers.empty());
    EXPECT_EQ(config.kvBytesPerToken(2), 0);
    EXPECT_EQ(config.stateBytes(), 64 * (3 * (128 + 2 * 2 * 16) + 128 * 16) * 4);
}

// An architecture added anywhere else than in a file of its own under arch/ is found here.
TEST(ModelConfigTest, EveryArchitectureHasItsFileAndEveryFileItsRow) {
    const std::filesystem::path folder = TL_SOURCE_DIR "/engine/model/arch";
    std::set<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        files.insert(entry.path().filename().string());
    }
    EXPECT_EQ(files.erase("architectures.cpp") + files.erase("architectures.h"), 2U);
    std::set<std::string> rows;
    for (const Architecture& architecture : architectures()) {
        rows.insert(std::string(architecture.name) + ".cpp");
    }
    EXPECT_EQ(files, rows);
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(TL_SOURCE_DIR "/engine")) {
        if (!entry.is_regular_file() || entry.path().parent_path() == folder) {
            continue;
        }
        std::ifstream in(entry.path());
        std::string text;
        for (std::string line; std::getline(in, line);) {
            text += line.substr(0, line.find("//")) + '\n';  // a comment may give an example
        }
        for (const Architecture& architecture : architectures()) {
            const std::string name = '"' + std::string(architecture.name) + '"';
            // A kind of layer may be called like the architecture that is made of it alone.
            const bool isKind = text.find("kind() const override { return " + name) != text.npos;
            EXPECT_TRUE(isKind || text.find(name) == text.npos) << entry.path() << ": " << name;
        }
    }
}

TEST(ModelConfigTest, NamesEveryMissingKey) {
    for (const std::string key : {"block_count",
                                  "context_length",
                                  "embedding_length",
                                  "feed_forward_length",
                                  "attention.head_count",
                                  "attention.head_count_kv",
                                  "attention.layer_norm_rms_epsilon",
                                  "ssm.conv_kernel",
                                  "ssm.inner_size",
                                  "ssm.state_size",
                                  "ssm.time_step_rank",
                                  "ssm.group_count"}) {
        expectRefused(without(key), ErrorCode::kCorrupt, "'granitehybrid." + key + "' is missing");
    }
}

TEST(ModelConfigTest, RefusesSizesOutOfRange) {
    for (const std::string key : {"block_count",
                                  "context_length",
                                  "embedding_length",
                                  "feed_forward_length",
                                  "vocab_size",
                                  "attention.head_count",
                                  "ssm.inner_size",
                                  "ssm.state_size",
                                  "ssm.time_step_rank",
                                  "ssm.group_count",
                                  "ssm.conv_kernel"}) {
        const std::string words = "'granitehybrid." + key + "' is ";
        expectRefused(with(key, uint32_t{0}), ErrorCode::kCorrupt, words + "0");
        expectRefused(with(key, int32_t{-1}), ErrorCode::kCorrupt, words + "-1");
        const int64_t huge = std::numeric_limits<int64_t>::max();
        expectRefused(with(key, huge), ErrorCode::kCorrupt, words + "9223372036854775807");
        expectRefused(with(key, 1.0F), ErrorCode::kCorrupt, "'granitehybrid." + key + "' is no ");
    }
    expectRefused(with("ssm.conv_kernel", uint32_t{1}), ErrorCode::kCorrupt, "conv_kernel' is 1");
    expectRefused(with("ssm.conv_kernel", uint32_t{9}), ErrorCode::kCorrupt, "conv_kernel' is 9");
}

TEST(ModelConfigTest, RefusesSizesThatDoNotDivide) {
    const ErrorCode corrupt = ErrorCode::kCorrupt;
    expectRefused(with("ssm.inner_size", uint32_t{97}), corrupt, "inner size does not divide");
    expectRefused(with("ssm.group_count", uint32_t{4}), corrupt, "into groups");
    expectRefused(with("attention.head_count", uint32_t{3}), corrupt, "does not divide");
    expectRefused(with("embedding_length", uint32_t{65}), corrupt, "does not divide");
    GgufWriter kv = minimal();
    kv.setArray("granitehybrid.attention.head_count_kv", std::vector<int32_t>{0, 3, 0});
    expectRefused(kv, corrupt, "key/value heads");
    kv.setArray("granitehybrid.attention.head_count_kv", std::vector<int32_t>{0, 2});
    expectRefused(kv, corrupt, "every layer");
    kv.setArray("granitehybrid.attention.head_count_kv", std::vector<int32_t>{0, -2, 0});
    expectRefused(kv, corrupt, "holds -2");
}

TEST(ModelConfigTest, RefusesScalesThatAreNoFactors) {
    const ErrorCode corrupt = ErrorCode::kCorrupt;
    const float nan = std::numeric_limits<float>::quiet_NaN();
    for (const std::string key :
         {"embedding_scale", "residual_scale", "logit_scale", "attention.scale"}) {
        expectRefused(with(key, nan), corrupt, key + "' is not finite");
        expectRefused(with(key, 1e300), corrupt, key + "' is not finite");
        expectRefused(with(key, -1.0F), corrupt, key + "' is negative");
        expectRefused(with(key, std::string("1")), corrupt, key + "' is no number");
    }
    expectRefused(with("attention.layer_norm_rms_epsilon", 0.0F), corrupt, "epsilon");
}

TEST(ModelConfigTest, ChecksTheReadingPolicy) {
    GgufWriter writer = minimal();
    writer.set("throughline.read_window", int32_t{-1});
    expectRefused(writer, ErrorCode::kCorrupt, "read_window' is -1");
    writer = minimal();
    writer.set("throughline.log_scale_base", 1.0F);
    expectRefused(writer, ErrorCode::kCorrupt, "no base above 1");
    writer = minimal();
    writer.set("throughline.system", std::string("Answer in verse."));
    EXPECT_EQ(parsed(writer).systemInstruction, "Answer in verse.");
    EXPECT_FALSE(parsed(writer).questionFirst);
    writer.set("throughline.question_first", true);
    EXPECT_TRUE(parsed(writer).questionFirst);
    writer = minimal();
    writer.set("throughline.question_first", int32_t{1});
    expectRefused(writer, ErrorCode::kCorrupt, "question_first' is no boolean");
}

TEST(ModelConfigTest, ChecksPointerLayers) {
    const auto expectBad = [](const std::vector<int32_t>& layers) {
        GgufWriter writer = minimal();
        writer.setArray("throughline.pointer_layers", layers);
        expectRefused(writer, ErrorCode::kCorrupt, "pointer_layers' names a layer");
    };
    expectBad({0});  // a Mamba-2 layer
    expectBad({3});  // none at all
    expectBad({-1});
    expectBad({1, 1});
    GgufWriter empty = minimal();
    empty.setArray("throughline.pointer_layers", std::vector<int32_t>{});
    EXPECT_EQ(parsed(empty).pointerLayers, std::vector<int64_t>{1});
    GgufWriter text = minimal();
    text.set("throughline.pointer_layers", std::string("1"));
    expectRefused(text, ErrorCode::kCorrupt, "no array of integers");
}

}  // namespace
}  // namespace tl
