// SPDX-License-Identifier: Apache-2.0
#include "engine/layers/feed_forward.h"

namespace tl {

LayerNeeds FeedForwardConfig::needs() const {
    LayerNeeds needs;
    needs.workspace.hidden = size;
    needs.limits.columns = size;
    needs.vectorSizes = {{size, "feed-forward size"}};
    return needs;
}

std::vector<LayerSetting> FeedForwardConfig::settings() const {
    return {{"feed_forward", static_cast<double>(size)}};
}

std::unique_ptr<Layer> FeedForwardConfig::load(const ModelConfig& model,
                                               const std::string& prefix,
                                               WeightLoader& loader) const {
    return std::make_unique<FeedForward>(*this, model, prefix, loader);
}

FeedForward::FeedForward(const FeedForwardConfig& shape,
                         const ModelConfig& model,
                         const std::string& prefix,
                         WeightLoader& loader)
    : m_shape(shape)
    , m_embedding(model.embeddingSize)
    , m_epsilon(model.normEpsilon)
    , m_residualScale(model.residualScale)
    , m_norm(loader.vector(prefix + "ffn_norm.weight", m_embedding))
    , m_gate(loader.matrix(prefix + "ffn_gate.weight", shape.size, m_embedding))
    , m_up(loader.matrix(prefix + "ffn_up.weight", shape.size, m_embedding))
    , m_down(loader.matrix(prefix + "ffn_down.weight", m_embedding, shape.size)) {
    if (m_gate && m_up && !m_gate->pairsWith(*m_up)) {
        loader.fail(ErrorCode::kUnsupported,
                    prefix + "ffn_gate.weight and ffn_up.weight have different number formats");
    }
}

int64_t FeedForward::weightBytes() const {
    return m_gate->bytes() + m_up->bytes() + m_down->bytes();
}

void FeedForward::run(const LayerCall& call) const {
    MatmulArgs up = {};
    up.in = call.work.residual->floats();
    up.inStride = m_embedding;
    up.weights = m_gate.get();
    up.gateWith = m_up.get();
    up.normWeight = m_norm->floats();
    up.normEpsilon = m_epsilon;
    up.out = call.work.hidden->floats();
    up.outStride = m_shape.size;
    up.tokens = call.tokens;
    up.alpha = 1;
    call.backend.matmul(up);

    addToResidual(
        call.backend, call.work, call.work.hidden->floats(), *m_down, call.tokens, m_residualScale);
}

}  // namespace tl
