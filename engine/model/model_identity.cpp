// SPDX-License-Identifier: Apache-2.0
#include "engine/model/model_identity.h"

#include <algorithm>
#include <sstream>
#include <type_traits>
#include <variant>

#include "engine/model/digest.h"
#include "engine/state/state_codec.h"

namespace tl {
namespace {

std::string weightsDigest(const GgufFile& file) {
    std::vector<const GgufTensor*> tensors;
    for (const GgufTensor& tensor : file.tensors()) {
        tensors.push_back(&tensor);
    }
    // A file may hold the same tensors in another order.
    std::ranges::sort(tensors, {}, &GgufTensor::name);
    Digest digest;
    for (const GgufTensor* tensor : tensors) {
        digest.add(tensor->name);
        digest.add(static_cast<int64_t>(tensor->type));
        digest.add(static_cast<int64_t>(tensor->shape.size()));
        for (const int64_t size : tensor->shape) {
            digest.add(size);
        }
        digest.add(tensor->bytes);
    }
    return digest.hex();
}

void addArray(Digest& digest, const GgufArray& array) {
    digest.add(static_cast<int64_t>(array.index()));
    std::visit(
        [&](const auto& values) {
            digest.add(static_cast<int64_t>(values.size()));
            for (const auto& value : values) {
                digest.add(value);
            }
        },
        array);
}

void addValue(Digest& digest, const GgufValue& value) {
    digest.add(static_cast<int64_t>(value.index()));
    std::visit(
        [&](const auto& held) {
            using Held = std::decay_t<decltype(held)>;
            if constexpr (std::is_same_v<Held, GgufArray>) {
                addArray(digest, held);
            } else if constexpr (std::is_same_v<Held, bool>) {
                digest.add(static_cast<int64_t>(held));
            } else {
                digest.add(held);
            }
        },
        value);
}

std::string tokenizerDigest(const GgufFile& file) {
    Digest digest;
    for (const auto& [key, value] : file.metadata()) {
        if (key.starts_with("tokenizer.")) {
            digest.add(key);
            addValue(digest, value);
        }
    }
    return digest.hex();
}

std::string configurationDigest(const ModelConfig& config) {
    Digest digest;
    digest.add(config.vocabSize);
    digest.add(config.embeddingSize);
    for (const float factor :
         {config.normEpsilon, config.embeddingScale, config.residualScale, config.logitScale}) {
        digest.add(static_cast<double>(factor));
    }
    for (const BlockConfig& block : config.blocks) {
        digest.add(static_cast<int64_t>(block.layers.size()));
        for (const auto& layer : block.layers) {
            digest.add(layer->kind());
            for (const LayerSetting& setting : layer->settings()) {
                digest.add(setting.name);
                digest.add(setting.value);
            }
        }
    }
    return digest.hex();
}

std::string readingPolicy(const ModelConfig& config) {
    std::ostringstream text;
    text << "window " << config.readWindow << ", logarithm base " << config.logScaleBase;
    return text.str();
}

std::string precision(KvType kvType, ActivationType activations) {
    return std::string(activations == ActivationType::kInt8 ? "int8" : "f32") + " activations, " +
           (kvType == KvType::kInt8 ? "int8" : "f16") + " keys and values";
}

}  // namespace

std::vector<std::string> differences(const Fingerprint& theirs, const Fingerprint& ours) {
    std::vector<std::string> found;
    const auto compare = [&](const std::string& what, const auto& their, const auto& our) {
        if (their != our) {
            std::ostringstream text;
            text << what << ": " << their << " instead of " << our;
            found.push_back(text.str());
        }
    };
    // Digests say nothing to a reader.
    const auto compareDigests = [&](const char* what, const auto& their, const auto& our) {
        if (their != our) {
            found.push_back(std::string("another ") + what);
        }
    };
    compare("architecture", theirs.architecture, ours.architecture);
    compareDigests("set of weights", theirs.weights, ours.weights);
    compareDigests("configuration", theirs.configuration, ours.configuration);
    compareDigests("tokenizer", theirs.tokenizer, ours.tokenizer);
    compare("reading policy", theirs.readingPolicy, ours.readingPolicy);
    compare("precision", theirs.precision, ours.precision);
    compare("tokens in a batch", theirs.batchTokens, ours.batchTokens);
    compare("version of the saved form", theirs.codecVersion, ours.codecVersion);
    return found;
}

ModelIdentity::ModelIdentity(const GgufFile& file,
                             const ModelConfig& config,
                             KvType kvType,
                             const BackendTraits& traits)
    : m_file(file) {
    m_cheap.architecture = config.architecture;
    m_cheap.configuration = configurationDigest(config);
    m_cheap.readingPolicy = readingPolicy(config);
    m_cheap.precision = precision(kvType, traits.activations);
    m_cheap.batchTokens = traits.batchTokens;
    m_cheap.codecVersion = kStateCodecVersion;
}

const Fingerprint& ModelIdentity::fingerprint() const {
    if (!m_whole) {
        // Hashing all weights takes a while, and snapshots of the same engine never ask for it.
        m_whole = m_cheap;
        m_whole->weights = weightsDigest(m_file);
        m_whole->tokenizer = tokenizerDigest(m_file);
    }
    return *m_whole;
}

Status checkSameEngine(const ModelIdentity& theirs, const ModelIdentity& ours) {
    if (&theirs == &ours) {
        return okStatus();
    }
    std::string list;
    for (const std::string& difference : differences(theirs.fingerprint(), ours.fingerprint())) {
        list += (list.empty() ? "" : "; ") + difference;
    }
    if (list.empty()) {
        return okStatus();
    }
    return Error{ErrorCode::kInvalidInput, "the snapshot is of another engine: " + list};
}

}  // namespace tl
