// SPDX-License-Identifier: Apache-2.0
#include "engine/layers/expert_layer.h"

#include <algorithm>

namespace tl {

LayerNeeds ExpertConfig::needs() const {
    LayerNeeds needs;
    needs.workspace.projected = experts;  // logits of the router
    needs.workspace.mixed = 2 * used;     // who is chosen, and with what weight
    needs.workspace.hidden = used * size + sharedSize;
    needs.limits.columns = sharedSize;
    needs.limits.experts = experts;
    needs.limits.expertsUsed = used;
    needs.limits.expertColumns = std::max(embedding, size);
    needs.vectorSizes = {{size, "expert feed-forward size"},
                         {sharedSize, "shared expert's feed-forward size"}};
    return needs;
}

std::vector<LayerSetting> ExpertConfig::settings() const {
    return {{"experts", static_cast<double>(experts)},
            {"experts_used", static_cast<double>(used)},
            {"expert_feed_forward", static_cast<double>(size)},
            {"shared_feed_forward", static_cast<double>(sharedSize)}};
}

std::unique_ptr<Layer> ExpertConfig::load(const ModelConfig& model,
                                          const std::string& prefix,
                                          WeightLoader& loader) const {
    return std::make_unique<ExpertLayer>(*this, model, prefix, loader);
}

ExpertLayer::ExpertLayer(const ExpertConfig& shape,
                         const ModelConfig& model,
                         const std::string& prefix,
                         WeightLoader& loader)
    : m_shape(shape)
    , m_epsilon(model.normEpsilon)
    , m_residualScale(model.residualScale)
    , m_norm(loader.vector(prefix + "ffn_norm.weight", shape.embedding))
    , m_router(loader.matrix(prefix + "ffn_gate_inp.weight", shape.experts, shape.embedding)) {
    const std::string gate = prefix + "ffn_gate_exps.weight";
    const std::string up = prefix + "ffn_up_exps.weight";
    m_gate = loader.stack(gate, shape.experts, shape.size, shape.embedding);
    m_up = loader.stack(up, shape.experts, shape.size, shape.embedding);
    m_down =
        loader.stack(prefix + "ffn_down_exps.weight", shape.experts, shape.embedding, shape.size);
    loader.requirePair(gate, m_gate.get(), up, m_up.get());
    if (shape.sharedSize > 0) {
        m_shared.emplace(
            prefix + "ffn_", "_shexp.weight", shape.sharedSize, shape.embedding, loader);
    }
}

int64_t ExpertLayer::weightBytes() const {
    // Of the experts, a decode step reads those that its token is sent to.
    const int64_t experts = m_gate->bytes() + m_up->bytes() + m_down->bytes();
    return m_router->bytes() + experts / m_shape.experts * m_shape.used +
           (m_shared ? m_shared->bytes() : 0);
}

// The router and the shared expert read the residual before the chosen ones are added to it.
void ExpertLayer::run(const LayerCall& call) const {
    float* residual = call.work.residual->floats();
    float* logits = call.work.projected->floats();
    float* weights = call.work.mixed->floats();
    auto* chosen = reinterpret_cast<int32_t*>(weights + call.tokens * m_shape.used);
    float* hidden = call.work.hidden->floats();
    float* sharedHidden = hidden + call.tokens * m_shape.used * m_shape.size;

    MatmulArgs router = {};
    router.in = residual;
    router.inStride = m_shape.embedding;
    router.weights = m_router.get();
    router.normWeight = m_norm->floats();
    router.normEpsilon = m_epsilon;
    router.out = logits;
    router.outStride = m_shape.experts;
    router.tokens = call.tokens;
    router.alpha = 1;
    call.backend.matmul(router);
    call.backend.route({logits, chosen, weights, call.tokens, m_shape.experts, m_shape.used});
    if (m_shared) {
        m_shared->runUp(call, *m_norm, m_epsilon, sharedHidden);
    }

    ExpertsArgs experts = {};
    experts.in = residual;
    experts.normWeight = m_norm->floats();
    experts.chosen = chosen;
    experts.weights = weights;
    experts.gate = m_gate.get();
    experts.up = m_up.get();
    experts.down = m_down.get();
    experts.hidden = hidden;
    experts.out = residual;
    experts.tokens = call.tokens;
    experts.experts = m_shape.experts;
    experts.used = m_shape.used;
    experts.inStride = m_shape.embedding;
    experts.outStride = m_shape.embedding;
    experts.normEpsilon = m_epsilon;
    experts.alpha = m_residualScale;
    call.backend.experts(experts);
    if (m_shared) {
        m_shared->runDown(call, sharedHidden, m_residualScale);
    }
}

}  // namespace tl
