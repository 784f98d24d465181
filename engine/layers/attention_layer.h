// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "engine/layers/layer.h"
#include "engine/model/weight_loader.h"
#include "engine/model_config.h"

namespace tl {

// Multi-query or grouped-query attention without positions (Ainslie et al. 2023).
class AttentionLayer final : public Layer {
public:
    // Failures are the loader's.
    AttentionLayer(const ModelConfig& config,
                   int64_t kvHeads,
                   const std::string& prefix,
                   WeightLoader& loader);

    int64_t stateFloats() const override { return 0; }
    void run(const LayerCall& call) const override;
    int64_t weightBytes() const override;

private:
    int64_t m_embedding, m_heads, m_kvHeads, m_headDim;
    float m_epsilon, m_scale, m_residualScale;
    std::unique_ptr<Buffer> m_norm;
    std::unique_ptr<Matrix> m_query;
    std::unique_ptr<Matrix> m_key;
    std::unique_ptr<Matrix> m_value;
    std::unique_ptr<Matrix> m_output;
};

}  // namespace tl
