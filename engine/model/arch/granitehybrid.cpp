// SPDX-License-Identifier: Apache-2.0
// Granite 4.0-H and the shipped model: blocks of Mamba-2 or attention without positions, each with
// a feed-forward part, dense or of experts and a shared one (llama.cpp, granite-hybrid.cpp).
#include <algorithm>
#include <vector>

#include "engine/model/arch/architectures.h"
#include "engine/model/layer_readers.h"

namespace tl::arch {
namespace {

// A block with key/value heads starts with attention, one without with Mamba-2; a feed-forward part
// follows.
void readBlocks(ConfigReader& reader, ModelConfig& config) {
    const int64_t count = readBlockCount(reader);
    const std::vector<int64_t> kvHeads =
        reader.perLayer(reader.key("attention.head_count_kv"), count, kMaxHeads);
    AttentionConfig attention;
    if (std::ranges::any_of(kvHeads, [](int64_t heads) { return heads > 0; })) {
        attention = readAttention(reader, config);
    }
    SharedLayer mamba;
    if (std::ranges::count(kvHeads, 0) > 0) {
        mamba = readMamba2(reader);
    }
    const SharedLayer feedForward = readFeedForward(reader, config);
    for (const int64_t heads : kvHeads) {
        const SharedLayer mixer = heads > 0 ? withKvHeads(reader, attention, heads) : mamba;
        config.blocks.push_back({{mixer, feedForward}});
    }
}

void readScales(ConfigReader& reader, ModelConfig& config) {
    config.embeddingScale = reader.scale(reader.key("embedding_scale"), 1);
    config.residualScale = reader.scale(reader.key("residual_scale"), 1);
    config.logitScale = reader.scale(reader.key("logit_scale"), 1);
}

}  // namespace

void readGraniteHybrid(ConfigReader& reader, ModelConfig& config) {
    if (reader.flag(reader.key("rope.scaling.finetuned"))) {
        reader.fail(ErrorCode::kUnsupported, "rotary position embeddings are not supported");
    }
    readBlocks(reader, config);
    readScales(reader, config);
}

}  // namespace tl::arch
