// SPDX-License-Identifier: Apache-2.0
#pragma once

// Arguments of every op. Row-major; (rows, columns) from slowest to fastest; f32 unless said.
// Sizes are elements. Pointers are into the backend's memory, which the host must not touch, and
// never alias unless an op says so. Ops on a sequence's own memory take the arguments of several
// sequences, see Backend.

#include <cstdint>

namespace tl {

class Matrix;

// Sequences that one call of an op takes, at most.
inline constexpr int64_t kMostSequences = 16;

enum class ActivationType {
    kInt8,  // rounded to 8 bits in blocks of 32 before products with quantised weights
    kF32,   // kept as they are: slower, for checking
};

enum class KvType {
    kInt8,  // with an f32 scale per head and position
    kF16,
};

// out = alpha * in * W^T, added to `out` if `accumulate`.
struct MatmulArgs {
    const float* in;          // (tokens, W.columns), row stride inStride
    const Matrix* weights;    // (W.rows, W.columns)
    const Matrix* gateWith;   // null, or U of W's shape: out = silu(in W^T) * (in U^T)   (SwiGLU)
    const float* normWeight;  // null, or (W.columns): in is RMS-normed with it first
    float* out;               // (tokens, W.rows), row stride outStride
    int64_t tokens;
    int64_t inStride;
    int64_t outStride;
    float normEpsilon;
    float alpha;
    bool accumulate;
};

// Causal depthwise convolution with bias and SiLU over time (Mamba-2, section 7).
struct ConvArgs {
    const float* in;      // (tokens, channels), row stride inStride: x | B | C before activation
    const float* weight;  // (taps, channels), oldest tap first
    const float* bias;    // (channels)
    float* state;         // (taps - 1, channels), the inputs before in[0], oldest first; updated;
                          // in memory as the backend likes it, like all states
    float* out;           // (tokens, channels)
    int64_t tokens, channels, taps, inStride;
};

// Mamba-2's state-space dual scan (Dao and Gu 2024, section 6): per head
//   h_t = exp(dt_t A) h_{t-1} + dt_t B_t x_t^T,   y_t = h_t^T C_t + D x_t,   dt = softplus(raw +
//   bias)
// More than one token is done in chunks of matrix products, one token as the recurrence.
struct SsdArgs {
    const float* xBC;     // (tokens, heads * headDim + 2 * groups * stateDim): x | B | C
    const float* dt;      // (tokens, heads), row stride dtStride: raw
    const float* dtBias;  // (heads)
    const float* A;       // (heads)  negative
    const float* D;       // (heads)
    float* h;             // (heads, stateDim, headDim)  updated
    float* y;             // (tokens, heads * headDim)
    int64_t tokens, dtStride;
    int64_t heads, groups, headDim, stateDim;
};

// y = rmsNorm_groups(y * silu(z)) * weight, each group normed alone (gate first, then norm).
struct GatedNormArgs {
    const float* z;       // (tokens, size), row stride zStride
    const float* weight;  // (size)
    float* y;             // (tokens, size)  updated in place
    int64_t tokens, size, groups, zStride;
    float epsilon;
};

// Rotary positions (Su et al. 2021), in place: pair i of a head's first `dims` values, (2 i, 2 i +
// 1), turns by its position times its frequency. The other values stay.
inline constexpr int64_t kMaxRopeDims = 512;
struct RopeArgs {
    float* x;            // (tokens, heads * headDim), row stride `stride`  updated
    const float* turns;  // (2, dims / 2): whole turns per position, each the sum of two floats
    int64_t tokens, position, stride;
    int64_t heads, headDim;
    int64_t dims;  // at most kMaxRopeDims and headDim
};

// x[t] += bias
struct BiasArgs {
    float* x;           // (tokens, size), row stride `stride`  updated
    const float* bias;  // (size)
    int64_t tokens, size, stride;
};

// Sends each token to the `used` experts of greatest logits; of equal ones to the first.
struct RouteArgs {
    const float* logits;  // (tokens, experts)
    int32_t* chosen;      // (tokens, used) int32, greatest first
    float* weights;  // (tokens, used) softmax over the chosen alone, which is the same as over all
                     // with the chosen ones' shares then made to add up to 1
    int64_t tokens, experts;
    int64_t used;  // in [1, experts]
};

// Mixture of experts (Shazeer et al. 2017), each a SwiGLU:
//   out_t += alpha * sum over e in chosen_t of weights_te * (silu(x_t G_e^T) * (x_t U_e^T)) D_e^T
// with x = in, RMS-normed. The experts' matrices lie one below the other in one matrix of each
// kind. One token reads the weights of its own experts only, many tokens those of each expert once.
struct ExpertsArgs {
    const float* in;          // (tokens, width), row stride inStride
    const float* normWeight;  // (width)
    const int32_t* chosen;    // (tokens, used) int32, all different in a row, as route() gives them
    const float* weights;     // (tokens, used)
    const Matrix* gate;       // (experts * size, width)
    const Matrix* up;         // the same; stored as `gate` is
    const Matrix* down;       // (experts * width, size)
    float* hidden;            // (tokens * used, size)  overwritten, in an order of the backend's
    float* out;               // (tokens, width), row stride outStride  updated; may be `in`
    int64_t tokens, experts, used, inStride, outStride;
    float normEpsilon, alpha;
};

// Positions of one page of keys and values. The engine's constant, the same on every device: pages
// are what snapshots share and files keep. How a page lies in memory is its backend's own affair.
inline constexpr int64_t kKvPagePositions = 4096;

// Keys and values of one attention layer.
struct PageShape {
    KvType type;
    int64_t kvHeads, headDim;

    bool operator==(const PageShape&) const = default;
};

struct KvView : PageShape {
    const void* pages;  // table of ceil(positions / kKvPagePositions) entries, see Backend::setPage
};

// Writes the keys and values of `tokens` positions from `position` on into their pages.
struct KvAppendArgs {
    const float* keys;    // (tokens, kvHeads * headDim), row stride keyStride
    const float* values;  // (tokens, kvHeads * headDim), row stride valueStride
    KvView kv;            // written
    int64_t tokens, position, keyStride, valueStride;
};

// Softmax attention with positions in no other role than order and reach. Query t stands at
// position + t and sees [max(0, position + t - window + 1), position + t]; window 0 = everything.
// Query head h uses key head h / (heads / kvHeads). Online softmax (Milakov and Gimelshein 2018):
// no buffer grows with the number of keys.
struct AttentionArgs {
    const float* q;  // (tokens, heads * headDim), row stride qStride
    KvView kv;       // holds positions [0, position + tokens)
    float* out;      // (tokens, heads * headDim)
    int64_t tokens, position, heads, window, qStride;
    float scale;
    // With logScaleBase > 0 the logits of a query with n visible positions are multiplied by
    // max(1, ln(n) / ln(logScaleBase)), n = its position + 1.
    double logScaleBase;

    // Null, or (position): the weights that query tokens [scoreBegin, scoreEnd) give to the
    // positions before the call are added to it, summed over heads.
    float* scores;
    int64_t scoreBegin, scoreEnd;
};

}  // namespace tl
