// SPDX-License-Identifier: Apache-2.0
#include "engine/model/model.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/layers/attention_layer.h"
#include "engine/layers/mamba2_layer.h"

namespace tl {
namespace {

constexpr int64_t kFloat = sizeof(float);

// The kernels work on vectors of 16 values.
Status checkSixteens(const GgufFile& file, int64_t size, const char* what) {
    if (size % 16 != 0) {
        return Error{ErrorCode::kUnsupported,
                     file.name() + ": " + what + " is " + std::to_string(size) +
                         ", which is no multiple of 16"};
    }
    return okStatus();
}

}  // namespace

Model::Model(ModelConfig config, Backend& backend, KvType kvType)
    : m_config(std::move(config)), m_backend(backend), m_kvType(kvType) {}

Status Model::checkShapes(const GgufFile& file) const {
    const std::pair<int64_t, const char*> sizes[] = {
        {m_config.embeddingSize, "embedding size"},
        {m_config.feedForwardSize, "feed-forward size"},
        {m_config.attentionHeadDim, "attention head size"},
        {m_config.mamba.headDim, "SSM head size"},
        {m_config.mamba.stateSize, "SSM state size"},
        {m_config.mamba.innerSize / std::max<int64_t>(1, m_config.mamba.groups), "SSM group size"},
    };
    for (const auto& [size, what] : sizes) {
        if (Status status = checkSixteens(file, size, what); !status.ok()) {
            return status;
        }
    }
    return okStatus();
}

void Model::loadBlocks(WeightLoader& loader) {
    int64_t caches = 0;
    for (size_t i = 0; i < m_config.layers.size() && loader.status().ok(); ++i) {
        const std::string prefix = "blk." + std::to_string(i) + ".";
        const LayerConfig& layer = m_config.layers[i];
        Block block;
        if (layer.kind == LayerKind::kAttention) {
            block.mixer = std::make_unique<AttentionLayer>(m_config, layer.kvHeads, prefix, loader);
            block.cacheIndex = caches++;
        } else {
            block.mixer = std::make_unique<Mamba2Layer>(m_config, prefix, loader);
        }
        block.feedForward = std::make_unique<FeedForward>(m_config, prefix, loader);
        block.stateOffset = m_stateFloats;
        m_stateFloats += block.mixer->stateFloats();
        block.isPointer = std::ranges::count(m_config.pointerLayers, static_cast<int64_t>(i)) > 0;
        m_blocks.push_back(std::move(block));
    }
}

Status Model::allocateWorkspace() {
    const int64_t attention = m_config.attentionHeads * m_config.attentionHeadDim;
    int64_t projected = m_config.mamba.inProjRows();
    for (const LayerConfig& layer : m_config.layers) {
        projected = std::max(projected, attention + 2 * layer.kvHeads * m_config.attentionHeadDim);
    }
    const int64_t mixed = std::max(m_config.mamba.innerSize, attention);
    const std::pair<std::unique_ptr<Buffer>*, int64_t> parts[] = {
        {&m_work.residual, m_config.embeddingSize},
        {&m_work.projected, projected},
        {&m_work.convolved, m_config.mamba.convChannels()},
        {&m_work.mixed, mixed},
        {&m_work.hidden, m_config.feedForwardSize},
    };
    for (const auto& [buffer, width] : parts) {
        auto memory = m_backend.allocate(kBatchTokens * width * kFloat);
        if (!memory.ok()) {
            return memory.error();
        }
        *buffer = std::move(memory).value();
    }
    Backend::Limits limits;
    limits.tokens = kBatchTokens;
    limits.columns = std::max({m_config.embeddingSize, m_config.feedForwardSize, mixed});
    limits.heads = m_config.attentionHeads;
    limits.headDim = m_config.attentionHeadDim;
    limits.ssmHeads = m_config.mamba.heads;
    limits.ssmStateDim = m_config.mamba.stateSize;
    limits.ssmHeadDim = m_config.mamba.headDim;
    return m_backend.prepare(limits);
}

Result<std::unique_ptr<Model>> Model::load(const GgufFile& file,
                                           ModelConfig config,
                                           Backend& backend,
                                           KvType kvType) {
    std::unique_ptr<Model> model(new Model(std::move(config), backend, kvType));
    const ModelConfig& shape = model->m_config;
    if (Status status = model->checkShapes(file); !status.ok()) {
        return status.error();
    }
    WeightLoader loader(file, backend);
    model->m_embedding = loader.matrix("token_embd.weight", shape.vocabSize, shape.embeddingSize);
    model->m_outputNorm = loader.vector("output_norm.weight", shape.embeddingSize);
    if (file.findTensor("output.weight") != nullptr) {
        model->m_output = loader.matrix("output.weight", shape.vocabSize, shape.embeddingSize);
    }
    model->loadBlocks(loader);
    if (Status status = loader.status(); !status.ok()) {
        return status.error();
    }
    if (Status status = model->allocateWorkspace(); !status.ok()) {
        return Error{status.error().code, file.name() + ": " + status.error().message};
    }
    return model;
}

int64_t Model::weightBytes() const {
    int64_t bytes = (m_output ? m_output : m_embedding)->bytes();
    for (const Block& block : m_blocks) {
        bytes += block.mixer->weightBytes() + block.feedForward->weightBytes();
    }
    return bytes;
}

Result<std::unique_ptr<SessionState>> Model::newState(int64_t maxTokens) const {
    auto state = std::make_unique<SessionState>();
    state->maxTokens = maxTokens;
    const std::pair<std::unique_ptr<Buffer>*, int64_t> parts[] = {
        {&state->recurrent, m_stateFloats},
        {&state->backup, m_stateFloats},
        {&state->last, m_config.embeddingSize},
        {&state->logits, m_config.vocabSize},
    };
    for (const auto& [buffer, count] : parts) {
        auto memory = m_backend.allocate(count * kFloat);
        if (!memory.ok()) {
            return memory.error();
        }
        *buffer = std::move(memory).value();
    }
    state->hostLogits.resize(static_cast<size_t>(m_config.vocabSize));
    for (const LayerConfig& layer : m_config.layers) {
        if (layer.kind == LayerKind::kAttention) {
            state->caches.emplace_back(
                m_backend, m_kvType, layer.kvHeads, m_config.attentionHeadDim, maxTokens);
        }
    }
    return state;
}

void Model::runBlock(const Block& block,
                     int64_t tokens,
                     const AttentionPolicy& policy,
                     SessionState& state) const {
    LayerCall call{
        m_backend,
        m_work,
        tokens,
        state.position,
        policy,
        state.recurrent->floats() + block.stateOffset,
        block.cacheIndex < 0 ? nullptr : &state.caches[static_cast<size_t>(block.cacheIndex)]};
    if (!block.isPointer) {
        call.policy.scores = nullptr;
    }
    block.mixer->run(call);
    block.feedForward->run(m_backend, m_work, tokens);
}

Status Model::forward(std::span<const TokenId> tokens,
                      const AttentionPolicy& policy,
                      const std::stop_token& stop,
                      SessionState& state) const {
    const auto count = static_cast<int64_t>(tokens.size());
    for (KvCache& cache : state.caches) {
        if (Status status = cache.reserve(state.position + count); !status.ok()) {
            return status;
        }
    }
    const bool canStop = stop.stop_possible();
    if (canStop) {
        m_backend.copy(state.backup->data(), state.recurrent->data(), state.recurrent->bytes());
    }
    float* residual = m_work.residual->floats();
    m_backend.embed(*m_embedding, tokens.data(), count, m_config.embeddingScale, residual);
    for (const Block& block : m_blocks) {
        if (canStop && stop.stop_requested()) {
            std::swap(state.recurrent, state.backup);
            return Error{ErrorCode::kCancelled, "stopped"};
        }
        runBlock(block, count, policy, state);
    }
    m_backend.copy(state.last->data(),
                   residual + (count - 1) * m_config.embeddingSize,
                   m_config.embeddingSize * kFloat);
    state.position += count;
    state.evaluated += count;
    state.logitsAreCurrent = false;
    return m_backend.sync();
}

void Model::computeLogits(SessionState& state) const {
    MatmulArgs out = {};
    out.in = state.last->floats();
    out.inStride = m_config.embeddingSize;
    out.weights = m_output ? m_output.get() : m_embedding.get();
    out.normWeight = m_outputNorm->floats();
    out.normEpsilon = m_config.normEpsilon;
    out.out = state.logits->floats();
    out.outStride = m_config.vocabSize;
    out.tokens = 1;
    out.alpha = 1.0F / m_config.logitScale;
    m_backend.matmul(out);
    m_backend.copyToHost(state.hostLogits.data(), state.logits->floats(), m_config.vocabSize);
    state.logitsAreCurrent = true;
}

}  // namespace tl
