// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "kernels/backend.h"

namespace tl {

// Adds up what is asked of another backend and takes none of it; ops do nothing. Everything that
// it hands out must die before it.
class SizingBackend final : public Backend {
public:
    explicit SizingBackend(const Backend& sizes) : m_sizes(sizes) {}

    // Of all that is alive.
    int64_t bytesInUse() const { return m_bytes; }

    std::string name() const override { return m_sizes.name(); }
    BackendTraits traits() const override { return m_sizes.traits(); }
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

    Status upload(void*, const void*, int64_t) override { return okStatus(); }
    Status download(void*, const void*, int64_t) override { return okStatus(); }
    void copy(void*, const void*, int64_t) override {}
    void copyPage(KvPage&, const KvPage&, int64_t) override {}
    void setPage(void*, int64_t, const KvPage&) override {}
    Status exportPage(const KvPage&, int64_t, int64_t, std::byte*) override { return okStatus(); }
    Status importPages(std::span<const PageImport>) override { return okStatus(); }
    Status exportState(const StateShape&, const void*, std::byte*) override { return okStatus(); }
    Status importState(const StateShape&, void*, const std::byte*) override { return okStatus(); }

    void embed(const Matrix&, const int32_t*, int64_t, float, float*) override {}
    void matmul(const MatmulArgs&) override {}
    void conv(std::span<const ConvArgs>) override {}
    void ssd(std::span<const SsdArgs>) override {}
    void gatedNorm(const GatedNormArgs&) override {}
    void rope(std::span<const RopeArgs>) override {}
    void addBias(const BiasArgs&) override {}
    void route(const RouteArgs&) override {}
    void experts(const ExpertsArgs&) override {}
    void kvAppend(std::span<const KvAppendArgs>) override {}
    void attention(std::span<const AttentionArgs>) override {}
    Status sync() override { return okStatus(); }

private:
    const Backend& m_sizes;
    int64_t m_bytes = 0;
};

}  // namespace tl
