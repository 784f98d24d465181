// SPDX-License-Identifier: Apache-2.0
#include "kernels/cpu/cpu_backend.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "kernels/cpu/attention_plan.h"
#include "kernels/cpu/ssd_plan.h"

namespace tl::cpu {
namespace {

// Rows of elementwise work that one thread takes at a time.
constexpr int64_t kRowsPerTask = 8;

class CpuBuffer final : public Buffer {
public:
    CpuBuffer(AlignedMemory memory, int64_t bytes) : m_memory(std::move(memory)) {
        m_data = m_memory.get();
        m_bytes = bytes;
    }

private:
    AlignedMemory m_memory;
};

}  // namespace

CpuBackend::CpuBackend(const KernelTable& table, int threads, ActivationType activations)
    : m_table(table), m_activations(activations), m_pool(threads) {}

std::string CpuBackend::name() const {
    const int threads = m_pool.threads();
    return "cpu " + std::string(m_table.name) + ", " + std::to_string(threads) +
           (threads == 1 ? " thread" : " threads");
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

Status CpuBackend::prepare(const Limits& limits) {
    m_limits = limits;
    // A pair of panels: widened (2 x 16 bytes a column, with a scale per 16 columns at most) or
    // decoded (32 floats a column).
    const int64_t pairFloats = 32 * limits.columns;
    const int64_t floats = std::max({pairFloats,
                                     attendScratch(limits.headDim, kQueryTokens * limits.heads),
                                     SsdPlan::scratchFloats(limits)});
    m_scratch.resize(static_cast<size_t>(m_pool.threads()));
    bool ok = true;
    for (Scratch& scratch : m_scratch) {
        scratch.bytes = allocateAligned(32 * limits.columns);
        scratch.floats = allocateAligned(4 * floats);
        ok = ok && scratch.bytes && scratch.floats;
    }
    const int64_t values = limits.tokens * limits.columns;
    m_quantized = allocateAligned(values);
    m_blockScales =
        allocateAligned(values / kQuantBlock * static_cast<int64_t>(sizeof(BlockScale)));
    m_normed = allocateAligned(4 * values);
    m_ssd = allocateAligned(4 * SsdPlan::workspaceFloats(limits));
    m_attention = allocateAligned(AttentionWorkspace::bytes(limits));
    if (!ok || !m_quantized || !m_blockScales || !m_normed || !m_ssd || !m_attention) {
        return Error{ErrorCode::kOutOfMemory, "no memory for the kernels' workspace"};
    }
    return okStatus();
}

void CpuBackend::copy(void* to, const void* from, int64_t bytes) {
    std::memcpy(to, from, static_cast<size_t>(bytes));
}

void CpuBackend::copyToDevice(float* to, const float* from, int64_t count) {
    std::memcpy(to, from, static_cast<size_t>(count) * sizeof(float));
}

void CpuBackend::copyToHost(float* to, const float* from, int64_t count) {
    std::memcpy(to, from, static_cast<size_t>(count) * sizeof(float));
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

void CpuBackend::rmsNorm(const RmsNormArgs& a) {
    forRows(a.tokens, kRowsPerTask, [&](int64_t t) {
        m_table.normRow(
            a.in + t * a.inStride, a.weight, a.epsilon, a.size, a.out + t * a.outStride);
    });
}

void CpuBackend::conv(const ConvArgs& a) {
    const int64_t rows = 32;
    m_pool.run((a.tokens + rows - 1) / rows, [&](int64_t task, int) {
        m_table.convRows(a, task * rows, std::min(a.tokens, (task + 1) * rows));
    });
    // The last taps - 1 inputs of state and tokens together, oldest first.
    for (int64_t k = 0; k < a.taps - 1; ++k) {
        const int64_t from = a.tokens + k - (a.taps - 1);
        const float* row =
            from >= 0 ? a.in + from * a.inStride : a.state + (from + a.taps - 1) * a.channels;
        std::memcpy(a.state + k * a.channels, row, static_cast<size_t>(a.channels) * sizeof(float));
    }
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

void CpuBackend::kvAppend(const KvAppendArgs& a) {
    forRows(a.tokens, kRowsPerTask, [&](int64_t t) { m_table.kvAppendRow(a, t); });
}

}  // namespace tl::cpu

namespace tl {

Result<std::unique_ptr<Backend>> makeCpuBackend(int threads, ActivationType activations) {
    const cpu::KernelTable* table = cpu::chosenCpuKernels();
    if (table == nullptr) {
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
