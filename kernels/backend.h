// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "kernels/kernel_args.h"
#include "kernels/weight_type.h"

namespace tl {

// A weight matrix in the form its backend computes with. Immutable; outlives no backend.
class Matrix {
public:
    virtual ~Matrix() = default;
    int64_t rows() const { return m_rows; }
    int64_t columns() const { return m_columns; }
    // Memory it takes, which is what a decode step reads of it.
    int64_t bytes() const { return m_bytes; }
    // True if both are stored the same way, as MatmulArgs::gateWith wants it.
    virtual bool pairsWith(const Matrix& other) const = 0;

protected:
    int64_t m_rows = 0, m_columns = 0, m_bytes = 0;
};

// Memory of a backend, zeroed.
class Buffer {
public:
    virtual ~Buffer() = default;
    float* floats() { return static_cast<float*>(m_data); }
    void* data() { return m_data; }
    int64_t bytes() const { return m_bytes; }

protected:
    void* m_data = nullptr;
    int64_t m_bytes = 0;
};

// What the engine computes on: one virtual per op. Ops work on this backend's memory, in call
// order; they return nothing, and the first failure comes out of sync(). Not thread-safe: calls
// come from one thread at a time. Ops allocate nothing after prepare().
class Backend {
public:
    virtual ~Backend() = default;

    virtual std::string name() const = 0;  // "cpu avx512, 2 threads"

    // kOutOfMemory
    virtual Result<std::unique_ptr<Buffer>> allocate(int64_t bytes) = 0;
    // Packs `rows` x `columns` weights stored as `type`. kUnsupported if columns are no whole
    // blocks; kOutOfMemory.
    virtual Result<std::unique_ptr<Matrix>> pack(WeightType type,
                                                 const void* data,
                                                 int64_t rows,
                                                 int64_t columns) = 0;
    // Workspace for calls of at most `tokens` tokens over this model's sizes; once, at load.
    struct Limits {
        int64_t tokens = 0;
        int64_t columns = 0;  // widest matmul input
        int64_t heads = 0;    // attention heads
        int64_t headDim = 0;  // of attention
        int64_t ssmHeads = 0, ssmStateDim = 0, ssmHeadDim = 0;
    };
    virtual Status prepare(const Limits& limits) = 0;

    // Within the backend's memory.
    virtual void copy(void* to, const void* from, int64_t bytes) = 0;
    virtual void copyToDevice(float* to, const float* from, int64_t count) = 0;
    virtual void copyToHost(float* to, const float* from, int64_t count) = 0;

    // out (tokens, table.columns) = scale * the rows of `table` named by ids.
    virtual void embed(
        const Matrix& table, const int32_t* ids, int64_t tokens, float scale, float* out) = 0;
    virtual void matmul(const MatmulArgs& args) = 0;
    virtual void rmsNorm(const RmsNormArgs& args) = 0;
    virtual void conv(const ConvArgs& args) = 0;
    virtual void ssd(const SsdArgs& args) = 0;
    virtual void gatedNorm(const GatedNormArgs& args) = 0;
    virtual void kvAppend(const KvAppendArgs& args) = 0;
    virtual void attention(const AttentionArgs& args) = 0;

    // Waits for all ops so far; the first failure since the last sync.
    virtual Status sync() = 0;
};

// The CPU backend on `threads` threads (0 = one per usable core). kUnsupported when TL_KERNELS
// names a kernel table this machine cannot run.
Result<std::unique_ptr<Backend>> makeCpuBackend(int threads, ActivationType activations);

}  // namespace tl
