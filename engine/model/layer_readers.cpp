// SPDX-License-Identifier: Apache-2.0
#include "engine/model/layer_readers.h"

#include <algorithm>
#include <cmath>

#include "engine/layers/expert_layer.h"
#include "engine/layers/feed_forward.h"
#include "engine/layers/mamba2_layer.h"

namespace tl {

int64_t readBlockCount(ConfigReader& reader) {
    return reader.size(reader.key("block_count"), kMaxLayers);
}

namespace {

// Routing that is not softmax over the chosen experts' logits gives a model that runs and is wrong.
void refuseOtherRouting(ConfigReader& reader) {
    constexpr int64_t kSoftmax = 1;  // llama.cpp, llama_expert_gating_func_type
    const std::string gating = reader.key("expert_gating_func");
    if (reader.has(gating) && reader.ranged(gating, 0, kMaxWidth) != kSoftmax) {
        reader.fail(ErrorCode::kUnsupported, "metadata '" + gating + "' is not softmax");
    }
    const std::string norm = reader.key("expert_weights_norm");
    if (reader.has(norm) && !reader.flag(norm)) {
        reader.fail(ErrorCode::kUnsupported, "metadata '" + norm + "' is false");
    }
    const std::string scale = reader.key("expert_weights_scale");
    if (reader.scale(scale, 1) != 1) {
        reader.fail(ErrorCode::kUnsupported, "metadata '" + scale + "' is not 1");
    }
}

SharedLayer readExperts(ConfigReader& reader, const ModelConfig& config) {
    ExpertConfig shape;
    shape.embedding = config.embeddingSize;
    shape.experts = reader.size(reader.key("expert_count"), kMaxExperts);
    shape.used = reader.size(reader.key("expert_used_count"), shape.experts);
    const std::string size = reader.key("expert_feed_forward_length");
    shape.size =
        reader.uniformSize(reader.has(size) ? size : reader.key("feed_forward_length"), kMaxWidth);
    const std::string shared = reader.key("expert_shared_feed_forward_length");
    shape.sharedSize = reader.has(shared) ? reader.ranged(shared, 0, kMaxWidth) : 0;
    refuseOtherRouting(reader);
    return std::make_shared<ExpertConfig>(shape);
}

}  // namespace

SharedLayer readFeedForward(ConfigReader& reader, const ModelConfig& config) {
    const std::string experts = reader.key("expert_count");
    if (reader.has(experts) && reader.ranged(experts, 0, kMaxExperts) > 0) {
        return readExperts(reader, config);
    }
    FeedForwardConfig shape;
    shape.size = reader.uniformSize(reader.key("feed_forward_length"), kMaxWidth);
    return std::make_shared<FeedForwardConfig>(shape);
}

// All but the number of key/value heads, which differs between layers.
AttentionConfig readAttention(ConfigReader& reader, const ModelConfig& config) {
    AttentionConfig shape;
    shape.heads = reader.uniformSize(reader.key("attention.head_count"), kMaxHeads);
    const std::string keyLength = reader.key("attention.key_length");
    const std::string valueLength = reader.key("attention.value_length");
    shape.headDim = config.embeddingSize / shape.heads;
    if (reader.has(keyLength)) {
        shape.headDim = reader.size(keyLength, kMaxWidth);
    } else {
        reader.require(config.embeddingSize % shape.heads == 0,
                       "the embedding does not divide into attention heads");
    }
    if (reader.has(valueLength) && reader.size(valueLength, kMaxWidth) != shape.headDim) {
        reader.fail(ErrorCode::kUnsupported, "attention keys and values differ in length");
    }
    const double headDim = static_cast<double>(std::max<int64_t>(1, shape.headDim));
    shape.scale =
        reader.scale(reader.key("attention.scale"), static_cast<float>(1 / std::sqrt(headDim)));
    return shape;
}

SharedLayer withKvHeads(ConfigReader& reader, AttentionConfig shape, int64_t kvHeads) {
    shape.kvHeads = kvHeads;
    reader.require(shape.heads % kvHeads == 0,
                   "attention heads do not divide among key/value heads");
    return std::make_shared<AttentionConfig>(shape);
}

SharedLayer readMamba2(ConfigReader& reader) {
    Mamba2Config mamba;
    mamba.innerSize = reader.size(reader.key("ssm.inner_size"), kMaxWidth);
    mamba.heads = reader.size(reader.key("ssm.time_step_rank"), kMaxHeads);
    mamba.stateSize = reader.size(reader.key("ssm.state_size"), kMaxStateSize);
    mamba.groups = reader.size(reader.key("ssm.group_count"), kMaxHeads);
    mamba.convKernel = reader.ranged(reader.key("ssm.conv_kernel"), kMinConvKernel, kMaxConvKernel);
    mamba.headDim = mamba.innerSize / mamba.heads;
    reader.require(mamba.innerSize % mamba.heads == 0,
                   "the Mamba inner size does not divide into heads");
    reader.require(mamba.heads % mamba.groups == 0, "the Mamba heads do not divide into groups");
    return std::make_shared<Mamba2Config>(mamba);
}

}  // namespace tl
