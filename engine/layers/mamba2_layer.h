// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "engine/layers/layer.h"
#include "engine/model/weight_loader.h"
#include "engine/model_config.h"

namespace tl {

// Mamba-2 mixer (Dao and Gu 2024, section 7): norm, one projection to z | x B C | dt, causal
// convolution, state-space dual scan, gated group norm, output projection.
// Recurrent state: convolution tail (taps - 1, channels), then h (heads, stateDim, headDim).
class Mamba2Layer final : public Layer {
public:
    // Failures are the loader's.
    Mamba2Layer(const ModelConfig& config, const std::string& prefix, WeightLoader& loader);

    int64_t stateFloats() const override;
    void run(const LayerCall& call) const override;
    int64_t weightBytes() const override;

private:
    int64_t tailFloats() const { return (m_shape.convKernel - 1) * m_shape.convChannels(); }

    Mamba2Config m_shape;
    int64_t m_embedding;
    float m_epsilon;
    float m_residualScale;
    std::unique_ptr<Buffer> m_norm;
    std::unique_ptr<Matrix> m_inProjection;
    std::unique_ptr<Buffer> m_convWeight;
    std::unique_ptr<Buffer> m_convBias;
    std::unique_ptr<Buffer> m_dtBias;
    std::unique_ptr<Buffer> m_A;
    std::unique_ptr<Buffer> m_D;
    std::unique_ptr<Buffer> m_gateNorm;
    std::unique_ptr<Matrix> m_outProjection;
};

}  // namespace tl
