// SPDX-License-Identifier: Apache-2.0
#include "engine/layers/feed_forward.h"

namespace tl {

FeedForward::FeedForward(const ModelConfig& config, const std::string& prefix, WeightLoader& loader)
    : m_embedding(config.embeddingSize)
    , m_size(config.feedForwardSize)
    , m_epsilon(config.normEpsilon)
    , m_residualScale(config.residualScale)
    , m_norm(loader.vector(prefix + "ffn_norm.weight", m_embedding))
    , m_gate(loader.matrix(prefix + "ffn_gate.weight", m_size, m_embedding))
    , m_up(loader.matrix(prefix + "ffn_up.weight", m_size, m_embedding))
    , m_down(loader.matrix(prefix + "ffn_down.weight", m_embedding, m_size)) {
    if (m_gate && m_up && !m_gate->pairsWith(*m_up)) {
        loader.fail(ErrorCode::kUnsupported,
                    prefix + "ffn_gate.weight and ffn_up.weight have different number formats");
    }
}

void FeedForward::run(Backend& backend, Workspace& work, int64_t tokens) const {
    MatmulArgs up = {};
    up.in = work.residual->floats();
    up.inStride = m_embedding;
    up.weights = m_gate.get();
    up.gateWith = m_up.get();
    up.normWeight = m_norm->floats();
    up.normEpsilon = m_epsilon;
    up.out = work.hidden->floats();
    up.outStride = m_size;
    up.tokens = tokens;
    up.alpha = 1;
    backend.matmul(up);

    addToResidual(backend, work, work.hidden->floats(), *m_down, tokens, m_residualScale);
}

}  // namespace tl
