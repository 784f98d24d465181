// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "kernels/backend.h"
#include "kernels/cpu/aligned_memory.h"
#include "kernels/cpu/kernel_table.h"
#include "kernels/cpu/packed_matrix.h"
#include "kernels/cpu/panel_product.h"
#include "kernels/thread_pool.h"

namespace tl::cpu {

// Spreads the pieces of a KernelTable over threads. Results do not depend on the number of
// threads: a task's work and the order of its additions are set by the sizes alone.
class CpuBackend final : public Backend {
public:
    CpuBackend(const KernelTable& table, int threads, ActivationType activations);

    std::string name() const override;
    BackendTraits traits() const override;
    Result<std::unique_ptr<Buffer>> allocate(int64_t bytes) override;
    Result<std::unique_ptr<Matrix>> pack(WeightType type,
                                         const void* data,
                                         int64_t rows,
                                         int64_t columns) override;
    Result<std::unique_ptr<KvPage>> allocatePage(const PageShape& shape) override;
    Status prepare(const Limits& limits) override;
    int64_t packedBytes(WeightType type, int64_t rows, int64_t columns) const override;
    int64_t pageBytes(const PageShape& shape) const override;
    int64_t workspaceBytes(const Limits& limits) const override;

    Status upload(void* to, const void* from, int64_t bytes) override;
    Status download(void* to, const void* from, int64_t bytes) override;
    void copy(void* to, const void* from, int64_t bytes) override;
    void copyPage(KvPage& to, const KvPage& from, int64_t positions) override;
    void setPage(void* table, int64_t index, const KvPage& page) override;
    Status exportPage(const KvPage& page, int64_t first, int64_t count, std::byte* to) override;
    Status importPages(std::span<const PageImport> imports) override;
    Status exportState(const StateShape& shape, const void* from, std::byte* to) override;
    Status importState(const StateShape& shape, void* to, const std::byte* from) override;

    void embed(
        const Matrix& table, const int32_t* ids, int64_t tokens, float scale, float* out) override;
    void matmul(const MatmulArgs& args) override;
    void conv(std::span<const ConvArgs> sequences) override;
    void ssd(std::span<const SsdArgs> sequences) override;
    void gatedNorm(const GatedNormArgs& args) override;
    void rope(std::span<const RopeArgs> sequences) override;
    void addBias(const BiasArgs& args) override;
    void route(const RouteArgs& args) override;
    void experts(const ExpertsArgs& args) override;
    void kvAppend(std::span<const KvAppendArgs> sequences) override;
    void attention(std::span<const AttentionArgs> sequences) override;
    using Backend::attention;
    using Backend::conv;
    using Backend::kvAppend;
    using Backend::rope;
    using Backend::ssd;
    Status sync() override { return okStatus(); }

private:
    // Rows of elementwise work that one thread takes at a time.
    static constexpr int64_t kRowsPerTask = 8;

    // Memory of one thread.
    struct Scratch {
        AlignedMemory bytes;     // a pair of panels widened to bytes
        AlignedMemory floats;    // its scales; or a decoded pair; or what SSD and attention need
        AlignedMemory products;  // (tokens, 32) f32 of one expert; empty without experts
        float* asFloats() const { return reinterpret_cast<float*>(floats.get()); }
        float* asProducts() const { return reinterpret_cast<float*>(products.get()); }
    };

    // Calls fn(row) for each row, `rowsPerTask` of them one after the other on one thread.
    template <typename Fn>
    void forRows(int64_t rows, int64_t rowsPerTask, Fn fn) {
        m_pool.run((rows + rowsPerTask - 1) / rowsPerTask, [&](int64_t task, int) {
            const int64_t end = (task + 1) * rowsPerTask < rows ? (task + 1) * rowsPerTask : rows;
            for (int64_t row = task * rowsPerTask; row < end; ++row) {
                fn(row);
            }
        });
    }

    // Calls step(args) for each sequence of one token, side by side, and longer(args) for each of
    // the others in turn, which share their own rows out.
    template <typename Args, typename Step, typename Longer>
    void forSequences(std::span<const Args> sequences, Step step, Longer longer) {
        const auto count = static_cast<int64_t>(sequences.size());
        m_pool.run(count, [&](int64_t i, int) {
            const Args& args = sequences[static_cast<size_t>(i)];
            if (args.tokens == 1) {
                step(args);
            }
        });
        for (const Args& args : sequences) {
            if (args.tokens > 1) {
                longer(args);
            }
        }
    }

    int8_t* quantized() const { return reinterpret_cast<int8_t*>(m_quantized.get()); }
    BlockScale* blockScales() const { return reinterpret_cast<BlockScale*>(m_blockScales.get()); }
    float* normed() const { return reinterpret_cast<float*>(m_normed.get()); }
    PairScratch pairScratch(int thread) const {
        const Scratch& scratch = m_scratch[static_cast<size_t>(thread)];
        return {scratch.bytes.get(), scratch.asFloats()};
    }
    bool takesInt8(const Matrix& weights) const;
    ProductRows productRows(const MatmulArgs& args, const int32_t* sources = nullptr);

    struct ExpertRows;
    static int64_t expertRowBytes(const Limits& limits);
    ExpertRows sortByExpert(const ExpertsArgs& args) const;
    void runExpertsUp(const ExpertsArgs& args, const ExpertRows& sorted);
    void runExpertsDown(const ExpertsArgs& args, const ExpertRows& sorted);

    void ssdSteps(std::span<const SsdArgs> sequences);
    void ssdChunks(const SsdArgs& args);

    // How one attention call is cut into tasks.
    struct AttentionPlan;
    AttentionPlan planAttention(const AttentionArgs& args, const AttentionPlan* before) const;
    static void gatherQueries(const AttentionPlan& plan, int64_t block);
    void attendTask(const AttentionPlan& plan, int64_t task, int thread);
    static void mergeRow(const AttentionPlan& plan, int64_t first, float* out);
    static void mergeSplits(const AttentionPlan& plan, int64_t block);
    void addScores(const AttentionPlan& plan);
    void attend(std::span<const AttentionPlan> plans);

    // Bytes of each piece of workspace; a Scratch's for one thread.
    struct WorkspaceSizes {
        int64_t scratchBytes, scratchFloats, scratchProducts;
        int64_t quantized, blockScales, normed, ssd, attention, experts;
    };
    static WorkspaceSizes workspaceSizes(const Limits& limits);

    const KernelTable& m_table;
    ActivationType m_activations;
    ThreadPool m_pool;
    Limits m_limits;
    std::vector<Scratch> m_scratch;  // one per thread
    AlignedMemory m_quantized;       // (rows, columns) int8; a row for each token, or expert of it
    AlignedMemory m_blockScales;     // (rows, columns / 32) BlockScale
    AlignedMemory m_normed;          // (rows, columns) f32
    AlignedMemory m_ssd;             // dt, decay, chunk states and chunk scores
    AlignedMemory m_attention;       // queries, reaches and partial results
    AlignedMemory m_experts;         // ExpertRows
};

}  // namespace tl::cpu
