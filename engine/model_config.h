// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/layer_config.h"

namespace tl {

class GgufFile;

// Layers that run one after the other over the residual, under the names "blk.N.": a mixer and a
// feed-forward part, or one alone.
struct BlockConfig {
    std::vector<std::shared_ptr<const LayerConfig>> layers;

    bool looksBack() const;  // has a layer with keys and values
};

// Everything about a model that is no weight. Sizes in elements. Immutable after parsing.
struct ModelConfig {
    std::string architecture;
    std::string name;
    int64_t vocabSize = 0;
    int64_t embeddingSize = 0;
    int64_t contextLength = 0;
    float normEpsilon = 0;
    std::vector<BlockConfig> blocks;

    // Granite's multipliers: embeddings and residual branches are multiplied, logits are divided.
    float embeddingScale = 1;
    float residualScale = 1;
    float logitScale = 1;

    // Reading policy (docs/engine.md, Reading policy): 0 = full attention while reading; 0 = no log
    // scaling.
    int64_t readWindow = 0;
    double logScaleBase = 0;
    std::string systemInstruction;
    bool questionFirst = false;          // trained to read the question before the passages as well
    std::vector<int64_t> pointerLayers;  // blocks whose attention finds the evidence; never empty
                                         // where the model has attention

    // Recurrent state of one sequence, in bytes.
    int64_t stateBytes() const;
    // Keys and values of one position over all layers, in bytes, at the given bytes per element and
    // per head (its scale; 0 for none).
    int64_t kvBytesPerToken(int64_t bytesPerElement, int64_t bytesPerHead = 0) const;
};

// kUnsupported for another architecture or a shape the engine cannot run; kCorrupt for missing or
// contradictory metadata. One line, starting with the file's name.
Result<ModelConfig> parseModelConfig(const GgufFile& file);

}  // namespace tl
