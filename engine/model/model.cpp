// SPDX-License-Identifier: Apache-2.0
#include "engine/model/model.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <string>
#include <utility>

#include "engine/model/weight_loader.h"

namespace tl {
namespace {

constexpr int64_t kFloat = sizeof(float);

Status checkMultiple(const GgufFile& file, int64_t size, int64_t multiple, const char* what) {
    if (size % multiple != 0) {
        return Error{ErrorCode::kUnsupported,
                     file.name() + ": " + what + " is " + std::to_string(size) +
                         ", which is no multiple of " + std::to_string(multiple)};
    }
    return okStatus();
}

Status checkVectorSizes(const GgufFile& file, const LayerNeeds& needs, int64_t multiple) {
    for (const VectorSize& size : needs.vectorSizes) {
        if (Status status = checkMultiple(file, size.size, multiple, size.what); !status.ok()) {
            return status;
        }
    }
    return okStatus();
}

using SlotWidths = std::map<std::string, int64_t>;

// What a layer reads of slots has to be written before it.
Status checkReads(const GgufFile& file,
                  size_t block,
                  const LayerNeeds& needs,
                  const SlotWidths& written) {
    for (const Slot& slot : needs.reads) {
        const auto found = written.find(slot.name);
        if (found == written.end() || found->second != slot.width) {
            return Error{ErrorCode::kUnsupported,
                         file.name() + ": blk." + std::to_string(block) + " reads '" + slot.name +
                             "' of width " + std::to_string(slot.width) +
                             ", which no layer before it writes"};
        }
    }
    return okStatus();
}

// `widths` raised to what a layer needs.
void cover(WorkspaceWidths& widths, const WorkspaceWidths& layer) {
    widths.projected = std::max(widths.projected, layer.projected);
    widths.convolved = std::max(widths.convolved, layer.convolved);
    widths.mixed = std::max(widths.mixed, layer.mixed);
    widths.hidden = std::max(widths.hidden, layer.hidden);
}

}  // namespace

Model::Model(ModelConfig config, Backend& backend, KvType kvType)
    : m_config(std::move(config)), m_backend(backend), m_kvType(kvType) {}

Status Model::checkShapes(const GgufFile& file) const {
    const int64_t multiple = m_backend.traits().sizeMultiple;
    if (Status status = checkMultiple(file, m_config.embeddingSize, multiple, "embedding size");
        !status.ok()) {
        return status;
    }
    for (const BlockConfig& block : m_config.blocks) {
        for (const auto& layer : block.layers) {
            Status status = checkVectorSizes(file, layer->needs(), multiple);
            if (!status.ok()) {
                return status;
            }
        }
    }
    return okStatus();
}

Status Model::checkSlots(const GgufFile& file) const {
    SlotWidths written;
    for (size_t i = 0; i < m_config.blocks.size(); ++i) {
        for (const auto& layer : m_config.blocks[i].layers) {
            const LayerNeeds needs = layer->needs();
            Status status = checkReads(file, i, needs, written);
            if (!status.ok()) {
                return status;
            }
            for (const Slot& slot : needs.writes) {
                written[slot.name] = slot.width;
            }
        }
    }
    return okStatus();
}

void Model::loadLayers(WeightLoader& loader) {
    for (size_t i = 0; i < m_config.blocks.size(); ++i) {
        const std::string prefix = "blk." + std::to_string(i) + ".";
        const bool isPointer =
            std::ranges::count(m_config.pointerLayers, static_cast<int64_t>(i)) > 0;
        for (const auto& layer : m_config.blocks[i].layers) {
            // The loader keeps its first failure, and what it gives after it is null.
            if (!loader.status().ok()) {
                return;
            }
            const LayerNeeds needs = layer->needs();
            Placed placed;
            placed.layer = layer->load(m_config, prefix, loader);
            placed.stateOffset = m_stateFloats;
            m_stateFloats += needs.stateBytes() / kFloat;
            if (needs.kv) {
                placed.cacheIndex = std::ssize(m_caches);
                placed.isPointer = isPointer;
                m_caches.push_back(*needs.kv);
            }
            m_layers.push_back(std::move(placed));
        }
    }
}

Result<std::unique_ptr<Buffer>> Model::workspaceBuffer(int64_t width) {
    auto buffer = m_backend.allocate(batchTokens() * width * kFloat);
    m_workspaceBytes += buffer.ok() ? buffer.value()->bytes() : 0;
    return buffer;
}

Status Model::allocateWorkspace() {
    // Layers run one after the other and share a workspace as wide as the widest of them needs.
    // What a layer leaves for a later one must outlive that, so each slot has memory of its own.
    WorkspaceWidths widths;
    std::map<std::string, int64_t> slots;  // widest of each name
    Backend::Limits limits;
    limits.tokens = batchTokens();
    limits.columns = m_config.embeddingSize;
    for (const Placed& placed : m_layers) {
        const LayerNeeds needs = placed.layer->needs();
        cover(widths, needs.workspace);
        limits.include(needs.limits);
        for (const Slot& slot : needs.writes) {
            slots[slot.name] = std::max(slots[slot.name], slot.width);
        }
    }
    const std::pair<std::unique_ptr<Buffer>*, int64_t> parts[] = {
        {&m_work.residual, m_config.embeddingSize},
        {&m_work.projected, widths.projected},
        {&m_work.convolved, widths.convolved},
        {&m_work.mixed, widths.mixed},
        {&m_work.hidden, widths.hidden},
    };
    for (const auto& [buffer, width] : parts) {
        auto memory = workspaceBuffer(width);
        if (!memory.ok()) {
            return memory.error();
        }
        *buffer = std::move(memory).value();
    }
    for (const auto& [name, width] : slots) {
        auto memory = workspaceBuffer(width);
        if (!memory.ok()) {
            return memory.error();
        }
        m_work.slots.emplace_back(name, std::move(memory).value());
    }
    m_tokens.reserve(static_cast<size_t>(batchTokens()));
    m_segments.reserve(static_cast<size_t>(batchTokens()));
    m_workspaceBytes += m_backend.workspaceBytes(limits);
    return m_backend.prepare(limits);
}

Result<std::unique_ptr<Model>> Model::load(const GgufFile& file,
                                           ModelConfig config,
                                           Backend& backend,
                                           KvType kvType) {
    std::unique_ptr<Model> model(new Model(std::move(config), backend, kvType));
    const ModelConfig& shape = model->m_config;
    model->m_identity = std::make_shared<ModelIdentity>(file, shape, kvType, backend.traits());
    if (Status status = model->checkShapes(file); !status.ok()) {
        return status.error();
    }
    if (Status status = model->checkSlots(file); !status.ok()) {
        return status.error();
    }
    WeightLoader loader(file, backend);
    model->m_embedding = loader.matrix("token_embd.weight", shape.vocabSize, shape.embeddingSize);
    model->m_outputNorm = loader.vector("output_norm.weight", shape.embeddingSize);
    if (loader.has("output.weight")) {
        model->m_output = loader.matrix("output.weight", shape.vocabSize, shape.embeddingSize);
    }
    model->loadLayers(loader);
    // Weights that nothing here reads mean a model that computes something else.
    loader.refuseUnused("blk.");
    if (Status status = loader.status(); !status.ok()) {
        return status.error();
    }
    if (Status status = model->allocateWorkspace(); !status.ok()) {
        return Error{status.error().code, file.name() + ": " + status.error().message};
    }
    return model;
}

std::vector<LayerNeeds> Model::layerNeeds() const {
    std::vector<LayerNeeds> needs;
    for (const Placed& placed : m_layers) {
        needs.push_back(placed.layer->needs());
    }
    return needs;
}

int64_t Model::weightBytes() const {
    // Where there is no output matrix, the embedding is it; else a step reads one row of the
    // embedding.
    int64_t bytes = (m_output ? m_output : m_embedding)->bytes();
    for (const Placed& placed : m_layers) {
        bytes += placed.layer->weightBytes();
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
    for (const KvShape& shape : m_caches) {
        Result<KvCache> cache =
            KvCache::create(m_backend, {m_kvType, shape.kvHeads, shape.headDim}, maxTokens);
        if (!cache.ok()) {
            return cache.error();
        }
        state->caches.push_back(std::move(cache).value());
    }
    return state;
}

void Model::runLayer(const Placed& placed, std::span<const Part> parts) const {
    for (size_t i = 0; i < parts.size(); ++i) {
        SessionState& state = *parts[i].state;
        Segment& segment = m_segments[i];
        segment.policy.scores = placed.isPointer ? parts[i].policy.scores : nullptr;
        segment.recurrent = state.recurrent->floats() + placed.stateOffset;
        segment.cache =
            placed.cacheIndex < 0 ? nullptr : &state.caches[static_cast<size_t>(placed.cacheIndex)];
    }
    placed.layer->run({m_backend, m_work, std::ssize(m_tokens), m_segments});
}

// Pages for what will be written; a failure leaves every state as it was.
Status Model::reserve(std::span<const Part> parts) const {
    for (const Part& part : parts) {
        for (KvCache& cache : part.state->caches) {
            Status status = cache.reserve(part.state->position + std::ssize(part.tokens));
            if (!status.ok()) {
                return status;
            }
        }
    }
    return okStatus();
}

// The tokens of all parts one after the other, and where each part's rows are.
void Model::begin(std::span<const Part> parts) const {
    m_tokens.clear();
    m_segments.clear();
    for (const Part& part : parts) {
        assert(!part.tokens.empty());
        Segment segment;
        segment.begin = std::ssize(m_tokens);
        segment.tokens = std::ssize(part.tokens);
        segment.position = part.state->position;
        segment.policy = part.policy;
        m_segments.push_back(segment);
        m_tokens.insert(m_tokens.end(), part.tokens.begin(), part.tokens.end());
    }
    assert(std::ssize(m_tokens) <= batchTokens());
}

Status Model::forward(std::span<const Part> parts, const std::stop_token& stop) const {
    if (Status status = reserve(parts); !status.ok()) {
        return status;
    }
    begin(parts);
    // Layers write over the recurrent state, so a pass that may be stopped keeps the one before it.
    // Keys and values need no copy: those from the position on count for nothing.
    const bool canStop = stop.stop_possible();
    if (canStop) {
        for (const Part& part : parts) {
            SessionState& state = *part.state;
            m_backend.copy(state.backup->data(), state.recurrent->data(), state.recurrent->bytes());
        }
    }
    m_backend.embed(*m_embedding,
                    m_tokens.data(),
                    std::ssize(m_tokens),
                    m_config.embeddingScale,
                    m_work.residual->floats());
    for (const Placed& placed : m_layers) {
        // A batch takes a tenth of a second on two cores, which is too long to be waited for.
        if (canStop && stop.stop_requested()) {
            return stopped(parts);
        }
        runLayer(placed, parts);
    }
    keepLast(parts);
    if (Status status = finish(parts); !status.ok()) {
        return status;
    }
    for (const Part& part : parts) {
        part.state->position += std::ssize(part.tokens);
        part.state->evaluated += std::ssize(part.tokens);
    }
    return okStatus();
}

Status Model::stopped(std::span<const Part> parts) const {
    for (const Part& part : parts) {
        std::swap(part.state->recurrent, part.state->backup);
    }
    Status status = finish(parts);
    return status.ok() ? Status(Error{ErrorCode::kCancelled, "stopped"}) : status;
}

// Reading wants no logits, so what they are made of is kept until somebody does.
void Model::keepLast(std::span<const Part> parts) const {
    for (size_t i = 0; i < parts.size(); ++i) {
        const int64_t row = m_segments[i].begin + m_segments[i].tokens - 1;
        m_backend.copy(parts[i].state->last->data(),
                       m_work.residual->floats() + row * m_config.embeddingSize,
                       m_config.embeddingSize * kFloat);
        parts[i].state->logitsAreCurrent = false;
    }
}

// What was called is done, or the states are in pieces.
Status Model::finish(std::span<const Part> parts) const {
    Status status = m_backend.sync();
    for (const Part& part : parts) {
        part.state->isWhole = status.ok();
    }
    return status;
}

MatmulArgs Model::outputArgs(const float* hidden, float* logits, int64_t rows) const {
    MatmulArgs out = {};
    out.in = hidden;
    out.inStride = m_config.embeddingSize;
    out.weights = m_output ? m_output.get() : m_embedding.get();
    out.normWeight = m_outputNorm->floats();
    out.normEpsilon = m_config.normEpsilon;
    out.out = logits;
    out.outStride = m_config.vocabSize;
    out.tokens = rows;
    out.alpha = 1.0F / m_config.logitScale;
    return out;
}

Status Model::computeLogits(SessionState& state) const {
    m_backend.matmul(outputArgs(state.last->floats(), state.logits->floats(), 1));
    Status status = m_backend.download(
        state.hostLogits.data(), state.logits->data(), m_config.vocabSize * kFloat);
    state.logitsAreCurrent = status.ok();
    return status;
}

Status Model::computeLogits(std::span<SessionState* const> states, const LogitRows& rows) const {
    const int64_t width = m_config.embeddingSize;
    for (size_t i = 0; i < states.size(); ++i) {
        float* to = rows.hidden->floats() + static_cast<int64_t>(i) * width;
        m_backend.copy(to, states[i]->last->data(), width * kFloat);
    }
    m_backend.matmul(outputArgs(rows.hidden->floats(), rows.logits->floats(), std::ssize(states)));
    for (size_t i = 0; i < states.size(); ++i) {
        const float* from = rows.logits->floats() + static_cast<int64_t>(i) * m_config.vocabSize;
        Status status =
            m_backend.download(states[i]->hostLogits.data(), from, m_config.vocabSize * kFloat);
        if (!status.ok()) {
            return status;
        }
        states[i]->logitsAreCurrent = true;
    }
    return okStatus();
}

}  // namespace tl
