// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "engine/layers/layer.h"
#include "engine/layers/swiglu.h"
#include "engine/model/weight_loader.h"
#include "engine/model_config.h"

namespace tl {

// A dense SwiGLU.
struct FeedForwardConfig final : LayerConfig {
    int64_t size = 0;

    std::string_view kind() const override { return "feed_forward"; }
    LayerNeeds needs() const override;
    std::vector<LayerSetting> settings() const override;
    std::unique_ptr<Layer> load(const ModelConfig& model,
                                const std::string& prefix,
                                WeightLoader& loader) const override;
};

// Norm and SwiGLU, added to the residual.
class FeedForward final : public Layer {
public:
    // Failures are the loader's.
    FeedForward(const FeedForwardConfig& shape,
                const ModelConfig& model,
                const std::string& prefix,
                WeightLoader& loader);

    LayerNeeds needs() const override { return m_shape.needs(); }
    void run(const LayerCall& call) const override;
    int64_t weightBytes() const override { return m_part.bytes(); }

private:
    FeedForwardConfig m_shape;
    float m_epsilon, m_residualScale;
    std::unique_ptr<Buffer> m_norm;
    SwiGlu m_part;
};

}  // namespace tl
