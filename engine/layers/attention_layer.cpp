// SPDX-License-Identifier: Apache-2.0
#include "engine/layers/attention_layer.h"

#include "engine/state/kv_cache.h"

namespace tl {

LayerNeeds AttentionConfig::needs() const {
    LayerNeeds needs;
    needs.kv = KvShape{kvHeads, headDim};
    needs.workspace.projected = width();
    needs.workspace.mixed = queryWidth();
    needs.limits.columns = queryWidth();
    needs.limits.heads = heads;
    needs.limits.headDim = headDim;
    needs.vectorSizes = {{headDim, "attention head size"}};
    return needs;
}

std::vector<LayerSetting> AttentionConfig::settings() const {
    return {{"attention_heads", static_cast<double>(heads)},
            {"attention_kv_heads", static_cast<double>(kvHeads)},
            {"attention_head_dim", static_cast<double>(headDim)},
            {"attention_scale", static_cast<double>(scale)}};
}

std::unique_ptr<Layer> AttentionConfig::load(const ModelConfig& model,
                                             const std::string& prefix,
                                             WeightLoader& loader) const {
    return std::make_unique<AttentionLayer>(*this, model, prefix, loader);
}

AttentionLayer::AttentionLayer(const AttentionConfig& shape,
                               const ModelConfig& model,
                               const std::string& prefix,
                               WeightLoader& loader)
    : m_shape(shape)
    , m_embedding(model.embeddingSize)
    , m_epsilon(model.normEpsilon)
    , m_residualScale(model.residualScale)
    , m_norm(loader.vector(prefix + "attn_norm.weight", m_embedding))
    , m_query(loader.matrix(prefix + "attn_q.weight", shape.queryWidth(), m_embedding))
    , m_key(loader.matrix(prefix + "attn_k.weight", shape.keyWidth(), m_embedding))
    , m_value(loader.matrix(prefix + "attn_v.weight", shape.keyWidth(), m_embedding))
    , m_output(loader.matrix(prefix + "attn_output.weight", m_embedding, shape.queryWidth())) {}

int64_t AttentionLayer::weightBytes() const {
    return m_query->bytes() + m_key->bytes() + m_value->bytes() + m_output->bytes();
}

// q | k | v into work.projected.
void AttentionLayer::project(const LayerCall& call) const {
    float* qkv = call.work.projected->floats();
    MatmulArgs in = {};
    in.in = call.work.residual->floats();
    in.inStride = m_embedding;
    in.normWeight = m_norm->floats();
    in.normEpsilon = m_epsilon;
    in.outStride = m_shape.width();
    in.tokens = call.tokens;
    in.alpha = 1;
    const Matrix* weights[] = {m_query.get(), m_key.get(), m_value.get()};
    const int64_t starts[] = {0, m_shape.queryWidth(), m_shape.queryWidth() + m_shape.keyWidth()};
    for (int i = 0; i < 3; ++i) {
        in.weights = weights[i];
        in.out = qkv + starts[i];
        call.backend.matmul(in);
    }
}

void AttentionLayer::run(const LayerCall& call) const {
    project(call);
    const int64_t width = m_shape.width();
    const float* queries = call.work.projected->floats();
    const float* keys = queries + m_shape.queryWidth();
    const float* values = keys + m_shape.keyWidth();
    const KvView view = call.cache->view();
    call.backend.kvAppend({keys, values, view, call.tokens, call.position, width, width});

    AttentionArgs attend = {};
    attend.q = queries;
    attend.qStride = width;
    attend.kv = view;
    attend.out = call.work.mixed->floats();
    attend.tokens = call.tokens;
    attend.position = call.position;
    attend.heads = m_shape.heads;
    attend.window = call.policy.window;
    attend.scale = m_shape.scale;
    attend.logScaleBase = call.policy.logScaleBase;
    attend.scores = call.policy.scores;
    attend.scoreBegin = call.policy.scoreBegin;
    attend.scoreEnd = call.policy.scoreEnd;
    call.backend.attention(attend);

    addToResidual(call.backend, call.work, attend.out, *m_output, call.tokens, m_residualScale);
}

}  // namespace tl
