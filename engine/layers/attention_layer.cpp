// SPDX-License-Identifier: Apache-2.0
#include "engine/layers/attention_layer.h"

#include <algorithm>
#include <cmath>
#include <numbers>

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
    needs.vectorSizes = {{headDim, "attention head size"}, {rope.dims, "rotary size"}};
    return needs;
}

std::vector<LayerSetting> AttentionConfig::settings() const {
    return {{"attention_heads", static_cast<double>(heads)},
            {"attention_kv_heads", static_cast<double>(kvHeads)},
            {"attention_head_dim", static_cast<double>(headDim)},
            {"attention_scale", static_cast<double>(scale)},
            {"rope_dims", static_cast<double>(rope.dims)},
            {"rope_base", rope.base}};
}

std::unique_ptr<Layer> AttentionConfig::load(const ModelConfig& model,
                                             const std::string& prefix,
                                             WeightLoader& loader) const {
    return std::make_unique<AttentionLayer>(*this, model, prefix, loader);
}

namespace {

// Whole turns per position of each pair, every one the sum of two floats: (2, dims / 2).
std::vector<float> turnsPerPosition(const RopeConfig& rope, const std::vector<float>& factors) {
    const auto pairs = static_cast<size_t>(rope.dims / 2);
    std::vector<float> turns(2 * pairs);
    for (size_t i = 0; i < pairs; ++i) {
        const double exponent = -2 * static_cast<double>(i) / static_cast<double>(rope.dims);
        double perPosition = std::pow(rope.base, exponent) / (2 * std::numbers::pi);
        perPosition /= factors.empty() ? 1 : static_cast<double>(factors[i]);
        // The 24 bits of a float leave an error of near a hundredth of a turn after a million
        // positions; what they cannot hold goes into a second one.
        turns[i] = static_cast<float>(perPosition);
        turns[pairs + i] = static_cast<float>(perPosition - static_cast<double>(turns[i]));
    }
    return turns;
}

// A bias that is added to the residual is scaled like the branch it belongs to.
std::unique_ptr<Buffer> scaledBias(const std::string& name,
                                   int64_t size,
                                   float scale,
                                   WeightLoader& loader) {
    std::vector<float> values = loader.optionalValues(name, size);
    for (float& value : values) {
        value *= scale;
    }
    return values.empty() ? nullptr : loader.upload(values);
}

}  // namespace

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
    , m_output(loader.matrix(prefix + "attn_output.weight", m_embedding, shape.queryWidth()))
    , m_queryBias(loader.optionalVector(prefix + "attn_q.bias", shape.queryWidth()))
    , m_keyBias(loader.optionalVector(prefix + "attn_k.bias", shape.keyWidth()))
    , m_valueBias(loader.optionalVector(prefix + "attn_v.bias", shape.keyWidth()))
    , m_outputBias(scaledBias(prefix + "attn_output.bias", m_embedding, m_residualScale, loader)) {
    if (shape.rope.dims == 0) {
        return;
    }
    const std::vector<float> factors =
        loader.optionalValues("rope_freqs.weight", shape.rope.dims / 2);
    // Below 1 a frequency could be so high that a position's turns are no whole number any more.
    if (std::ranges::any_of(factors, [](float factor) { return !(factor >= 1e-3F); })) {
        loader.fail(ErrorCode::kCorrupt, "tensor rope_freqs.weight holds no factors");
    } else {
        m_turns = loader.upload(turnsPerPosition(shape.rope, factors));
    }
}

int64_t AttentionLayer::weightBytes() const {
    return m_query->bytes() + m_key->bytes() + m_value->bytes() + m_output->bytes();
}

// q | k | v into work.projected, turned to their positions.
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
    // Three products, since files may give the three in different number formats.
    const Matrix* weights[] = {m_query.get(), m_key.get(), m_value.get()};
    Buffer* biases[] = {m_queryBias.get(), m_keyBias.get(), m_valueBias.get()};
    const int64_t starts[] = {0, m_shape.queryWidth(), m_shape.queryWidth() + m_shape.keyWidth()};
    for (int i = 0; i < 3; ++i) {
        in.weights = weights[i];
        in.out = qkv + starts[i];
        call.backend.matmul(in);
        if (biases[i] != nullptr) {
            call.backend.addBias(
                {in.out, biases[i]->floats(), call.tokens, weights[i]->rows(), m_shape.width()});
        }
    }
    if (m_turns) {
        forSegments<RopeArgs>(
            call,
            [&](const Segment& segment) {
                return RopeArgs{qkv + segment.begin * m_shape.width(),
                                m_turns->floats(),
                                segment.tokens,
                                segment.position,
                                m_shape.width(),
                                m_shape.heads + m_shape.kvHeads,  // queries, then keys
                                m_shape.headDim,
                                m_shape.rope.dims};
            },
            [&](std::span<const RopeArgs> args) { call.backend.rope(args); });
    }
}

// From work.projected into work.mixed, over the keys and values of each segment's own cache.
void AttentionLayer::mix(const LayerCall& call) const {
    const int64_t width = m_shape.width();
    const float* qkv = call.work.projected->floats();
    forSegments<KvAppendArgs>(
        call,
        [&](const Segment& segment) {
            const float* keys = qkv + segment.begin * width + m_shape.queryWidth();
            return KvAppendArgs{keys,
                                keys + m_shape.keyWidth(),
                                segment.cache->view(),
                                segment.tokens,
                                segment.position,
                                width,
                                width};
        },
        [&](std::span<const KvAppendArgs> args) { call.backend.kvAppend(args); });
    forSegments<AttentionArgs>(
        call,
        [&](const Segment& segment) {
            AttentionArgs attend = {};
            attend.q = qkv + segment.begin * width;
            attend.qStride = width;
            attend.kv = segment.cache->view();
            attend.out = call.work.mixed->floats() + segment.begin * m_shape.queryWidth();
            attend.tokens = segment.tokens;
            attend.position = segment.position;
            attend.heads = m_shape.heads;
            attend.window = segment.policy.window;
            attend.scale = m_shape.scale;
            attend.logScaleBase = segment.policy.logScaleBase;
            attend.scores = segment.policy.scores;
            attend.scoreBegin = segment.policy.scoreBegin;
            attend.scoreEnd = segment.policy.scoreEnd;
            return attend;
        },
        [&](std::span<const AttentionArgs> args) { call.backend.attention(args); });
}

void AttentionLayer::run(const LayerCall& call) const {
    project(call);
    mix(call);
    addToResidual(call.backend,
                  call.work,
                  call.work.mixed->floats(),
                  *m_output,
                  call.tokens,
                  m_residualScale);
    if (m_outputBias) {
        call.backend.addBias({call.work.residual->floats(),
                              m_outputBias->floats(),
                              call.tokens,
                              m_embedding,
                              m_embedding});
    }
}

}  // namespace tl
