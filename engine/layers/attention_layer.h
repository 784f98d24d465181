// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "engine/layers/layer.h"
#include "engine/model/weight_loader.h"
#include "engine/model_config.h"

namespace tl {

// Multi-query or grouped-query attention without positions (Ainslie et al. 2023).
struct AttentionConfig final : LayerConfig {
    int64_t heads = 0, kvHeads = 0, headDim = 0;
    float scale = 0;  // of the logits

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

    AttentionConfig m_shape;
    int64_t m_embedding;
    float m_epsilon, m_residualScale;
    std::unique_ptr<Buffer> m_norm;
    std::unique_ptr<Matrix> m_query;
    std::unique_ptr<Matrix> m_key;
    std::unique_ptr<Matrix> m_value;
    std::unique_ptr<Matrix> m_output;
};

}  // namespace tl
