// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "engine/gguf_file.h"
#include "engine/model/model.h"
#include "engine/model_config.h"
#include "engine/session.h"
#include "engine/text/byte_alphabet.h"
#include "kernels/backend.h"
#include "tests/support/gguf_writer.h"

namespace tl::test {

// Shape of a small granitehybrid model with random F32 weights.
struct RandomModelShape {
    int64_t embedding = 64;
    int64_t feedForward = 96;
    int64_t vocabulary = 128;
    int64_t heads = 4, headDim = 16;
    std::vector<int32_t> kvHeads = {0, 2, 0};  // per layer; 0 = Mamba-2
    int64_t ssmHeads = 4, ssmHeadDim = 16, stateSize = 16, groups = 1;
    uint32_t readWindow = 0;
    float logScaleBase = 0;
    uint32_t seed = 20;  // of the weights
    // Where there are any the file has a tokenizer as well: every byte is a token, then come these.
    // REQUIRES: vocabulary = 256 + these
    std::vector<std::string> controlTokens{};
    // Experts instead of the dense part where there are any; feedForward is the size of each.
    int64_t experts = 0, expertsUsed = 0;
    int64_t sharedFeedForward = 0;
};

// The model with everything it stands on. Weights are the same for the same shape and seed.
class RandomModel {
public:
    explicit RandomModel(const RandomModelShape& shape,
                         int threads = 2,
                         KvType kvType = KvType::kF16,
                         ActivationType activations = ActivationType::kF32)
        : RandomModel(shape, makeCpuBackend(threads, activations).value(), kvType) {}

    // The same on any device.
    RandomModel(const RandomModelShape& shape, std::unique_ptr<Backend> backend, KvType kvType)
        : m_shape(shape), m_bytes(build()), m_backend(std::move(backend)) {
        m_file = std::make_unique<GgufFile>(
            GgufFile::parse({reinterpret_cast<const std::byte*>(m_bytes.data()), m_bytes.size()},
                            "random.gguf")
                .value());
        m_model =
            Model::load(*m_file, parseModelConfig(*m_file).value(), *m_backend, kvType).value();
    }

    const Model& model() const { return *m_model; }
    const GgufFile& file() const { return *m_file; }
    // The file's own.
    const std::string& bytes() const { return m_bytes; }
    std::unique_ptr<Session> session(int64_t maxTokens = 8192) const {
        return std::make_unique<Session>(*m_model, m_model->newState(maxTokens).value());
    }
    // A tensor's values; they are stored as F32.
    std::vector<double> values(const std::string& name) const {
        const GgufTensor* tensor = m_file->findTensor(name);
        const auto* floats = reinterpret_cast<const float*>(tensor->bytes.data());
        return {floats, floats + tensor->elementCount()};
    }

private:
    void addRandom(GgufWriter& writer,
                   const std::string& name,
                   const std::vector<int64_t>& shape,
                   float mean,
                   float spread) {
        int64_t count = 1;
        for (const int64_t size : shape) {
            count *= size;
        }
        std::normal_distribution<float> normal(mean, spread);
        std::vector<float> values(static_cast<size_t>(count));
        for (float& value : values) {
            value = normal(m_random);
        }
        writer.addTensor(name, shape, std::span<const float>(values));
    }

    void addMatrix(GgufWriter& writer, const std::string& name, int64_t rows, int64_t columns) {
        addRandom(writer, name, {columns, rows}, 0, 1.0F / std::sqrt(static_cast<float>(columns)));
    }

    void addVector(
        GgufWriter& writer, const std::string& name, int64_t size, float mean, float spread) {
        addRandom(writer, name, {size}, mean, spread);
    }

    void addMamba(GgufWriter& writer, const std::string& prefix) {
        const int64_t inner = m_shape.ssmHeads * m_shape.ssmHeadDim;
        const int64_t channels = inner + 2 * m_shape.groups * m_shape.stateSize;
        addMatrix(writer,
                  prefix + "ssm_in.weight",
                  inner + channels + m_shape.ssmHeads,
                  m_shape.embedding);
        addRandom(writer, prefix + "ssm_conv1d.weight", {4, channels}, 0, 0.5F);
        addVector(writer, prefix + "ssm_conv1d.bias", channels, 0, 0.1F);
        addVector(writer, prefix + "ssm_dt.bias", m_shape.ssmHeads, -1, 0.5F);
        addVector(writer, prefix + "ssm_a", m_shape.ssmHeads, -1, 0.1F);
        addVector(writer, prefix + "ssm_d", m_shape.ssmHeads, 1, 0.1F);
        addVector(writer, prefix + "ssm_norm.weight", inner, 1, 0.1F);
        addMatrix(writer, prefix + "ssm_out.weight", m_shape.embedding, inner);
    }

    void addAttention(GgufWriter& writer, const std::string& prefix, int64_t kvHeads) {
        const int64_t width = m_shape.heads * m_shape.headDim;
        addMatrix(writer, prefix + "attn_q.weight", width, m_shape.embedding);
        addMatrix(writer, prefix + "attn_k.weight", kvHeads * m_shape.headDim, m_shape.embedding);
        addMatrix(writer, prefix + "attn_v.weight", kvHeads * m_shape.headDim, m_shape.embedding);
        addMatrix(writer, prefix + "attn_output.weight", m_shape.embedding, width);
    }

    void addSwiGlu(GgufWriter& writer,
                   const std::string& prefix,
                   const std::string& suffix,
                   int64_t size) {
        addMatrix(writer, prefix + "gate" + suffix, size, m_shape.embedding);
        addMatrix(writer, prefix + "up" + suffix, size, m_shape.embedding);
        addMatrix(writer, prefix + "down" + suffix, m_shape.embedding, size);
    }

    void addExperts(GgufWriter& writer, const std::string& prefix) {
        addMatrix(writer, prefix + "gate_inp.weight", m_shape.experts, m_shape.embedding);
        const auto stack = [&](const char* name, int64_t rows, int64_t columns) {
            const float spread = 1.0F / std::sqrt(static_cast<float>(columns));
            addRandom(writer, prefix + name, {columns, rows, m_shape.experts}, 0, spread);
        };
        stack("gate_exps.weight", m_shape.feedForward, m_shape.embedding);
        stack("up_exps.weight", m_shape.feedForward, m_shape.embedding);
        stack("down_exps.weight", m_shape.embedding, m_shape.feedForward);
        if (m_shape.sharedFeedForward > 0) {
            addSwiGlu(writer, prefix, "_shexp.weight", m_shape.sharedFeedForward);
        }
    }

    void addMetadata(GgufWriter& writer) const {
        const auto number = [&](const std::string& key, int64_t value) {
            writer.set("granitehybrid." + key, static_cast<uint32_t>(value));
        };
        writer.set("general.architecture", std::string("granitehybrid"));
        number("block_count", static_cast<int64_t>(m_shape.kvHeads.size()));
        number("context_length", 1 << 20);
        number("embedding_length", m_shape.embedding);
        number("feed_forward_length", m_shape.feedForward);
        number("vocab_size", m_shape.vocabulary);
        number("attention.head_count", m_shape.heads);
        number("attention.key_length", m_shape.headDim);
        number("attention.value_length", m_shape.headDim);
        number("ssm.conv_kernel", 4);
        number("ssm.inner_size", m_shape.ssmHeads * m_shape.ssmHeadDim);
        number("ssm.state_size", m_shape.stateSize);
        number("ssm.time_step_rank", m_shape.ssmHeads);
        number("ssm.group_count", m_shape.groups);
        if (m_shape.experts > 0) {
            number("expert_count", m_shape.experts);
            number("expert_used_count", m_shape.expertsUsed);
            number("expert_shared_feed_forward_length", m_shape.sharedFeedForward);
        }
        writer.setArray("granitehybrid.attention.head_count_kv", m_shape.kvHeads);
        writer.set("granitehybrid.attention.layer_norm_rms_epsilon", 1e-5F);
        if (m_shape.readWindow > 0) {
            writer.set("throughline.read_window", m_shape.readWindow);
        }
        if (m_shape.logScaleBase > 0) {
            writer.set("throughline.log_scale_base", m_shape.logScaleBase);
        }
    }

    void addTokenizer(GgufWriter& writer) const {
        constexpr int32_t kNormal = 1;
        constexpr int32_t kControl = 3;
        std::vector<std::string> tokens;
        for (int byte = 0; byte < 256; ++byte) {
            tokens.push_back(spellByte(static_cast<unsigned char>(byte)));
        }
        std::vector<int32_t> types(tokens.size(), kNormal);
        tokens.insert(tokens.end(), m_shape.controlTokens.begin(), m_shape.controlTokens.end());
        types.resize(tokens.size(), kControl);
        writer.set("tokenizer.ggml.model", std::string("gpt2"));
        writer.set("tokenizer.ggml.pre", std::string("smollm"));
        writer.setArray("tokenizer.ggml.tokens", tokens);
        writer.setArray("tokenizer.ggml.token_type", types);
        writer.setArray("tokenizer.ggml.merges", std::vector<std::string>());
    }

    std::string build() {
        GgufWriter writer;
        addMetadata(writer);
        if (!m_shape.controlTokens.empty()) {
            addTokenizer(writer);
        }
        addMatrix(writer, "token_embd.weight", m_shape.vocabulary, m_shape.embedding);
        addVector(writer, "output_norm.weight", m_shape.embedding, 1, 0.1F);
        for (size_t i = 0; i < m_shape.kvHeads.size(); ++i) {
            const std::string prefix = "blk." + std::to_string(i) + ".";
            addVector(writer, prefix + "attn_norm.weight", m_shape.embedding, 1, 0.1F);
            addVector(writer, prefix + "ffn_norm.weight", m_shape.embedding, 1, 0.1F);
            if (m_shape.kvHeads[i] > 0) {
                addAttention(writer, prefix, m_shape.kvHeads[i]);
            } else {
                addMamba(writer, prefix);
            }
            if (m_shape.experts > 0) {
                addExperts(writer, prefix + "ffn_");
            } else {
                addSwiGlu(writer, prefix + "ffn_", ".weight", m_shape.feedForward);
            }
        }
        return writer.file();
    }

    RandomModelShape m_shape;
    std::mt19937 m_random{m_shape.seed};
    std::string m_bytes;
    std::unique_ptr<GgufFile> m_file;
    std::unique_ptr<Backend> m_backend;
    std::unique_ptr<Model> m_model;
};

inline std::vector<TokenId> randomTokens(int64_t count, int64_t vocabulary, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<TokenId> ids(static_cast<size_t>(count));
    for (TokenId& id : ids) {
        id = static_cast<TokenId>(random() % static_cast<unsigned>(vocabulary));
    }
    return ids;
}

}  // namespace tl::test
