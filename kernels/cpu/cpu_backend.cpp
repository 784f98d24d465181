// SPDX-License-Identifier: Apache-2.0
#include "kernels/cpu/cpu_backend.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "kernels/cpu/attention_plan.h"
#include "kernels/cpu/cpu_kv_page.h"
#include "kernels/cpu/ssd_plan.h"

namespace tl::cpu {
namespace {

// Long enough to reuse each weight from cache many times, short enough that activations stay near
// the cores.
constexpr int64_t kBatchTokens = 256;
// Vectors have sixteen lanes.
constexpr int64_t kSizeMultiple = 16;

class CpuBuffer final : public Buffer {
public:
    CpuBuffer(AlignedMemory memory, int64_t bytes) : m_memory(std::move(memory)) {
        m_data = m_memory.get();
        m_bytes = bytes;
    }

private:
    AlignedMemory m_memory;
};

int64_t stateBytes(const StateShape& shape) {
    int64_t bytes = sizeof(float);
    for (const int64_t size : shape.sizes) {
        bytes *= size;
    }
    return bytes;
}

// The last taps - 1 inputs of state and tokens together, oldest first.
void keepLastInputs(const ConvArgs& a) {
    for (int64_t k = 0; k < a.taps - 1; ++k) {
        // Oldest first: a row of the state is read before the one in whose place it goes.
        const int64_t from = a.tokens + k - (a.taps - 1);
        const float* row =
            from >= 0 ? a.in + from * a.inStride : a.state + (from + a.taps - 1) * a.channels;
        std::memcpy(a.state + k * a.channels, row, static_cast<size_t>(a.channels) * sizeof(float));
    }
}

}  // namespace

CpuBackend::CpuBackend(const KernelTable& table, int threads, ActivationType activations)
    : m_table(table), m_activations(activations), m_pool(threads) {}

std::string CpuBackend::name() const {
    const int threads = m_pool.threads();
    return "cpu " + std::string(m_table.name) + ", " + std::to_string(threads) +
           (threads == 1 ? " thread" : " threads");
}

BackendTraits CpuBackend::traits() const {
    return {kBatchTokens, kSizeMultiple, static_cast<int64_t>(sizeof(PageParts)), m_activations};
}

Result<std::unique_ptr<Buffer>> CpuBackend::allocate(int64_t bytes) {
    AlignedMemory memory = allocateAligned(bytes);
    if (!memory) {
        return Error{ErrorCode::kOutOfMemory,
                     "no memory for " + std::to_string(bytes >> 20) + " MiB"};
    }
    return std::unique_ptr<Buffer>(std::make_unique<CpuBuffer>(std::move(memory), bytes));
}

Result<std::unique_ptr<Matrix>> CpuBackend::pack(WeightType type,
                                                 const void* data,
                                                 int64_t rows,
                                                 int64_t columns) {
    Result<std::unique_ptr<PackedMatrix>> packed = PackedMatrix::pack(type, data, rows, columns);
    if (!packed.ok()) {
        return packed.error();
    }
    return std::unique_ptr<Matrix>(std::move(packed).value());
}

Result<std::unique_ptr<KvPage>> CpuBackend::allocatePage(const PageShape& shape) {
    Result<std::unique_ptr<CpuKvPage>> page = CpuKvPage::create(shape);
    if (!page.ok()) {
        return page.error();
    }
    return std::unique_ptr<KvPage>(std::move(page).value());
}

CpuBackend::WorkspaceSizes CpuBackend::workspaceSizes(const Limits& limits) {
    // A pair of panels: widened (2 x 16 bytes a column, with a scale per 16 columns at most) or
    // decoded (32 floats a column).
    const int64_t widest = std::max(limits.columns, limits.expertColumns);
    const int64_t pairFloats = 32 * widest;
    const int64_t floats = std::max({pairFloats,
                                     attendScratch(limits.headDim, kQueryTokens * limits.heads),
                                     SsdPlan::scratchFloats(limits)});
    const int64_t values =
        limits.tokens * std::max(limits.columns, limits.expertsUsed * limits.expertColumns);
    return {.scratchBytes = 32 * widest,
            .scratchFloats = 4 * floats,
            .scratchProducts = limits.expertsUsed == 0 ? 0 : 4 * 2 * kPanelRows * limits.tokens,
            .quantized = values,
            .blockScales = values / kQuantBlock * static_cast<int64_t>(sizeof(BlockScale)),
            .normed = 4 * values,
            .ssd = 4 * SsdPlan::workspaceFloats(limits),
            .attention = AttentionWorkspace::bytes(limits),
            .experts = expertRowBytes(limits)};
}

int64_t CpuBackend::workspaceBytes(const Limits& limits) const {
    const WorkspaceSizes sizes = workspaceSizes(limits);
    return m_pool.threads() * (sizes.scratchBytes + sizes.scratchFloats + sizes.scratchProducts) +
           sizes.quantized + sizes.blockScales + sizes.normed + sizes.ssd + sizes.attention +
           sizes.experts;
}

int64_t CpuBackend::packedBytes(WeightType type, int64_t rows, int64_t columns) const {
    return PackedMatrix::bytesFor(type, rows, columns);
}

int64_t CpuBackend::pageBytes(const PageShape& shape) const {
    return CpuKvPage::bytesFor(shape);
}

Status CpuBackend::prepare(const Limits& limits) {
    m_limits = limits;
    const WorkspaceSizes sizes = workspaceSizes(limits);
    m_scratch.resize(static_cast<size_t>(m_pool.threads()));
    bool ok = true;
    for (Scratch& scratch : m_scratch) {
        scratch.bytes = allocateAligned(sizes.scratchBytes);
        scratch.floats = allocateAligned(sizes.scratchFloats);
        scratch.products = allocateAligned(sizes.scratchProducts);
        ok = ok && scratch.bytes && scratch.floats && scratch.products;
    }
    m_quantized = allocateAligned(sizes.quantized);
    m_blockScales = allocateAligned(sizes.blockScales);
    m_normed = allocateAligned(sizes.normed);
    m_ssd = allocateAligned(sizes.ssd);
    m_attention = allocateAligned(sizes.attention);
    m_experts = allocateAligned(sizes.experts);
    ok = ok && m_quantized && m_blockScales && m_normed && m_ssd && m_attention && m_experts;
    if (!ok) {
        return Error{ErrorCode::kOutOfMemory, "no memory for the kernels' workspace"};
    }
    return okStatus();
}

Status CpuBackend::upload(void* to, const void* from, int64_t bytes) {
    copy(to, from, bytes);
    return okStatus();
}

Status CpuBackend::download(void* to, const void* from, int64_t bytes) {
    copy(to, from, bytes);
    return okStatus();
}

void CpuBackend::copy(void* to, const void* from, int64_t bytes) {
    std::memcpy(to, from, static_cast<size_t>(bytes));
}

void CpuBackend::copyPage(KvPage& to, const KvPage& from, int64_t positions) {
    static_cast<CpuKvPage&>(to).copyFrom(static_cast<const CpuKvPage&>(from), positions);
}

void CpuBackend::setPage(void* table, int64_t index, const KvPage& page) {
    static_cast<PageParts*>(table)[index] = static_cast<const CpuKvPage&>(page).parts();
}

Status CpuBackend::exportPage(const KvPage& page, int64_t first, int64_t count, std::byte* to) {
    static_cast<const CpuKvPage&>(page).exportTo(first, count, to);
    return okStatus();
}

Status CpuBackend::importPages(std::span<const PageImport> imports) {
    // Opening a project is little else than this copy, so all threads make it.
    m_pool.run(std::ssize(imports), [&](int64_t task, int) {
        const PageImport& import = imports[static_cast<size_t>(task)];
        static_cast<CpuKvPage*>(import.page)->importFrom(import.first, import.count, import.from);
    });
    return okStatus();
}

// The canonical order is this backend's own.
Status CpuBackend::exportState(const StateShape& shape, const void* from, std::byte* to) {
    copy(to, from, stateBytes(shape));
    return okStatus();
}

Status CpuBackend::importState(const StateShape& shape, void* to, const std::byte* from) {
    copy(to, from, stateBytes(shape));
    return okStatus();
}

void CpuBackend::embed(
    const Matrix& table, const int32_t* ids, int64_t tokens, float scale, float* out) {
    const auto& packed = static_cast<const PackedMatrix&>(table);
    const int64_t size = packed.columns();
    forRows(tokens, kRowsPerTask, [&](int64_t t) {
        float* row = out + t * size;
        packed.decodeRow(ids[t], row);
        for (int64_t i = 0; i < size; ++i) {
            row[i] *= scale;
        }
    });
}

void CpuBackend::conv(std::span<const ConvArgs> sequences) {
    forSequences(
        sequences,
        [&](const ConvArgs& a) {
            m_table.convRows(a, 0, 1);
            keepLastInputs(a);
        },
        [&](const ConvArgs& a) {
            const int64_t rows = 32;
            m_pool.run((a.tokens + rows - 1) / rows, [&](int64_t task, int) {
                m_table.convRows(a, task * rows, std::min(a.tokens, (task + 1) * rows));
            });
            keepLastInputs(a);
        });
}

void CpuBackend::gatedNorm(const GatedNormArgs& a) {
    const int64_t size = a.size / a.groups;
    forRows(a.tokens, a.tokens == 1 ? 1 : kRowsPerTask, [&](int64_t t) {
        for (int64_t g = 0; g < a.groups; ++g) {
            m_table.gatedNormRow(a.y + t * a.size + g * size,
                                 a.z + t * a.zStride + g * size,
                                 a.weight + g * size,
                                 a.epsilon,
                                 size);
        }
    });
}

void CpuBackend::rope(std::span<const RopeArgs> sequences) {
    forSequences(
        sequences,
        [&](const RopeArgs& a) { m_table.ropeRow(a, 0); },
        [&](const RopeArgs& a) {
            forRows(a.tokens, kRowsPerTask, [&](int64_t t) { m_table.ropeRow(a, t); });
        });
}

void CpuBackend::addBias(const BiasArgs& a) {
    forRows(a.tokens, kRowsPerTask, [&](int64_t t) {
        m_table.addBiasRow(a.x + t * a.stride, a.bias, a.size);
    });
}

void CpuBackend::kvAppend(std::span<const KvAppendArgs> sequences) {
    forSequences(
        sequences,
        [&](const KvAppendArgs& a) { m_table.kvAppendRow(a, 0); },
        [&](const KvAppendArgs& a) {
            forRows(a.tokens, kRowsPerTask, [&](int64_t t) { m_table.kvAppendRow(a, t); });
        });
}

}  // namespace tl::cpu

namespace tl {

Result<std::unique_ptr<Backend>> makeCpuBackend(int threads, ActivationType activations) {
    const cpu::KernelTable* table = cpu::chosenCpuKernels();
    if (table == nullptr) {
        // Asked for by name, so nothing else is taken in its place.
        const char* wanted = std::getenv("TL_KERNELS");
        std::string known;
        for (const cpu::KernelTable* t : cpu::runnableCpuKernels()) {
            known += (known.empty() ? "" : ", ") + std::string(t->name);
        }
        return Error{ErrorCode::kUnsupported,
                     "TL_KERNELS=" + std::string(wanted == nullptr ? "" : wanted) +
                         ": this machine runs " + known};
    }
    const int count = threads > 0 ? threads : usableCores();
    return std::unique_ptr<Backend>(std::make_unique<cpu::CpuBackend>(*table, count, activations));
}

}  // namespace tl
