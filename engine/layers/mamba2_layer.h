// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "engine/layers/layer.h"
#include "engine/model/weight_loader.h"
#include "engine/model_config.h"

namespace tl {

struct Mamba2Config final : LayerConfig {
    int64_t innerSize = 0;   // heads * headDim
    int64_t heads = 0;       // H
    int64_t headDim = 0;     // P
    int64_t stateSize = 0;   // N
    int64_t groups = 0;      // G; head h uses group h / (heads / groups)
    int64_t convKernel = 0;  // taps of the causal convolution

    std::string_view kind() const override { return "mamba2"; }
    LayerNeeds needs() const override;
    std::vector<LayerSetting> settings() const override;
    std::unique_ptr<Layer> load(const ModelConfig& model,
                                const std::string& prefix,
                                WeightLoader& loader) const override;

    int64_t convChannels() const { return innerSize + 2 * groups * stateSize; }
    int64_t inProjRows() const { return innerSize + convChannels() + heads; }  // z | x B C | dt
    int64_t tailFloats() const { return (convKernel - 1) * convChannels(); }
};

// Mamba-2 mixer (Dao and Gu 2024, section 7): norm, one projection to z | x B C | dt, causal
// convolution, state-space dual scan, gated group norm, output projection.
class Mamba2Layer final : public Layer {
public:
    // Failures are the loader's.
    Mamba2Layer(const Mamba2Config& shape,
                const ModelConfig& model,
                const std::string& prefix,
                WeightLoader& loader);

    LayerNeeds needs() const override { return m_shape.needs(); }
    void run(const LayerCall& call) const override;
    int64_t weightBytes() const override;

private:
    void mix(const LayerCall& call) const;

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
