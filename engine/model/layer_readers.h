// SPDX-License-Identifier: Apache-2.0
#pragma once

// Layers from metadata, under the keys that most architectures share (llama.cpp, llama-arch.cpp).
// Failures are the reader's; what comes back then is harmless and meaningless.

#include <cstdint>
#include <memory>

#include "engine/layers/attention_layer.h"
#include "engine/model/config_reader.h"
#include "engine/model_config.h"

namespace tl {

using SharedLayer = std::shared_ptr<const LayerConfig>;

int64_t readBlockCount(ConfigReader& reader);
// A SwiGLU, the same in all blocks: dense, or of experts where the file counts any.
SharedLayer readFeedForward(ConfigReader& reader, const ModelConfig& config);
// Mamba-2 borrows names of Mamba-1: `ssm.time_step_rank` is the number of heads.
SharedLayer readMamba2(ConfigReader& reader);
// All but the number of key/value heads, which may differ between blocks, without positions.
AttentionConfig readAttention(ConfigReader& reader, const ModelConfig& config);
SharedLayer withKvHeads(ConfigReader& reader, AttentionConfig shape, int64_t kvHeads);

}  // namespace tl
