// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/model_cost.h"

namespace tl::bench {
namespace {

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

// The matrices of the layers. Norms and convolutions may have two dimensions as well but are
// multiplied element by element; the output matrix runs once per read, not once per token.
bool isLayerMatrix(const GgufTensor& tensor) {
    return tensor.name.starts_with("blk.") && tensor.name.ends_with(".weight") &&
           tensor.shape.size() == 2 && !contains(tensor.name, "norm") &&
           !contains(tensor.name, "conv1d");
}

}  // namespace

ModelCost costOf(const GgufFile& file, const ModelConfig& config) {
    ModelCost cost;
    const bool hasOutputMatrix = file.findTensor("output.weight") != nullptr;
    for (const GgufTensor& tensor : file.tensors()) {
        if (isLayerMatrix(tensor)) {
            cost.matmulOpsPerToken += 2 * tensor.elementCount();
        }
        // A decoded token looks up one row of the embedding, but where the output is tied to it
        // the logits need all rows.
        if (tensor.name != "token_embd.weight" || !hasOutputMatrix) {
            cost.weightBytes += static_cast<int64_t>(tensor.bytes.size());
        }
    }
    cost.stateBytes = config.stateBytes();
    cost.kvBytesPerPosition = config.kvBytesPerToken(1, sizeof(float));
    return cost;
}

}  // namespace tl::bench
