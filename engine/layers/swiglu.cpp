// SPDX-License-Identifier: Apache-2.0
#include "engine/layers/swiglu.h"

namespace tl {

SwiGlu::SwiGlu(const std::string& prefix,
               const std::string& suffix,
               int64_t size,
               int64_t embedding,
               WeightLoader& loader)
    : m_gate(loader.matrix(prefix + "gate" + suffix, size, embedding))
    , m_up(loader.matrix(prefix + "up" + suffix, size, embedding))
    , m_down(loader.matrix(prefix + "down" + suffix, embedding, size)) {
    loader.requirePair(prefix + "gate" + suffix, m_gate.get(), prefix + "up" + suffix, m_up.get());
}

void SwiGlu::runUp(const LayerCall& call, Buffer& norm, float epsilon, float* hidden) const {
    MatmulArgs up = {};
    up.in = call.work.residual->floats();
    up.inStride = m_gate->columns();
    up.weights = m_gate.get();
    up.gateWith = m_up.get();
    up.normWeight = norm.floats();
    up.normEpsilon = epsilon;
    up.out = hidden;
    up.outStride = m_gate->rows();
    up.tokens = call.tokens;
    up.alpha = 1;
    call.backend.matmul(up);
}

void SwiGlu::runDown(const LayerCall& call, const float* hidden, float scale) const {
    addToResidual(call.backend, call.work, hidden, *m_down, call.tokens, scale);
}

}  // namespace tl
