// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace tl {

class GgufFile;

enum class LayerKind { kMamba2, kAttention };

struct Mamba2Config {
    int64_t innerSize = 0;   // heads * headDim
    int64_t heads = 0;       // H
    int64_t headDim = 0;     // P
    int64_t stateSize = 0;   // N
    int64_t groups = 0;      // G; head h uses group h / (heads / groups)
    int64_t convKernel = 0;  // taps of the causal convolution

    int64_t convChannels() const { return innerSize + 2 * groups * stateSize; }
    int64_t inProjRows() const { return innerSize + convChannels() + heads; }  // z | x B C | dt
};

struct LayerConfig {
    LayerKind kind = LayerKind::kMamba2;
    int64_t kvHeads = 0;  // attention layers only
};

// Everything about a hybrid model that is no weight. Sizes in elements. Immutable after parsing.
struct ModelConfig {
    std::string architecture;
    std::string name;
    int64_t vocabSize = 0;
    int64_t embeddingSize = 0;
    int64_t feedForwardSize = 0;
    int64_t contextLength = 0;
    int64_t attentionHeads = 0;
    int64_t attentionHeadDim = 0;
    float normEpsilon = 0;
    Mamba2Config mamba;
    std::vector<LayerConfig> layers;

    // The four Granite multipliers: embeddings and residual branches are multiplied, attention
    // logits are multiplied by attentionScale, logits are divided by logitScale.
    float embeddingScale = 1;
    float residualScale = 1;
    float attentionScale = 0;
    float logitScale = 1;

    // Reading policy (design.md section 3): 0 = full attention while reading; 0 = no log scaling.
    int64_t readWindow = 0;
    double logScaleBase = 0;
    std::string systemInstruction;
    std::vector<int64_t> pointerLayers;  // attention layers that find the evidence; never empty
                                         // where the model has attention

    int64_t attentionLayerCount() const;
    // Recurrent state (convolution tails and SSM states, f32) of one sequence, in bytes.
    int64_t stateBytes() const;
    // Keys and values of one position over all attention layers, in bytes, at the given bytes per
    // element; scales not counted.
    int64_t kvBytesPerToken(int64_t bytesPerElement) const;
};

// kUnsupported for another architecture or a shape the engine cannot run; kCorrupt for missing or
// contradictory metadata. One line, starting with the file's name.
Result<ModelConfig> parseModelConfig(const GgufFile& file);

}  // namespace tl
