// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "base/result.h"
#include "engine/gguf_file.h"
#include "engine/layers/layer.h"
#include "engine/model/model_identity.h"
#include "engine/model_config.h"
#include "engine/state/session_state.h"
#include "engine/tokenizer.h"
#include "kernels/backend.h"

namespace tl {

// Weights and wiring of a model: embedding, the layers of its blocks, final norm, output, tied to
// the embedding or not. Sequences live in SessionState. Lives on the engine thread.
class Model {
public:
    // The file must outlive the model and its snapshots.
    static Result<std::unique_ptr<Model>> load(const GgufFile& file,
                                               ModelConfig config,
                                               Backend& backend,
                                               KvType kvType);

    const ModelConfig& config() const { return m_config; }
    Backend& backend() const { return m_backend; }
    KvType kvType() const { return m_kvType; }
    // What its states fit.
    const std::shared_ptr<const ModelIdentity>& identity() const { return m_identity; }
    // Of all layers, in the order in which SessionState keeps their memory.
    std::vector<LayerNeeds> layerNeeds() const;
    // Tokens that go through the layers together.
    int64_t batchTokens() const { return m_backend.traits().batchTokens; }
    // The backend's memory for activations and kernels, whatever is read.
    int64_t workspaceBytes() const { return m_workspaceBytes; }
    // Weight bytes that one decode step reads, the output matrix included.
    int64_t weightBytes() const;

    Result<std::unique_ptr<SessionState>> newState(int64_t maxTokens) const;

    // What one sequence has in a pass.
    struct Part {
        std::span<const TokenId> tokens;
        AttentionPolicy policy;
        SessionState* state = nullptr;
    };

    // Runs at most batchTokens() tokens, of as many sequences, in one pass over the weights.
    // Stopped between layers, it puts the states back to where they were and returns kCancelled. A
    // state's position moves on when the device has done it all; where the device fails it stays,
    // and none of the states is whole any more.
    // REQUIRES: each state stands in one part alone, and no part is empty
    Status forward(std::span<const Part> parts, const std::stop_token& stop) const;

    // Logits after the last token into state.hostLogits. Fails with what the backend reports.
    Status computeLogits(SessionState& state) const;
    // The same of several states in one pass over the output's weights, as many as `rows` has room
    // for: (n, embedding) and (n, vocabulary) of the backend's memory.
    struct LogitRows {
        Buffer* hidden = nullptr;
        Buffer* logits = nullptr;
    };
    Status computeLogits(std::span<SessionState* const> states, const LogitRows& rows) const;

private:
    struct Placed {
        std::unique_ptr<Layer> layer;
        int64_t stateOffset = 0;  // floats into SessionState::recurrent
        int64_t cacheIndex = -1;  // in SessionState::caches; -1 for layers without
        bool isPointer = false;
    };

    Model(ModelConfig config, Backend& backend, KvType kvType);
    Status checkShapes(const GgufFile& file) const;
    Status checkSlots(const GgufFile& file) const;
    void loadLayers(WeightLoader& loader);
    Status allocateWorkspace();
    Result<std::unique_ptr<Buffer>> workspaceBuffer(int64_t width);
    Status reserve(std::span<const Part> parts) const;
    void begin(std::span<const Part> parts) const;
    Status stopped(std::span<const Part> parts) const;
    Status finish(std::span<const Part> parts) const;
    void keepLast(std::span<const Part> parts) const;
    void runLayer(const Placed& placed, std::span<const Part> parts) const;
    MatmulArgs outputArgs(const float* hidden, float* logits, int64_t rows) const;

    ModelConfig m_config;
    Backend& m_backend;
    KvType m_kvType;
    std::shared_ptr<const ModelIdentity> m_identity;
    std::unique_ptr<Matrix> m_embedding;
    std::unique_ptr<Buffer> m_outputNorm;
    std::unique_ptr<Matrix> m_output;  // null where the embedding is used for both
    std::vector<Placed> m_layers;
    std::vector<KvShape> m_caches;  // of the layers with keys and values, in their order
    int64_t m_stateFloats = 0;
    mutable Workspace m_work;
    // Of the call under way: its tokens, and its segments as the layer at work sees them. Sized
    // once, so that a step takes no memory.
    mutable std::vector<TokenId> m_tokens;
    mutable std::vector<Segment> m_segments;
    int64_t m_workspaceBytes = 0;
};

}  // namespace tl
