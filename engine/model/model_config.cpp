// SPDX-License-Identifier: Apache-2.0
// Keys: llama.cpp's llama-arch.cpp for the architecture `granitehybrid`. Mamba-2 borrows names of
// Mamba-1: `ssm.time_step_rank` is the number of heads.
#include "engine/model_config.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

#include "engine/gguf_file.h"
#include "engine/layers/attention_layer.h"
#include "engine/layers/feed_forward.h"
#include "engine/layers/mamba2_layer.h"
#include "engine/model/gguf_parser.h"

namespace tl {
namespace {

// Far above any model in reach, far below where a product of sizes could overflow.
constexpr int64_t kMaxLayers = 4096;
constexpr int64_t kMaxWidth = 1 << 20;
constexpr int64_t kMaxVocab = 1 << 24;
constexpr int64_t kMaxContext = int64_t{1} << 32;
constexpr int64_t kMaxHeads = 1 << 16;
constexpr int64_t kMaxStateSize = 1 << 14;
constexpr int64_t kMinConvKernel = 2;
constexpr int64_t kMaxConvKernel = 8;

constexpr std::string_view kDefaultInstruction =
    "You answer questions about the documents below. Answer only from them, briefly and exactly.";

// Reads metadata and remembers the first thing that is wrong, so that a run of reads needs one
// check at its end. After an error the values read are harmless and meaningless.
class ConfigReader {
public:
    ConfigReader(const GgufFile& file, std::string_view architecture)
        : m_file(file), m_prefix(std::string(architecture) + ".") {}

    const std::optional<Error>& error() const { return m_error; }

    void fail(ErrorCode code, const std::string& what) {
        if (!m_error) {
            m_error = Error{code, m_file.name() + ": " + what};
        }
    }
    void require(bool condition, const std::string& what) {
        if (!condition) {
            fail(ErrorCode::kCorrupt, what);
        }
    }
    void take(const Error& error) {
        if (!m_error) {
            m_error = error;
        }
    }

    // Full key of one of the architecture's own.
    std::string key(std::string_view suffix) const { return m_prefix + std::string(suffix); }
    bool has(const std::string& key) const { return m_file.find(key) != nullptr; }

    // Size in [1, limit].
    int64_t size(const std::string& key, int64_t limit) { return ranged(key, 1, limit); }
    int64_t ranged(const std::string& key, int64_t least, int64_t most);
    // The same where the key may hold one value for all layers or an array of equal ones.
    int64_t uniformSize(const std::string& key, int64_t limit);
    // One value in [0, limit] per layer; a single one stands for all.
    std::vector<int64_t> perLayer(const std::string& key, int64_t layers, int64_t limit);

    // A finite factor, or `fallback` where the key is absent or 0 (llama.cpp's "not set").
    float scale(const std::string& key, float fallback);
    double number(const std::string& key, double fallback);
    bool flag(const std::string& key);
    std::string text(const std::string& key, std::string_view fallback);
    std::vector<int64_t> integers(const std::string& key);

private:
    const GgufFile& m_file;
    std::string m_prefix;
    std::optional<Error> m_error;
};

int64_t ConfigReader::ranged(const std::string& key, int64_t least, int64_t most) {
    const Result<int64_t> value = m_file.integer(key);
    if (!value.ok()) {
        take(value.error());
        return least;
    }
    if (value.value() < least || value.value() > most) {
        require(false, "metadata '" + key + "' is " + std::to_string(value.value()));
        return least;
    }
    return value.value();
}

std::vector<int64_t> ConfigReader::integers(const std::string& key) {
    const GgufValue* value = m_file.find(key);
    const GgufArray* array = value == nullptr ? nullptr : std::get_if<GgufArray>(value);
    const auto* numbers = array == nullptr ? nullptr : std::get_if<std::vector<int64_t>>(array);
    if (numbers == nullptr) {
        require(false, "metadata '" + key + "' is no array of integers");
        return {};
    }
    return *numbers;
}

std::vector<int64_t> ConfigReader::perLayer(const std::string& key, int64_t layers, int64_t limit) {
    const size_t count = static_cast<size_t>(layers);
    if (!has(key) || m_file.integer(key).ok()) {
        return std::vector<int64_t>(count, ranged(key, 0, limit));
    }
    std::vector<int64_t> values = integers(key);
    require(values.size() == count, "metadata '" + key + "' has no entry for every layer");
    for (int64_t& value : values) {
        if (value < 0 || value > limit) {
            require(false, "metadata '" + key + "' holds " + std::to_string(value));
            value = 0;
        }
    }
    values.resize(count);
    return values;
}

int64_t ConfigReader::uniformSize(const std::string& key, int64_t limit) {
    if (!has(key) || m_file.integer(key).ok()) {
        return size(key, limit);
    }
    const std::vector<int64_t> values = integers(key);
    if (values.empty() || values.front() < 1 || values.front() > limit) {
        require(false, "metadata '" + key + "' holds no size");
        return 1;
    }
    if (std::any_of(values.begin(), values.end(), [&](int64_t v) { return v != values[0]; })) {
        fail(ErrorCode::kUnsupported, "metadata '" + key + "' differs between layers");
    }
    return values.front();
}

double ConfigReader::number(const std::string& key, double fallback) {
    if (!has(key)) {
        return fallback;
    }
    const Result<double> value = m_file.number(key);
    if (!value.ok()) {
        take(value.error());
        return fallback;
    }
    // The engine computes in f32: what overflows there is as wrong as infinity.
    if (!std::isfinite(static_cast<float>(value.value()))) {
        require(false, "metadata '" + key + "' is not finite");
        return fallback;
    }
    return value.value();
}

float ConfigReader::scale(const std::string& key, float fallback) {
    const float value = static_cast<float>(number(key, fallback));
    require(value >= 0, "metadata '" + key + "' is negative");
    return value == 0 ? fallback : value;
}

bool ConfigReader::flag(const std::string& key) {
    const GgufValue* value = m_file.find(key);
    if (value == nullptr) {
        return false;
    }
    const bool* flag = std::get_if<bool>(value);
    require(flag != nullptr, "metadata '" + key + "' is no boolean");
    return flag != nullptr && *flag;
}

std::string ConfigReader::text(const std::string& key, std::string_view fallback) {
    if (!has(key)) {
        return std::string(fallback);
    }
    const Result<std::string_view> value = m_file.string(key);
    if (!value.ok()) {
        take(value.error());
        return std::string(fallback);
    }
    return std::string(value.value());
}

void refuseUnsupported(ConfigReader& reader) {
    if (reader.flag(reader.key("rope.scaling.finetuned"))) {
        reader.fail(ErrorCode::kUnsupported, "rotary position embeddings are not supported");
    }
    const std::string experts = reader.key("expert_count");
    if (reader.has(experts) && reader.ranged(experts, 0, kMaxWidth) > 0) {
        reader.fail(ErrorCode::kUnsupported, "mixture-of-experts models are not supported");
    }
}

int64_t vocabSize(ConfigReader& reader, const GgufFile& file) {
    const std::string key = reader.key("vocab_size");
    if (reader.has(key)) {
        return reader.size(key, kMaxVocab);
    }
    const GgufValue* tokens = file.find("tokenizer.ggml.tokens");
    const GgufArray* array = tokens == nullptr ? nullptr : std::get_if<GgufArray>(tokens);
    const auto* names =
        array == nullptr ? nullptr : std::get_if<std::vector<std::string_view>>(array);
    const size_t count = names == nullptr ? 0 : names->size();
    reader.require(count >= 1 && count <= static_cast<size_t>(kMaxVocab),
                   "neither metadata '" + key + "' nor a token list tells the vocabulary's size");
    return static_cast<int64_t>(count);
}

void readSizes(ConfigReader& reader, const GgufFile& file, ModelConfig& config) {
    config.name = reader.text("general.name", config.architecture);
    config.vocabSize = vocabSize(reader, file);
    config.embeddingSize = reader.size(reader.key("embedding_length"), kMaxWidth);
    config.contextLength = reader.size(reader.key("context_length"), kMaxContext);
    const std::string epsilon = reader.key("attention.layer_norm_rms_epsilon");
    config.normEpsilon = static_cast<float>(reader.number(epsilon, 0));
    reader.require(config.normEpsilon > 0, "metadata '" + epsilon + "' is missing or not positive");
}

using SharedConfig = std::shared_ptr<const LayerConfig>;

SharedConfig readFeedForward(ConfigReader& reader) {
    FeedForwardConfig shape;
    shape.size = reader.uniformSize(reader.key("feed_forward_length"), kMaxWidth);
    return std::make_shared<FeedForwardConfig>(shape);
}

// All but the number of key/value heads, which differs between layers.
AttentionConfig readAttention(ConfigReader& reader, const ModelConfig& config) {
    AttentionConfig shape;
    shape.heads = reader.uniformSize(reader.key("attention.head_count"), kMaxHeads);
    const std::string keyLength = reader.key("attention.key_length");
    const std::string valueLength = reader.key("attention.value_length");
    shape.headDim = config.embeddingSize / shape.heads;
    if (reader.has(keyLength)) {
        shape.headDim = reader.size(keyLength, kMaxWidth);
    } else {
        reader.require(config.embeddingSize % shape.heads == 0,
                       "the embedding does not divide into attention heads");
    }
    if (reader.has(valueLength) && reader.size(valueLength, kMaxWidth) != shape.headDim) {
        reader.fail(ErrorCode::kUnsupported, "attention keys and values differ in length");
    }
    const double headDim = static_cast<double>(std::max<int64_t>(1, shape.headDim));
    shape.scale =
        reader.scale(reader.key("attention.scale"), static_cast<float>(1 / std::sqrt(headDim)));
    return shape;
}

SharedConfig withKvHeads(ConfigReader& reader, AttentionConfig shape, int64_t kvHeads) {
    shape.kvHeads = kvHeads;
    reader.require(shape.heads % kvHeads == 0,
                   "attention heads do not divide among key/value heads");
    return std::make_shared<AttentionConfig>(shape);
}

SharedConfig readMamba2(ConfigReader& reader) {
    Mamba2Config mamba;
    mamba.innerSize = reader.size(reader.key("ssm.inner_size"), kMaxWidth);
    mamba.heads = reader.size(reader.key("ssm.time_step_rank"), kMaxHeads);
    mamba.stateSize = reader.size(reader.key("ssm.state_size"), kMaxStateSize);
    mamba.groups = reader.size(reader.key("ssm.group_count"), kMaxHeads);
    mamba.convKernel = reader.ranged(reader.key("ssm.conv_kernel"), kMinConvKernel, kMaxConvKernel);
    mamba.headDim = mamba.innerSize / mamba.heads;
    reader.require(mamba.innerSize % mamba.heads == 0,
                   "the Mamba inner size does not divide into heads");
    reader.require(mamba.heads % mamba.groups == 0, "the Mamba heads do not divide into groups");
    return std::make_shared<Mamba2Config>(mamba);
}

// A block with key/value heads starts with attention, one without with Mamba-2; a feed-forward part
// follows.
void readBlocks(ConfigReader& reader, ModelConfig& config) {
    const int64_t count = reader.size(reader.key("block_count"), kMaxLayers);
    const std::vector<int64_t> kvHeads =
        reader.perLayer(reader.key("attention.head_count_kv"), count, kMaxHeads);
    AttentionConfig attention;
    if (std::ranges::any_of(kvHeads, [](int64_t heads) { return heads > 0; })) {
        attention = readAttention(reader, config);
    }
    SharedConfig mamba;
    if (std::ranges::count(kvHeads, 0) > 0) {
        mamba = readMamba2(reader);
    }
    const SharedConfig feedForward = readFeedForward(reader);
    for (const int64_t heads : kvHeads) {
        const SharedConfig mixer = heads > 0 ? withKvHeads(reader, attention, heads) : mamba;
        config.blocks.push_back({{mixer, feedForward}});
    }
}

void readScales(ConfigReader& reader, ModelConfig& config) {
    config.embeddingScale = reader.scale(reader.key("embedding_scale"), 1);
    config.residualScale = reader.scale(reader.key("residual_scale"), 1);
    config.logitScale = reader.scale(reader.key("logit_scale"), 1);
}

std::vector<int64_t> blocksThatLookBack(const ModelConfig& config) {
    std::vector<int64_t> indices;
    for (size_t i = 0; i < config.blocks.size(); ++i) {
        if (config.blocks[i].looksBack()) {
            indices.push_back(static_cast<int64_t>(i));
        }
    }
    return indices;
}

void readPointerLayers(ConfigReader& reader, ModelConfig& config) {
    const std::vector<int64_t> attention = blocksThatLookBack(config);
    const std::string key = "throughline.pointer_layers";
    if (reader.has(key)) {
        config.pointerLayers = reader.integers(key);
    }
    if (config.pointerLayers.empty()) {
        config.pointerLayers = attention;
    }
    std::sort(config.pointerLayers.begin(), config.pointerLayers.end());
    // Sorted and without repetition on both sides, so inclusion is all there is to check.
    const bool repeats =
        std::adjacent_find(config.pointerLayers.begin(), config.pointerLayers.end()) !=
        config.pointerLayers.end();
    reader.require(!repeats && std::includes(attention.begin(),
                                             attention.end(),
                                             config.pointerLayers.begin(),
                                             config.pointerLayers.end()),
                   "metadata '" + key + "' names a layer that is no attention layer, or one twice");
}

void readPolicy(ConfigReader& reader, ModelConfig& config) {
    const std::string window = "throughline.read_window";
    if (reader.has(window)) {
        config.readWindow = reader.ranged(window, 0, kMaxContext);
    }
    const std::string base = "throughline.log_scale_base";
    config.logScaleBase = reader.number(base, 0);
    reader.require(config.logScaleBase == 0 || config.logScaleBase > 1,
                   "metadata '" + base + "' is no base above 1");
    config.systemInstruction = reader.text("throughline.system", kDefaultInstruction);
    readPointerLayers(reader, config);
}

}  // namespace

bool BlockConfig::looksBack() const {
    return std::ranges::any_of(layers,
                               [](const auto& layer) { return layer->needs().kv.has_value(); });
}

int64_t ModelConfig::stateBytes() const {
    int64_t bytes = 0;
    for (const BlockConfig& block : blocks) {
        for (const auto& layer : block.layers) {
            bytes += layer->needs().stateBytes();
        }
    }
    return bytes;
}

int64_t ModelConfig::kvBytesPerToken(int64_t bytesPerElement, int64_t bytesPerHead) const {
    int64_t bytes = 0;
    for (const BlockConfig& block : blocks) {
        for (const auto& layer : block.layers) {
            if (const std::optional<KvShape> kv = layer->needs().kv) {
                bytes += 2 * kv->kvHeads * (kv->headDim * bytesPerElement + bytesPerHead);
            }
        }
    }
    return bytes;
}

Result<ModelConfig> parseModelConfig(const GgufFile& file) {
    const Result<std::string_view> architecture = file.string("general.architecture");
    if (!architecture.ok()) {
        return architecture.error();
    }
    if (architecture.value() != "granitehybrid") {
        return Error{ErrorCode::kUnsupported,
                     file.name() + ": architecture " + quotedName(architecture.value()) +
                         " is not supported (only 'granitehybrid' is)"};
    }
    ModelConfig config;
    config.architecture = architecture.value();
    ConfigReader reader(file, config.architecture);
    refuseUnsupported(reader);
    readSizes(reader, file, config);
    readBlocks(reader, config);
    readScales(reader, config);
    readPolicy(reader, config);
    if (reader.error()) {
        return *reader.error();
    }
    return config;
}

}  // namespace tl
