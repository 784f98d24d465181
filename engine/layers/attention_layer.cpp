// SPDX-License-Identifier: Apache-2.0
#include "engine/layers/attention_layer.h"

#include "engine/state/kv_cache.h"

namespace tl {

AttentionLayer::AttentionLayer(const ModelConfig& config,
                               int64_t kvHeads,
                               const std::string& prefix,
                               WeightLoader& loader)
    : m_embedding(config.embeddingSize)
    , m_heads(config.attentionHeads)
    , m_kvHeads(kvHeads)
    , m_headDim(config.attentionHeadDim)
    , m_epsilon(config.normEpsilon)
    , m_scale(config.attentionScale)
    , m_residualScale(config.residualScale)
    , m_norm(loader.vector(prefix + "attn_norm.weight", m_embedding))
    , m_query(loader.matrix(prefix + "attn_q.weight", m_heads * m_headDim, m_embedding))
    , m_key(loader.matrix(prefix + "attn_k.weight", m_kvHeads * m_headDim, m_embedding))
    , m_value(loader.matrix(prefix + "attn_v.weight", m_kvHeads * m_headDim, m_embedding))
    , m_output(loader.matrix(prefix + "attn_output.weight", m_embedding, m_heads * m_headDim)) {}

int64_t AttentionLayer::weightBytes() const {
    return m_query->bytes() + m_key->bytes() + m_value->bytes() + m_output->bytes();
}

void AttentionLayer::run(const LayerCall& call) const {
    const int64_t queryWidth = m_heads * m_headDim;
    const int64_t keyWidth = m_kvHeads * m_headDim;
    const int64_t width = queryWidth + 2 * keyWidth;
    float* residual = call.work.residual->floats();
    float* qkv = call.work.projected->floats();  // q | k | v
    float* mixed = call.work.mixed->floats();

    MatmulArgs in = {};
    in.in = residual;
    in.inStride = m_embedding;
    in.normWeight = m_norm->floats();
    in.normEpsilon = m_epsilon;
    in.outStride = width;
    in.tokens = call.tokens;
    in.alpha = 1;
    const Matrix* weights[] = {m_query.get(), m_key.get(), m_value.get()};
    float* outs[] = {qkv, qkv + queryWidth, qkv + queryWidth + keyWidth};
    for (int i = 0; i < 3; ++i) {
        in.weights = weights[i];
        in.out = outs[i];
        call.backend.matmul(in);
    }

    const KvView view = call.cache->view();
    call.backend.kvAppend({outs[1], outs[2], view, call.tokens, call.position, width, width});

    AttentionArgs attend = {};
    attend.q = qkv;
    attend.qStride = width;
    attend.kv = view;
    attend.out = mixed;
    attend.tokens = call.tokens;
    attend.position = call.position;
    attend.heads = m_heads;
    attend.window = call.policy.window;
    attend.scale = m_scale;
    attend.logScaleBase = call.policy.logScaleBase;
    attend.scores = call.policy.scores;
    attend.scoreBegin = call.policy.scoreBegin;
    attend.scoreEnd = call.policy.scoreEnd;
    call.backend.attention(attend);

    addToResidual(call.backend, call.work, mixed, *m_output, call.tokens, m_residualScale);
}

}  // namespace tl
