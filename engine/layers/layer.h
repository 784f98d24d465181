// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/layer_config.h"
#include "kernels/backend.h"

namespace tl {

class KvCache;

// How attention looks back in one call.
struct AttentionPolicy {
    int64_t window = 0;       // positions a token sees, itself included; 0 = everything
    double logScaleBase = 0;  // 0 = no log-length scaling
    // Null, or (position): attention weights of tokens [scoreBegin, scoreEnd) of the call are
    // added.
    float* scores = nullptr;
    int64_t scoreBegin = 0, scoreEnd = 0;
};

// Activations of one call, shared by all layers: as wide as the widest of their WorkspaceWidths,
// sized once for the longest call.
struct Workspace {
    std::unique_ptr<Buffer> residual;   // (tokens, embedding): what flows from layer to layer
    std::unique_ptr<Buffer> projected;  // (tokens, width) each
    std::unique_ptr<Buffer> convolved;
    std::unique_ptr<Buffer> mixed;
    std::unique_ptr<Buffer> hidden;
    std::vector<std::pair<std::string, std::unique_ptr<Buffer>>> slots;

    // REQUIRES: the layer's needs() name it
    float* slot(std::string_view name) const {
        const auto found =
            std::ranges::find_if(slots, [&](const auto& slot) { return slot.first == name; });
        assert(found != slots.end());
        return found->second->floats();
    }
};

// What one sequence has in a call: `tokens` rows of the activations from row `begin` on, which
// stand at `position` and after it in the sequence. One token is a decode step.
struct Segment {
    int64_t begin = 0, tokens = 0;
    int64_t position = 0;
    AttentionPolicy policy;      // of a layer that is no pointer: without scores
    float* recurrent = nullptr;  // the parts of needs().state one after the other, updated
    KvCache* cache = nullptr;  // the layer's keys and values, appended to; null without needs().kv
};

// One call of one layer: `tokens` rows in all, whose segments are of as many sequences, one after
// the other. What comes out for a sequence does not depend on the others, bit for bit: products,
// norms and all that works row by row runs over all rows at once, a mixer over each segment alone.
struct LayerCall {
    Backend& backend;
    Workspace& work;
    int64_t tokens;
    std::span<const Segment> segments;
};

// Calls an op that takes the arguments of several sequences: argsOf(segment) makes them of each.
template <typename Args, typename ArgsOf, typename Op>
void forSegments(const LayerCall& call, ArgsOf argsOf, Op op) {
    std::array<Args, kMostSequences> args;
    for (size_t begin = 0; begin < call.segments.size(); begin += args.size()) {
        const size_t count = std::min(args.size(), call.segments.size() - begin);
        for (size_t i = 0; i < count; ++i) {
            args[i] = argsOf(call.segments[begin + i]);
        }
        op(std::span<const Args>(args.data(), count));
    }
}

// residual += scale * in * W^T, how every branch ends; in (tokens, W.columns), dense.
inline void addToResidual(Backend& backend,
                          const Workspace& work,
                          const float* in,
                          const Matrix& weights,
                          int64_t tokens,
                          float scale) {
    MatmulArgs out = {};
    out.in = in;
    out.inStride = weights.columns();
    out.weights = &weights;
    out.out = work.residual->floats();
    out.outStride = weights.rows();
    out.tokens = tokens;
    out.alpha = scale;
    out.accumulate = true;
    backend.matmul(out);
}

// Adds its branch to work.residual: a mixer or a feed-forward part. What it remembers of a sequence
// lies outside of it, in Segment::recurrent or Segment::cache, so saving and loading a state is
// copying those; needs() says what they are made of.
class Layer {
public:
    virtual ~Layer() = default;
    // The same as of the configuration that it was loaded by.
    virtual LayerNeeds needs() const = 0;
    virtual void run(const LayerCall& call) const = 0;
    // Weight bytes that one decode step reads.
    virtual int64_t weightBytes() const = 0;
};

}  // namespace tl
