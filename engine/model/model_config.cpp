// SPDX-License-Identifier: Apache-2.0
// What all architectures share; each has the rest in arch/.
#include "engine/model_config.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>

#include "engine/gguf_file.h"
#include "engine/model/architecture.h"
#include "engine/model/config_reader.h"
#include "engine/model/gguf_parser.h"

namespace tl {
namespace {

constexpr std::string_view kDefaultInstruction =
    "You answer questions about the documents below. Answer only from them, briefly and exactly.";

int64_t vocabSize(ConfigReader& reader) {
    const std::string key = reader.key("vocab_size");
    if (reader.has(key)) {
        return reader.size(key, kMaxVocab);
    }
    const GgufValue* tokens = reader.file().find("tokenizer.ggml.tokens");
    const GgufArray* array = tokens == nullptr ? nullptr : std::get_if<GgufArray>(tokens);
    const auto* names =
        array == nullptr ? nullptr : std::get_if<std::vector<std::string_view>>(array);
    const size_t count = names == nullptr ? 0 : names->size();
    reader.require(count >= 1 && count <= static_cast<size_t>(kMaxVocab),
                   "neither metadata '" + key + "' nor a token list tells the vocabulary's size");
    return static_cast<int64_t>(count);
}

void readSizes(ConfigReader& reader, ModelConfig& config) {
    config.name = reader.text("general.name", config.architecture);
    config.vocabSize = vocabSize(reader);
    config.embeddingSize = reader.size(reader.key("embedding_length"), kMaxWidth);
    config.contextLength = reader.size(reader.key("context_length"), kMaxContext);
    const std::string epsilon = reader.key("attention.layer_norm_rms_epsilon");
    config.normEpsilon = static_cast<float>(reader.number(epsilon, 0));
    reader.require(config.normEpsilon > 0, "metadata '" + epsilon + "' is missing or not positive");
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
    config.questionFirst = reader.flag("throughline.question_first");
    readPointerLayers(reader, config);
}

Error unsupported(const GgufFile& file,
                  std::string_view name,
                  std::span<const Architecture> known) {
    std::string names;
    for (const Architecture& architecture : known) {
        names += (names.empty() ? "" : ", ") + std::string(architecture.name);
    }
    return {ErrorCode::kUnsupported,
            file.name() + ": architecture " + quotedName(name) +
                " is not supported; these are: " + names};
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
    return parseModelConfig(file, architectures());
}

Result<ModelConfig> parseModelConfig(const GgufFile& file, std::span<const Architecture> known) {
    const Result<std::string_view> name = file.string("general.architecture");
    if (!name.ok()) {
        return name.error();
    }
    const auto found = std::ranges::find(known, name.value(), &Architecture::name);
    if (found == known.end()) {
        return unsupported(file, name.value(), known);
    }
    ModelConfig config;
    config.architecture = name.value();
    ConfigReader reader(file, config.architecture);
    readSizes(reader, config);
    found->read(reader, config);
    readPolicy(reader, config);
    if (reader.error()) {
        return *reader.error();
    }
    return config;
}

}  // namespace tl
