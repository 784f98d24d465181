// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>

#include "kernels/backend.h"
#include "kernels/cpu/kernel_table.h"

namespace tl::cpu {

// Where the pieces of one SSD call lie in its workspace. Chunks are at most kSsdChunk tokens; the
// last may be shorter, so padding never exists.
struct SsdPlan {
    int64_t tokens, chunks, heads, groups, stateSize;  // stateSize = stateDim * headDim

    explicit SsdPlan(const SsdArgs& a)
        : tokens(a.tokens)
        , chunks((a.tokens + kSsdChunk - 1) / kSsdChunk)
        , heads(a.heads)
        , groups(a.groups)
        , stateSize(a.stateDim * a.headDim) {}

    int64_t chunkTokens(int64_t chunk) const {
        return std::min(kSsdChunk, tokens - chunk * kSsdChunk);
    }

    // (heads, chunks, kSsdChunk) each: dt, then decay.
    float* dt(float* workspace, int64_t head, int64_t chunk) const {
        return workspace + (head * chunks + chunk) * kSsdChunk;
    }
    float* decay(float* workspace, int64_t head, int64_t chunk) const {
        return dt(workspace + heads * chunks * kSsdChunk, head, chunk);
    }
    // (groups, chunks, kSsdChunk, kSsdChunk)
    float* scores(float* workspace, int64_t group, int64_t chunk) const {
        return workspace + 2 * heads * chunks * kSsdChunk +
               (group * chunks + chunk) * kSsdChunk * kSsdChunk;
    }
    // (heads, chunks, stateSize): what a chunk adds, then the state before it.
    float* state(float* workspace, int64_t head, int64_t chunk) const {
        return scores(workspace, groups, 0) + (head * chunks + chunk) * stateSize;
    }

    static int64_t workspaceFloats(const Backend::Limits& l) {
        const int64_t most = (l.tokens + kSsdChunk - 1) / kSsdChunk;
        return most * (2 * l.ssmHeads * kSsdChunk + l.ssmHeads * kSsdChunk * kSsdChunk +
                       l.ssmHeads * l.ssmStateDim * l.ssmHeadDim);
    }
    // Of one thread: B transposed, or x weighted.
    static int64_t scratchFloats(const Backend::Limits& l) {
        return kSsdChunk * std::max(l.ssmStateDim, l.ssmHeadDim);
    }
};

}  // namespace tl::cpu
