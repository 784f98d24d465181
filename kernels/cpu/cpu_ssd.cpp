// SPDX-License-Identifier: Apache-2.0
// The chunked scan over threads: chunk states and chunk scores side by side, a short pass over the
// chunks of each head, then the chunks' outputs side by side.
#include <cmath>
#include <cstring>

#include "kernels/cpu/cpu_backend.h"
#include "kernels/cpu/ssd_plan.h"

namespace tl::cpu {
namespace {

// One head of one chunk, without its workspace.
SsdChunkArgs chunkArgs(const SsdArgs& a, int64_t head, int64_t firstToken, int64_t tokens) {
    const int64_t inner = a.heads * a.headDim;
    const int64_t width = inner + 2 * a.groups * a.stateDim;
    const int64_t group = head / (a.heads / a.groups);
    const float* row = a.xBC + firstToken * width;
    SsdChunkArgs c = {};
    c.x = row + head * a.headDim;
    c.B = row + inner + group * a.stateDim;
    c.C = row + inner + (a.groups + group) * a.stateDim;
    c.y = a.y + firstToken * inner + head * a.headDim;
    c.tokens = tokens;
    c.headDim = a.headDim;
    c.stateDim = a.stateDim;
    c.inStride = width;
    c.yStride = inner;
    c.D = a.D[head];
    return c;
}

}  // namespace

void CpuBackend::ssdStep(const SsdArgs& a) {
    const int64_t stateSize = a.stateDim * a.headDim;
    m_pool.run(a.heads, [&](int64_t head, int) {
        SsdChunkArgs c = chunkArgs(a, head, 0, 1);
        float dt = 0;
        float decay = 0;
        m_table.ssdDecay(a.dt + head, a.dtStride, a.dtBias[head], a.A[head], 1, &dt, &decay);
        c.dt = &dt;
        c.decay = &decay;
        m_table.ssmStep(c, a.h + head * stateSize);
    });
}

void CpuBackend::ssd(const SsdArgs& a) {
    if (a.tokens == 1) {
        ssdStep(a);
        return;
    }
    const SsdPlan plan(a);
    auto* workspace = reinterpret_cast<float*>(m_ssd.get());
    const auto argsOf = [&](int64_t head, int64_t chunk, int thread) {
        SsdChunkArgs c = chunkArgs(a, head, chunk * kSsdChunk, plan.chunkTokens(chunk));
        c.dt = plan.dt(workspace, head, chunk);
        c.decay = plan.decay(workspace, head, chunk);
        c.scores = plan.scores(workspace, head / (a.heads / a.groups), chunk);
        c.state = plan.state(workspace, head, chunk);
        c.h = c.state;
        c.scratch = m_scratch[static_cast<size_t>(thread)].asFloats();
        return c;
    };

    const int64_t headTasks = a.heads * plan.chunks;
    m_pool.run(headTasks + a.groups * plan.chunks, [&](int64_t task, int thread) {
        if (task >= headTasks) {
            const int64_t chunk = (task - headTasks) % plan.chunks;
            const int64_t group = (task - headTasks) / plan.chunks;
            const SsdChunkArgs c = argsOf(group * (a.heads / a.groups), chunk, thread);
            m_table.ssdScores(c.B,
                              c.C,
                              c.inStride,
                              c.tokens,
                              c.stateDim,
                              c.scratch,
                              plan.scores(workspace, group, chunk));
            return;
        }
        const int64_t head = task / plan.chunks;
        const int64_t chunk = task % plan.chunks;
        m_table.ssdDecay(a.dt + chunk * kSsdChunk * a.dtStride + head,
                         a.dtStride,
                         a.dtBias[head],
                         a.A[head],
                         plan.chunkTokens(chunk),
                         plan.dt(workspace, head, chunk),
                         plan.decay(workspace, head, chunk));
        m_table.ssdChunkState(argsOf(head, chunk, thread));
    });
    m_pool.run(a.heads, [&](int64_t head, int) {
        float* h = a.h + head * plan.stateSize;
        for (int64_t chunk = 0; chunk < plan.chunks; ++chunk) {
            const float last = plan.decay(workspace, head, chunk)[plan.chunkTokens(chunk) - 1];
            m_table.ssdPass(h, plan.state(workspace, head, chunk), std::exp(last), plan.stateSize);
        }
    });
    m_pool.run(headTasks, [&](int64_t task, int thread) {
        m_table.ssdChunkOutput(argsOf(task / plan.chunks, task % plan.chunks, thread));
    });
}

}  // namespace tl::cpu
