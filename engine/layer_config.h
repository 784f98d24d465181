// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernels/backend.h"

namespace tl {

class Layer;
class WeightLoader;
struct ModelConfig;

// How the values of a state part are kept. The engine computes states in f32 only.
enum class ElementType { kF32 };

int64_t elementBytes(ElementType type);

// A named piece of what a layer remembers of a sequence, whatever its length.
struct StatePart {
    std::string name;             // unique within its layer
    StateOp op = StateOp::kConv;  // that works on it
    std::vector<int64_t> shape;   // from slowest to fastest, in the op's canonical order
    ElementType type = ElementType::kF32;

    int64_t elements() const;
    int64_t bytes() const { return elements() * elementBytes(type); }
};

// Keys and values of one position.
struct KvShape {
    int64_t kvHeads = 0, headDim = 0;
};

// Widths, in f32 values per token, of the activations that a layer uses while it runs.
struct WorkspaceWidths {
    int64_t projected = 0;  // input projection
    int64_t convolved = 0;  // after the convolution
    int64_t mixed = 0;      // what the output projection takes
    int64_t hidden = 0;     // inside of a feed-forward part
};

// Values that one layer leaves for later layers of the same call, such as the first block's
// attention values where all blocks share them. Only written before it is read.
struct Slot {
    std::string name;
    int64_t width = 0;  // f32 values per token
};

// A size that kernels walk in whole vectors.
struct VectorSize {
    int64_t size = 0;
    const char* what = "";  // "attention head size"
};

// All that a layer needs of the outside, known before its weights are.
struct LayerNeeds {
    std::vector<StatePart> state;  // lies one after the other, in this order
    std::optional<KvShape> kv;     // a cache of keys and values, for layers that look back
    WorkspaceWidths workspace;
    std::vector<Slot> writes, reads;
    Backend::Limits limits;  // `tokens` is left to the model
    std::vector<VectorSize> vectorSizes;

    int64_t stateBytes() const;
};

// A number of a layer's configuration, for `info` and for telling two configurations apart.
struct LayerSetting {
    std::string_view name;  // "mamba2_heads"; unique over all kinds of layers
    double value = 0;
};

// What one layer is, without its weights. Immutable, shared by copies of a ModelConfig. A kind of
// layer is a class derived from this one and one derived from Layer.
class LayerConfig {
public:
    virtual ~LayerConfig() = default;
    virtual std::string_view kind() const = 0;  // "attention"
    virtual LayerNeeds needs() const = 0;
    virtual std::vector<LayerSetting> settings() const = 0;
    // The layer with the weights whose names start with `prefix`. Failures are the loader's.
    virtual std::unique_ptr<Layer> load(const ModelConfig& model,
                                        const std::string& prefix,
                                        WeightLoader& loader) const = 0;
};

}  // namespace tl
