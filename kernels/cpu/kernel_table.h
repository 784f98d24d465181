// SPDX-License-Identifier: Apache-2.0
#pragma once

// The CPU's kernels for one instruction set: single-threaded pieces of work that CpuBackend spreads
// over threads. Every table has the same functions, compiled from the same <op>.inl.h.

#include <cstdint>
#include <span>
#include <string_view>

#include "kernels/cpu/page_layout.h"
#include "kernels/kernel_args.h"

namespace tl::cpu {

inline constexpr int64_t kPanelRows = 16;   // weight rows that lie interleaved, one per lane
inline constexpr int64_t kQuantBlock = 32;  // activations that share a scale
inline constexpr int64_t kKeyTile = 64;     // keys scored at a time

// How a weight panel's values are stored; see packed_matrix.h for the bytes.
enum class PanelKind {
    kNibble,     // 4 bits, w = scale * (q - 8), scale per 32          Q4_0
    kNibbleMin,  // 4 bits, w = scale * q + min, both per 32           Q4_1 Q4_K
    kByte,       // 8 bits, w = scale * (q - 128), scale per 32        Q8_0 Q5_0
    kByteMin,    // 8 bits, w = scale * q + min, both per 32           Q5_1 Q5_K
    kByteHalf,   // 8 bits, w = scale * (q - 128), scale per 16        Q6_K
    kF32,
    kF16,
    kBF16,
};
inline bool isQuantized(PanelKind kind) {
    return kind < PanelKind::kF32;
}

// A block of 32 activations q * scale.
struct BlockScale {
    float scale;            // of 22 bits, so that three times it is a float too
    float scaledSum;        // scale * sum of q
    int32_t minus8Sum;      // -8 * sum of q: the correction for weights stored as q + 8
    int32_t minus8SumHigh;  // the same over the last 16
    int32_t biasedStart;    // minus8Sum and the table's bias, see scaledSum() in simd_generic.h
    float minusBias;        // -(the bias) * scale
};

// One panel in the form products take: `bytes` (columns / 32, 8, 16, 4) holds column 4 v + t of row
// i at [v][i][t]; `scales`, `mins` (columns / 32, 16), for kByteHalf scales (columns / 16, 16).
struct BytePanel {
    const uint8_t* bytes;
    const float* scales;
    const float* mins;
};

enum class Epilogue { kStore, kAdd, kSwiGlu };

// Where a tile of products goes: out[row * stride + column], `columns` valid ones of the pair of
// panels (of one panel for kSwiGlu: silu(first) * second).
struct ProductOut {
    float* out;
    int64_t stride;
    int64_t columns;
    float alpha;
    Epilogue mode;
};

// (rows, columns) int8 activations times a pair of panels.
struct Int8ProductArgs {
    PanelKind kind;
    BytePanel panels[2];
    const int8_t* x;           // (rows, columns)
    const BlockScale* scales;  // (rows, columns / 32)
    int64_t rows, columns;
    ProductOut out;
};

// One activation row times panels straight from their packed form (decode).
struct Int8VectorArgs {
    PanelKind kind;
    const uint8_t* bytes[2];  // packed panels, or [1] null
    const void* scales[2];
    const float* mins[2];
    const int8_t* x;
    const BlockScale* blockScales;
    int64_t columns;
    ProductOut out;
};

// (rows, depth) f32 activations times (depth, 32) f32 weights: a pair of panels side by side.
struct F32ProductArgs {
    const float* panels;
    const float* x;
    int64_t rows, depth, xStride;
    ProductOut out;
};

// One head of one SSD chunk of at most kSsdChunk tokens.
inline constexpr int64_t kSsdChunk = 64;
struct SsdChunkArgs {
    const float* x;       // (tokens, headDim), row stride inStride
    const float* B;       // (tokens, stateDim), row stride inStride
    const float* C;       // (tokens, stateDim), row stride inStride
    const float* dt;      // (tokens) after softplus
    const float* decay;   // (tokens) inclusive sum of dt * A since the chunk's start
    const float* scores;  // (tokens, kSsdChunk) C_i . B_j where j <= i
    const float* h;       // (stateDim, headDim) before the chunk
    float* state;         // (stateDim, headDim) what the chunk adds to the decayed state
    float* y;             // (tokens, headDim), row stride yStride
    float* scratch;       // (kSsdChunk, headDim)
    int64_t tokens, headDim, stateDim, inStride, yStride;
    float D;
};

// `rows` queries of one key head against keys [begin, end).
struct AttendArgs {
    const float* q;           // (rows, headDim), scaled
    const int64_t* firstKey;  // (rows) each row sees keys [firstKey, lastKey]
    const int64_t* lastKey;
    KvView kv;
    int64_t kvHead, rows, begin, end;
    float* maximum;  // (rows) running maximum of the logits; starts at -infinity
    float* sum;      // (rows) running sum of exp(logit - maximum)
    float* out;      // (rows, headDim) running weighted values, not yet divided by sum
    float* scratch;  // (attendScratch(headDim, rows))
    float* scores;   // attendScores: (end) weights are added per key position
};
// A decoded tile, or the rows' queries in two bytes a value and 16 bytes a row.
inline int64_t attendScratch(int64_t headDim, int64_t rows) {
    const int64_t tile = kKeyTile * (2 * headDim + 8);
    const int64_t queries = rows * (headDim / 2 + 4);
    return tile > queries ? tile : queries;
}

struct KernelTable {
    std::string_view name;  // "avx512"

    // q = round(row / scale) per block of 32, scale = max |.| / 127; normed first if normWeight.
    void (*quantizeRow)(const float* row,
                        const float* normWeight,
                        float epsilon,
                        int64_t size,
                        int8_t* q,
                        BlockScale* scales);
    // out = row / rms(row) * weight; may be in place.
    void (*normRow)(const float* row, const float* weight, float epsilon, int64_t size, float* out);
    // y = rmsNorm(y * silu(z)) * weight over one group.
    void (*gatedNormRow)(
        float* y, const float* z, const float* weight, float epsilon, int64_t size);
    void (*ropeRow)(const RopeArgs& args, int64_t token);
    // row += bias
    void (*addBiasRow)(float* row, const float* bias, int64_t size);
    // row += scale * in
    void (*addScaledRow)(float* row, const float* in, float scale, int64_t size);

    // Nibbles to bytes and f16 scales to f32, for kNibble: (blocks) of 32 columns.
    void (*widenNibbles)(const uint8_t* packed,
                         const uint16_t* scales,
                         int64_t blocks,
                         uint8_t* bytes,
                         float* outScales);
    // A byte panel to f32 columns: out[k * 32 + row].
    void (*decodeBytes)(PanelKind kind, const BytePanel& panel, int64_t columns, float* out);
    // A panel of kF32, kF16 or kBF16 (columns, 16) to out[k * 32 + row].
    void (*decodeFloats)(PanelKind kind, const void* panel, int64_t columns, float* out);
    void (*int8Product)(const Int8ProductArgs& args);
    void (*int8Vector)(const Int8VectorArgs& args);
    void (*f32Product)(const F32ProductArgs& args);

    // Rows [begin, end) of the convolution; does not update the state.
    void (*convRows)(const ConvArgs& args, int64_t begin, int64_t end);

    // dt = softplus(raw + bias), decay = running sum of dt * A over `tokens` (stride of raw).
    void (*ssdDecay)(const float* raw,
                     int64_t stride,
                     float bias,
                     float A,
                     int64_t tokens,
                     float* dt,
                     float* decay);
    // scores (tokens, kSsdChunk) of one group's B and C; scratch (stateDim, kSsdChunk).
    void (*ssdScores)(const float* B,
                      const float* C,
                      int64_t stride,
                      int64_t tokens,
                      int64_t stateDim,
                      float* scratch,
                      float* scores);
    void (*ssdChunkState)(const SsdChunkArgs& args);
    void (*ssdChunkOutput)(const SsdChunkArgs& args);
    // Moves h over a chunk: h becomes decay * h + state, and `state` what h was; `count` values.
    void (*ssdPass)(float* h, float* state, float decay, int64_t count);
    // One head, one token.
    void (*ssmStep)(const SsdChunkArgs& args, float* h);

    void (*kvAppendRow)(const KvAppendArgs& args, int64_t token);
    void (*attend)(const AttendArgs& args);
    void (*attendScores)(const AttendArgs& args);
};

// All tables compiled in that this machine can run, best first; never empty ("generic" is last).
std::span<const KernelTable* const> runnableCpuKernels();

// The best one, or what the environment variable TL_KERNELS names; null if it names none that runs.
const KernelTable* chosenCpuKernels();

}  // namespace tl::cpu
