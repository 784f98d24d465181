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
    , m_epsilon(model.normEpsilon)
    , m_residualScale(model.residualScale)
    , m_norm(loader.vector(prefix + "ffn_norm.weight", model.embeddingSize))
    , m_part(prefix + "ffn_", ".weight", shape.size, model.embeddingSize, loader) {}

void FeedForward::run(const LayerCall& call) const {
    float* hidden = call.work.hidden->floats();
    m_part.runUp(call, *m_norm, m_epsilon, hidden);
    m_part.runDown(call, hidden, m_residualScale);
}

}  // namespace tl
