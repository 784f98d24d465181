// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "engine/layers/layer.h"
#include "engine/model/weight_loader.h"

namespace tl {

// Gate, up and down matrices of a dense SwiGLU (Shazeer 2020). Rows of `size` f32 values stand
// between its two halves.
class SwiGlu {
public:
    // Tensors `prefix` + gate, up, down + `suffix`. Failures are the loader's.
    SwiGlu(const std::string& prefix,
           const std::string& suffix,
           int64_t size,
           int64_t embedding,
           WeightLoader& loader);

    // hidden (tokens, size) = silu(gate) * up of the residual, RMS-normed.
    void runUp(const LayerCall& call, Buffer& norm, float epsilon, float* hidden) const;
    // residual += scale * down of hidden.
    void runDown(const LayerCall& call, const float* hidden, float scale) const;
    int64_t bytes() const { return m_gate->bytes() + m_up->bytes() + m_down->bytes(); }

private:
    std::unique_ptr<Matrix> m_gate;
    std::unique_ptr<Matrix> m_up;
    std::unique_ptr<Matrix> m_down;
};

}  // namespace tl
