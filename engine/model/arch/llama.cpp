// SPDX-License-Identifier: Apache-2.0
// The plain Transformer (Touvron et al. 2023): attention with rotary positions, then SwiGLU, dense
// or of experts (Mixtral). Its converter orders queries and keys so that pairs are neighbours.
#include <vector>

#include "engine/model/arch/architectures.h"
#include "engine/model/gguf_parser.h"
#include "engine/model/layer_readers.h"

namespace tl::arch {
namespace {

constexpr double kDefaultBase = 10000;

// Llama 3's scaling needs nothing here: its factors are the tensor rope_freqs.weight.
RopeConfig readRope(ConfigReader& reader, const AttentionConfig& attention) {
    RopeConfig rope;
    rope.base = reader.number(reader.key("rope.freq_base"), kDefaultBase);
    reader.require(rope.base > 1, "metadata '" + reader.key("rope.freq_base") + "' is no base");
    const std::string dims = reader.key("rope.dimension_count");
    rope.dims = reader.has(dims) ? reader.size(dims, kMaxWidth) : attention.headDim;
    reader.require(rope.dims <= attention.headDim, "rotary dimensions exceed the attention heads");
    if (rope.dims > kMaxRopeDims) {
        reader.fail(ErrorCode::kUnsupported,
                    std::to_string(rope.dims) + " rotary dimensions are not supported");
    }
    const std::string type = reader.text(reader.key("rope.scaling.type"), "none");
    if (type != "none") {
        reader.fail(ErrorCode::kUnsupported,
                    "rotary positions scaled by " + quotedName(type) + " are not supported");
    }
    return rope;
}

}  // namespace

void readLlama(ConfigReader& reader, ModelConfig& config) {
    const int64_t count = readBlockCount(reader);
    AttentionConfig attention = readAttention(reader, config);
    attention.rope = readRope(reader, attention);
    const SharedLayer feedForward = readFeedForward(reader, config);
    const std::string kvHeads = reader.key("attention.head_count_kv");
    // Without this key every query head has keys of its own.
    const std::vector<int64_t> heads =
        reader.has(kvHeads) ? reader.perLayer(kvHeads, count, kMaxHeads)
                            : std::vector<int64_t>(static_cast<size_t>(count), attention.heads);
    for (const int64_t kv : heads) {
        if (kv == 0) {
            reader.fail(ErrorCode::kUnsupported, "blocks without attention are not supported");
            return;
        }
        config.blocks.push_back({{withKvHeads(reader, attention, kv), feedForward}});
    }
}

}  // namespace tl::arch
