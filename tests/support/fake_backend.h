// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "kernels/backend.h"

namespace tl::test {

// What fails next, and what the backend has given away.
struct FakeDeviceState {
    std::optional<int64_t> allocationsLeft{};  // none: memory never ends
    std::optional<int64_t> opsLeft{};          // none: ops never fail
    std::optional<Error> failure{};            // of an op, for the next sync

    int64_t bytesInUse = 0;  // matrices, buffers, pages, workspace
    int64_t mostBytes = 0;
    std::map<int32_t, std::byte*> pages{};  // by the number that stands in tables
};

struct FakeOptions {
    int64_t batchTokens = 128;
    int64_t sizeMultiple = 16;
};

// A second device: the CPU computes, and everything else is as unlike the CPU as the seam allows.
// Its addresses lie where the host cannot read. Batches are shorter. A page holds records of one
// position and head, dimensions backwards; tables hold page numbers. States lie transposed. Memory
// can end and ops can fail when a test says so; then the op does nothing and sync() tells.
class FakeBackend final : public Backend {
public:
    FakeBackend(int threads, ActivationType activations, const FakeOptions& options = {});

    FakeDeviceState& device() { return *m_device; }

    std::string name() const override { return "fake"; }
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
    Status sync() override;

private:
    struct CpuPages;

    void convOne(const ConvArgs& args);
    void ssdOne(const SsdArgs& args);
    void ropeOne(const RopeArgs& args);
    void kvAppendOne(const KvAppendArgs& args);
    void attentionOne(const AttentionArgs& args);
    bool takesMemory(int64_t bytes);
    bool runsOp();
    CpuPages cpuPages(const KvView& kv, int64_t first, int64_t positions);
    std::byte* pageAt(const KvView& kv, int64_t position) const;

    std::unique_ptr<Backend> m_cpu;
    ActivationType m_activations;
    FakeOptions m_options;
    std::shared_ptr<FakeDeviceState> m_device;
    int32_t m_nextPage = 1;
};

}  // namespace tl::test
