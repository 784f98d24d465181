// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

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

// Memory of a backend, zeroed. The addresses are the backend's: the host computes with them and
// never reads or writes there.
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

// The keys and values of kKvPagePositions positions of one attention layer, in its backend's own
// layout. exportPage() gives them in the one form that all backends know.
class KvPage {
public:
    virtual ~KvPage() = default;
    const PageShape& shape() const { return m_shape; }

protected:
    PageShape m_shape = {};
};

// Bytes of `positions` positions of a page in the canonical form, little-endian:
//   int8: keys (kvHeads, positions, headDim) int8, their scales (kvHeads, positions) f32,
//         values (kvHeads, positions, headDim) int8, their scales (kvHeads, positions) f32
//   f16:  keys (kvHeads, positions, headDim), values (kvHeads, positions, headDim)
constexpr int64_t canonicalPageBytes(const PageShape& shape, int64_t positions) {
    const int64_t rowBytes = shape.type == KvType::kInt8 ? shape.headDim + 4 : 2 * shape.headDim;
    return 2 * shape.kvHeads * positions * rowBytes;
}

// Positions [first, first + count) of a page, as host memory has them in canonical form.
struct PageImport {
    KvPage* page = nullptr;
    int64_t first = 0, count = 0;
    const std::byte* from = nullptr;
};

// What an op remembers from call to call. A backend keeps it in the order that its kernels like
// best, in as many bytes; zeros are zeros in every order.
enum class StateOp {
    kConv,  // ConvArgs::state (taps - 1, channels)
    kSsd,   // SsdArgs::h (heads, stateDim, headDim)
};
struct StateShape {
    StateOp op;
    std::vector<int64_t> sizes;  // canonical order, from slowest to fastest, as said above; f32
};

// What differs between devices and is theirs to say. Constant over a backend's life.
struct BackendTraits {
    // Tokens that go through the layers in one call, at most. Reading stands at multiples of it
    // when it is stopped, and its results depend on it to rounding.
    int64_t batchTokens = 0;
    // Row, head, state and group sizes must be multiples of it.
    int64_t sizeMultiple = 1;
    // Of one page in a table of pages, see setPage().
    int64_t pageEntryBytes = 0;
    // As it was made.
    ActivationType activations = ActivationType::kInt8;
};

// What the engine computes on: one virtual per op. Ops work on this backend's memory, in call
// order; they return nothing, and the first failure comes out of sync(). Not thread-safe: calls
// come from one thread at a time. Ops allocate nothing after prepare().
class Backend {
public:
    virtual ~Backend() = default;

    virtual std::string name() const = 0;  // "cpu avx512, 2 threads"
    virtual BackendTraits traits() const = 0;

    // kOutOfMemory
    virtual Result<std::unique_ptr<Buffer>> allocate(int64_t bytes) = 0;
    // Packs `rows` x `columns` weights stored as `type`, read from host memory. kUnsupported if
    // columns are no whole blocks; kOutOfMemory.
    virtual Result<std::unique_ptr<Matrix>> pack(WeightType type,
                                                 const void* data,
                                                 int64_t rows,
                                                 int64_t columns) = 0;
    // A page of zeros. kOutOfMemory.
    virtual Result<std::unique_ptr<KvPage>> allocatePage(const PageShape& shape) = 0;

    // Workspace for calls of at most `tokens` tokens over these sizes: the largest that any layer
    // of a model declares. prepare() is called once, at load.
    struct Limits {
        int64_t tokens = 0;
        int64_t columns = 0;  // widest matmul input
        int64_t heads = 0;    // attention heads
        int64_t headDim = 0;  // of attention
        int64_t ssmHeads = 0, ssmStateDim = 0, ssmHeadDim = 0;
        int64_t experts = 0;
        int64_t expertsUsed = 0;    // by one token
        int64_t expertColumns = 0;  // widest input of an expert's product

        void include(const Limits& other) {
            tokens = std::max(tokens, other.tokens);
            columns = std::max(columns, other.columns);
            heads = std::max(heads, other.heads);
            headDim = std::max(headDim, other.headDim);
            ssmHeads = std::max(ssmHeads, other.ssmHeads);
            ssmStateDim = std::max(ssmStateDim, other.ssmStateDim);
            ssmHeadDim = std::max(ssmHeadDim, other.ssmHeadDim);
            experts = std::max(experts, other.experts);
            expertsUsed = std::max(expertsUsed, other.expertsUsed);
            expertColumns = std::max(expertColumns, other.expertColumns);
        }
    };
    virtual Status prepare(const Limits& limits) = 0;

    // What pack(), allocatePage() and prepare() take of the backend's memory, without taking it.
    virtual int64_t packedBytes(WeightType type, int64_t rows, int64_t columns) const = 0;
    virtual int64_t pageBytes(const PageShape& shape) const = 0;
    virtual int64_t workspaceBytes(const Limits& limits) const = 0;

    // Host memory to the backend's; done when it returns.
    virtual Status upload(void* to, const void* from, int64_t bytes) = 0;
    // The backend's memory to the host's, after all ops so far; fails with what sync() would.
    virtual Status download(void* to, const void* from, int64_t bytes) = 0;
    // An op: within the backend's memory.
    virtual void copy(void* to, const void* from, int64_t bytes) = 0;

    // Ops on pages. The first `positions` positions of a page, to one that was just allocated:
    virtual void copyPage(KvPage& to, const KvPage& from, int64_t positions) = 0;
    // Makes `page` the entry `index` of a table: backend memory of traits().pageEntryBytes for each
    // page, which KvView::pages points to. The page must live as long as the table is used.
    virtual void setPage(void* table, int64_t index, const KvPage& page) = 0;
    // Positions [first, first + count) to canonicalPageBytes(shape, count) bytes of host memory and
    // back, bit for bit. As download() and upload(); nothing was ever written where an import goes,
    // and of one call no two imports go to the same place.
    virtual Status exportPage(const KvPage& page, int64_t first, int64_t count, std::byte* to) = 0;
    virtual Status importPages(std::span<const PageImport> imports) = 0;
    // An op's state to and from its canonical order in host memory, likewise.
    virtual Status exportState(const StateShape& shape, const void* from, std::byte* to) = 0;
    virtual Status importState(const StateShape& shape, void* to, const std::byte* from) = 0;

    // out (tokens, table.columns) = scale * the rows of `table` named by ids. The ids are host
    // memory, and are not needed once this returns.
    virtual void embed(
        const Matrix& table, const int32_t* ids, int64_t tokens, float scale, float* out) = 0;
    virtual void matmul(const MatmulArgs& args) = 0;
    virtual void gatedNorm(const GatedNormArgs& args) = 0;
    virtual void addBias(const BiasArgs& args) = 0;
    virtual void route(const RouteArgs& args) = 0;
    virtual void experts(const ExpertsArgs& args) = 0;

    // Ops on what a sequence remembers, or on its positions: of at most kMostSequences sequences
    // that have nothing in common, of Limits::tokens tokens in all. What comes out for each does
    // not depend on the others, bit for bit.
    virtual void conv(std::span<const ConvArgs> sequences) = 0;
    virtual void ssd(std::span<const SsdArgs> sequences) = 0;
    virtual void rope(std::span<const RopeArgs> sequences) = 0;
    virtual void kvAppend(std::span<const KvAppendArgs> sequences) = 0;
    virtual void attention(std::span<const AttentionArgs> sequences) = 0;
    // Of one sequence.
    void conv(const ConvArgs& args) { conv(std::span(&args, 1)); }
    void ssd(const SsdArgs& args) { ssd(std::span(&args, 1)); }
    void rope(const RopeArgs& args) { rope(std::span(&args, 1)); }
    void kvAppend(const KvAppendArgs& args) { kvAppend(std::span(&args, 1)); }
    void attention(const AttentionArgs& args) { attention(std::span(&args, 1)); }

    // Waits for all ops so far; the first failure since the last sync.
    virtual Status sync() = 0;
};

enum class DeviceKind {
    kAutomatic,  // the best that this build has and this machine runs; name() says which
    kCpu,
    kCuda,
};

struct DeviceChoice {
    DeviceKind kind = DeviceKind::kAutomatic;
    int threads = 0;  // of the CPU; 0 = one per core this process may use; no thread is pinned
    ActivationType activations = ActivationType::kInt8;
};

// kUnsupported for a device that this build or this machine does not have: a choice that names one
// is never quietly given another.
Result<std::unique_ptr<Backend>> makeBackend(const DeviceChoice& choice);

// The CPU backend on `threads` threads (0 = one per usable core). kUnsupported when TL_KERNELS
// names a kernel table this machine cannot run.
Result<std::unique_ptr<Backend>> makeCpuBackend(int threads, ActivationType activations);

}  // namespace tl
