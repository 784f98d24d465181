// SPDX-License-Identifier: Apache-2.0
// The chunked scan over threads: chunk states and chunk scores side by side, a short pass over the
// chunks of each head, then the chunks' outputs side by side.
#include <algorithm>
#include <cmath>

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

void CpuBackend::ssdSteps(std::span<const SsdArgs> sequences) {
    const int64_t heads = sequences.front().heads;
    m_pool.run(std::ssize(sequences) * heads, [&](int64_t task, int) {
        const SsdArgs& a = sequences[static_cast<size_t>(task / heads)];
        // Sequences of one call differ in length; the longer ones go chunk by chunk.
        if (a.tokens != 1) {
            return;
        }
        const int64_t head = task % heads;
        SsdChunkArgs c = chunkArgs(a, head, 0, 1);
        float dt = 0;
        float decay = 0;
        m_table.ssdDecay(a.dt + head, a.dtStride, a.dtBias[head], a.A[head], 1, &dt, &decay);
        c.dt = &dt;
        c.decay = &decay;
        m_table.ssmStep(c, a.h + head * a.stateDim * a.headDim);
    });
}

// Those of one layer, so all have as many heads.
void CpuBackend::ssd(std::span<const SsdArgs> sequences) {
    const auto isStep = [](const SsdArgs& a) { return a.tokens == 1; };
    if (std::any_of(sequences.begin(), sequences.end(), isStep)) {
        ssdSteps(sequences);
    }
    for (const SsdArgs& a : sequences) {
        if (!isStep(a)) {
            ssdChunks(a);
        }
    }
}

void CpuBackend::ssdChunks(const SsdArgs& a) {
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

    // Scores belong to a group of heads, states to a head; neither needs the other.
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
    // The one part that goes through chunks in order. It is a multiplication and an addition for
    // each float of the state, little beside the products before and after it.
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
