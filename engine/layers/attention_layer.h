// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "engine/layers/layer.h"
#include "engine/model/weight_loader.h"
#include "engine/model_config.h"

namespace tl {

// Rotary positions (Su et al. 2021): value pairs 2 i, 2 i + 1 of queries and keys turn by
// position * base^(-2 i / dims). Where the file has a tensor rope_freqs.weight, frequency i is
// divided by its value i (Llama 3).
struct RopeConfig {
    int64_t dims = 0;  // of each head, the first ones; 0 = no positions
    double base = 0;
};

// Multi-query or grouped-query attention (Ainslie et al. 2023).
struct AttentionConfig final : LayerConfig {
    int64_t heads = 0, kvHeads = 0, headDim = 0;
    float scale = 0;  // of the logits
    RopeConfig rope;

    std::string_view kind() const override { return "attention"; }
    LayerNeeds needs() const override;
    std::vector<LayerSetting> settings() const override;
    std::unique_ptr<Layer> load(const ModelConfig& model,
                                const std::string& prefix,
                                WeightLoader& loader) const override;

    int64_t queryWidth() const { return heads * headDim; }
    int64_t keyWidth() const { return kvHeads * headDim; }
    int64_t width() const { return queryWidth() + 2 * keyWidth(); }  // q | k | v
};

// Biases of the four projections are optional in the file.
class AttentionLayer final : public Layer {
public:
    // Failures are the loader's.
    AttentionLayer(const AttentionConfig& shape,
                   const ModelConfig& model,
                   const std::string& prefix,
                   WeightLoader& loader);

    LayerNeeds needs() const override { return m_shape.needs(); }
    void run(const LayerCall& call) const override;
    int64_t weightBytes() const override;

private:
    void project(const LayerCall& call) const;
    void mix(const LayerCall& call) const;

    AttentionConfig m_shape;
    int64_t m_embedding;
    float m_epsilon, m_residualScale;
    std::unique_ptr<Buffer> m_norm;
    std::unique_ptr<Matrix> m_query;
    std::unique_ptr<Matrix> m_key;
    std::unique_ptr<Matrix> m_value;
    std::unique_ptr<Matrix> m_output;
    std::unique_ptr<Buffer> m_queryBias, m_keyBias, m_valueBias, m_outputBias;  // or null
    std::unique_ptr<Buffer> m_turns;  // RopeArgs::turns; null without positions
};

}  // namespace tl
