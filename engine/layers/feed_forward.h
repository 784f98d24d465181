// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "engine/layers/layer.h"
#include "engine/model/weight_loader.h"
#include "engine/model_config.h"

namespace tl {

// Norm and dense SwiGLU (Shazeer 2020), added to the residual.
class FeedForward {
public:
    // Failures are the loader's.
    FeedForward(const ModelConfig& config, const std::string& prefix, WeightLoader& loader);

    void run(Backend& backend, Workspace& work, int64_t tokens) const;
    int64_t weightBytes() const { return m_gate->bytes() + m_up->bytes() + m_down->bytes(); }

private:
    int64_t m_embedding, m_size;
    float m_epsilon, m_residualScale;
    std::unique_ptr<Buffer> m_norm;
    std::unique_ptr<Matrix> m_gate;
    std::unique_ptr<Matrix> m_up;
    std::unique_ptr<Matrix> m_down;
};

}  // namespace tl
