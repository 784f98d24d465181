// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/layers/layer.h"
#include "engine/layers/swiglu.h"
#include "engine/model/weight_loader.h"
#include "engine/model_config.h"

namespace tl {

// Experts of which a router chooses some for every token (Mixtral: Jiang et al. 2024), and beside
// them one that all tokens go to, where the model has it.
struct ExpertConfig final : LayerConfig {
    int64_t embedding = 0;
    int64_t experts = 0, used = 0;
    int64_t size = 0;        // of each expert's SwiGLU
    int64_t sharedSize = 0;  // of the shared one; 0 = none

    std::string_view kind() const override { return "expert"; }
    LayerNeeds needs() const override;
    std::vector<LayerSetting> settings() const override;
    std::unique_ptr<Layer> load(const ModelConfig& model,
                                const std::string& prefix,
                                WeightLoader& loader) const override;
};

// Norm, router, experts; all that is chosen is added to the residual.
class ExpertLayer final : public Layer {
public:
    // Failures are the loader's.
    ExpertLayer(const ExpertConfig& shape,
                const ModelConfig& model,
                const std::string& prefix,
                WeightLoader& loader);

    LayerNeeds needs() const override { return m_shape.needs(); }
    void run(const LayerCall& call) const override;
    int64_t weightBytes() const override;

private:
    ExpertConfig m_shape;
    float m_epsilon, m_residualScale;
    std::unique_ptr<Buffer> m_norm;
    std::unique_ptr<Matrix> m_router;  // (experts, embedding)
    std::unique_ptr<Matrix> m_gate;    // (experts * size, embedding)
    std::unique_ptr<Matrix> m_up;
    std::unique_ptr<Matrix> m_down;  // (experts * embedding, size)
    std::optional<SwiGlu> m_shared;
};

}  // namespace tl
