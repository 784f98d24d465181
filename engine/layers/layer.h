// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
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

// Activations of one call, shared by all layers; sized once for the longest call.
struct Workspace {
    std::unique_ptr<Buffer> residual;   // (tokens, embedding): what flows from layer to layer
    std::unique_ptr<Buffer> projected;  // (tokens, widest input projection)
    std::unique_ptr<Buffer> convolved;  // (tokens, convolution channels)
    std::unique_ptr<Buffer> mixed;      // (tokens, inner size or attention width)
    std::unique_ptr<Buffer> hidden;     // (tokens, feed-forward size)
};

// One call of one layer: `tokens` tokens from `position` on. One token is a decode step.
struct LayerCall {
    Backend& backend;
    Workspace& work;
    int64_t tokens;
    int64_t position;
    AttentionPolicy policy;
    float* recurrent;  // this layer's recurrent state (stateFloats() floats), updated
    KvCache* cache;    // this layer's keys and values, appended to; null for recurrent layers
};

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

// A mixer: adds its branch to work.residual. What it remembers of a sequence lies outside of it, in
// LayerCall::recurrent or LayerCall::cache, so saving and loading a state is copying those.
class Layer {
public:
    virtual ~Layer() = default;
    virtual int64_t stateFloats() const = 0;
    virtual void run(const LayerCall& call) const = 0;
    // Weight bytes that one decode step reads.
    virtual int64_t weightBytes() const = 0;
};

}  // namespace tl
