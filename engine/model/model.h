// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "base/result.h"
#include "engine/gguf_file.h"
#include "engine/layers/feed_forward.h"
#include "engine/layers/layer.h"
#include "engine/model_config.h"
#include "engine/state/session_state.h"
#include "engine/tokenizer.h"
#include "kernels/backend.h"

namespace tl {

// Weights and wiring of a hybrid model: embedding, layers of a mixer and a feed-forward part each,
// final norm, tied output. Sequences live in SessionState. Lives on the engine thread.
class Model {
public:
    // Tokens that go through the layers together: long enough to reuse each weight from cache many
    // times, short enough that activations stay near the cores.
    static constexpr int64_t kBatchTokens = 256;

    static Result<std::unique_ptr<Model>> load(const GgufFile& file,
                                               ModelConfig config,
                                               Backend& backend,
                                               KvType kvType);

    const ModelConfig& config() const { return m_config; }
    Backend& backend() const { return m_backend; }
    // Weight bytes that one decode step reads, the output matrix included.
    int64_t weightBytes() const;

    Result<std::unique_ptr<SessionState>> newState(int64_t maxTokens) const;

    // Runs at most kBatchTokens tokens. Stopped between layers, it puts the state back to where it
    // was and returns kCancelled.
    Status forward(std::span<const TokenId> tokens,
                   const AttentionPolicy& policy,
                   const std::stop_token& stop,
                   SessionState& state) const;

    // Logits behind the last token into state.hostLogits.
    void computeLogits(SessionState& state) const;

private:
    struct Block {
        std::unique_ptr<Layer> mixer;
        std::unique_ptr<FeedForward> feedForward;
        int64_t stateOffset = 0;
        int64_t cacheIndex = -1;  // in SessionState::caches; -1 for recurrent layers
        bool isPointer = false;
    };

    Model(ModelConfig config, Backend& backend, KvType kvType);
    Status checkShapes(const GgufFile& file) const;
    void loadBlocks(WeightLoader& loader);
    Status allocateWorkspace();
    void runBlock(const Block& block,
                  int64_t tokens,
                  const AttentionPolicy& policy,
                  SessionState& state) const;

    ModelConfig m_config;
    Backend& m_backend;
    KvType m_kvType;
    std::unique_ptr<Matrix> m_embedding;
    std::unique_ptr<Buffer> m_outputNorm;
    std::unique_ptr<Matrix> m_output;  // null where the embedding is used for both
    std::vector<Block> m_blocks;
    int64_t m_stateFloats = 0;
    mutable Workspace m_work;
};

}  // namespace tl
