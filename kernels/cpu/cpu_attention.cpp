// SPDX-License-Identifier: Apache-2.0
// Attention over threads: blocks of query tokens times key heads times parts of the key range, each
// with its own running maximum and sum, put together at the end.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "kernels/cpu/attention_plan.h"
#include "kernels/cpu/cpu_backend.h"

namespace tl::cpu {

struct CpuBackend::AttentionPlan {
    const AttentionArgs* args = nullptr;
    int64_t perKvHead = 0;  // query heads of one key head
    int64_t blocks = 0;     // of query tokens
    int64_t splits = 0;     // of the key range
    int64_t splitKeys = 0;
    int64_t kvHeads = 0;
    int64_t dim = 0;
    int64_t position = 0, tokens = 0, window = 0;

    // Workspace, from these rows on; a block's rows are (kvHead, token, head of the kvHead).
    int64_t firstRow = 0;
    int64_t firstPartial = 0;
    float* queries = nullptr;     // (blocks, kvHeads, rowsPerHead, dim)
    int64_t* firstKey = nullptr;  // (blocks, kvHeads, rowsPerHead)
    int64_t* lastKey = nullptr;
    float* maximum = nullptr;  // (tasks, rowsPerHead)
    float* sum = nullptr;
    float* out = nullptr;  // (tasks, rowsPerHead, dim)

    int64_t rowsPerHead() const { return std::min(kQueryTokens, tokens) * perKvHead; }
    int64_t blockTokens(int64_t block) const {
        return std::min(kQueryTokens, tokens - block * kQueryTokens);
    }
    int64_t firstVisible(int64_t token) const {
        return window > 0 ? std::max<int64_t>(0, position + token - window + 1) : 0;
    }
    // Keys that a block looks at: [begin, end).
    int64_t blockBegin(int64_t block) const { return firstVisible(block * kQueryTokens); }
    int64_t blockEnd(int64_t block) const {
        return position + block * kQueryTokens + blockTokens(block);
    }
    int64_t taskOf(int64_t block, int64_t kvHead, int64_t split) const {
        return (block * kvHeads + kvHead) * splits + split;
    }
    int64_t tasks() const { return blocks * kvHeads * splits; }
    int64_t rows() const { return blocks * kvHeads * rowsPerHead(); }
    int64_t partials() const { return tasks() * rowsPerHead(); }
};

// `before`: null, or the plan whose workspace comes before this one's.
CpuBackend::AttentionPlan CpuBackend::planAttention(const AttentionArgs& a,
                                                    const AttentionPlan* before) const {
    AttentionPlan plan;
    plan.args = &a;
    plan.kvHeads = a.kv.kvHeads;
    plan.dim = a.kv.headDim;
    plan.perKvHead = a.heads / a.kv.kvHeads;
    plan.position = a.position;
    plan.tokens = a.tokens;
    plan.window = a.window;
    plan.blocks = (a.tokens + kQueryTokens - 1) / kQueryTokens;
    int64_t keys = a.position + a.tokens;
    // A block sees its first token's window and its own tokens.
    if (a.window > 0) {
        keys = std::min(keys, a.window + kQueryTokens);
    }
    const int64_t most = std::max<int64_t>(1, kMostSplits / (plan.blocks * plan.kvHeads));
    const int64_t wanted = std::clamp<int64_t>(keys / kShortestSplit, 1, most);
    plan.splitKeys = ((keys + wanted - 1) / wanted + kKeyTile - 1) / kKeyTile * kKeyTile;
    plan.splits = (keys + kKeyTile + plan.splitKeys - 1) / plan.splitKeys;
    plan.splits = std::min(plan.splits, most);

    if (before != nullptr) {
        plan.firstRow = before->firstRow + before->rows();
        plan.firstPartial = before->firstPartial + before->partials();
    }
    const int64_t rows = AttentionWorkspace::rows(m_limits);
    const int64_t partials = AttentionWorkspace::partialRows(m_limits);
    auto* firstKeys = reinterpret_cast<int64_t*>(m_attention.get());
    auto* queries = reinterpret_cast<float*>(firstKeys + 2 * rows);
    float* maxima = queries + rows * m_limits.headDim;
    plan.firstKey = firstKeys + plan.firstRow;
    plan.lastKey = firstKeys + rows + plan.firstRow;
    plan.queries = queries + plan.firstRow * plan.dim;
    plan.maximum = maxima + plan.firstPartial;
    plan.sum = maxima + partials + plan.firstPartial;
    plan.out = maxima + 2 * partials + plan.firstPartial * plan.dim;
    return plan;
}

// Scaled queries of a block, rows of one key head together, and what each of them sees.
void CpuBackend::gatherQueries(const AttentionPlan& plan, int64_t block) {
    const AttentionArgs& a = *plan.args;
    for (int64_t t = 0; t < plan.blockTokens(block); ++t) {
        const int64_t token = block * kQueryTokens + t;
        const double visible = static_cast<double>(a.position + token + 1);
        // Scaled here, where each query is touched once, and not in every logit.
        const double stretch =
            a.logScaleBase > 0 ? std::max(1.0, std::log(visible) / std::log(a.logScaleBase)) : 1.0;
        const float scale = static_cast<float>(static_cast<double>(a.scale) * stretch);
        for (int64_t head = 0; head < a.heads; ++head) {
            const int64_t row =
                (block * plan.kvHeads + head / plan.perKvHead) * plan.rowsPerHead() +
                t * plan.perKvHead + head % plan.perKvHead;
            const float* from = a.q + token * a.qStride + head * plan.dim;
            for (int64_t d = 0; d < plan.dim; ++d) {
                plan.queries[row * plan.dim + d] = from[d] * scale;
            }
            plan.firstKey[row] = plan.firstVisible(token);
            plan.lastKey[row] = a.position + token;
        }
    }
}

void CpuBackend::attendTask(const AttentionPlan& plan, int64_t task, int thread) {
    const int64_t split = task % plan.splits;
    const int64_t kvHead = task / plan.splits % plan.kvHeads;
    const int64_t block = task / plan.splits / plan.kvHeads;
    const int64_t rows = plan.blockTokens(block) * plan.perKvHead;
    const int64_t query = (block * plan.kvHeads + kvHead) * plan.rowsPerHead();
    const int64_t partial = task * plan.rowsPerHead();
    std::fill_n(plan.maximum + partial, rows, -std::numeric_limits<float>::infinity());
    std::fill_n(plan.sum + partial, rows, 0.0F);
    std::fill_n(plan.out + partial * plan.dim, rows * plan.dim, 0.0F);

    // Parts begin on tile borders, so that no tile is decoded twice.
    const int64_t start = plan.blockBegin(block) / kKeyTile * kKeyTile;
    const int64_t begin = start + split * plan.splitKeys;
    const int64_t last = split + 1 == plan.splits
                             ? plan.blockEnd(block)
                             : std::min(plan.blockEnd(block), begin + plan.splitKeys);
    if (begin >= last) {
        return;
    }
    AttendArgs args = {};
    args.q = plan.queries + query * plan.dim;
    args.firstKey = plan.firstKey + query;
    args.lastKey = plan.lastKey + query;
    args.kv = plan.args->kv;
    args.kvHead = kvHead;
    args.rows = rows;
    args.begin = begin;
    args.end = last;
    args.maximum = plan.maximum + partial;
    args.sum = plan.sum + partial;
    args.out = plan.out + partial * plan.dim;
    args.scratch = m_scratch[static_cast<size_t>(thread)].asFloats();
    m_table.attend(args);
}

// Puts the splits of one row together; leaves the whole maximum and sum in split 0, at `first`.
void CpuBackend::mergeRow(const AttentionPlan& plan, int64_t first, float* out) {
    const int64_t stride = plan.rowsPerHead();
    float maximum = plan.maximum[first];
    for (int64_t s = 1; s < plan.splits; ++s) {
        maximum = std::max(maximum, plan.maximum[first + s * stride]);
    }
    float sum = 0;
    std::fill_n(out, plan.dim, 0.0F);
    for (int64_t s = 0; s < plan.splits; ++s) {
        const int64_t row = first + s * stride;
        // A split in which the row sees nothing has -inf as its maximum, and so the weight 0.
        const float weight = std::exp(plan.maximum[row] - maximum);
        sum += weight * plan.sum[row];
        for (int64_t d = 0; d < plan.dim; ++d) {
            out[d] += weight * plan.out[row * plan.dim + d];
        }
    }
    const float inverse = 1.0F / sum;
    for (int64_t d = 0; d < plan.dim; ++d) {
        out[d] *= inverse;
    }
    plan.maximum[first] = maximum;
    plan.sum[first] = sum;
}

void CpuBackend::mergeSplits(const AttentionPlan& plan, int64_t block) {
    const AttentionArgs& a = *plan.args;
    for (int64_t kvHead = 0; kvHead < plan.kvHeads; ++kvHead) {
        const int64_t first = plan.taskOf(block, kvHead, 0) * plan.rowsPerHead();
        for (int64_t r = 0; r < plan.blockTokens(block) * plan.perKvHead; ++r) {
            const int64_t token = block * kQueryTokens + r / plan.perKvHead;
            const int64_t head = kvHead * plan.perKvHead + r % plan.perKvHead;
            mergeRow(plan, first + r, a.out + (token * a.heads + head) * plan.dim);
        }
    }
}

// A second pass over the keys, now that every row's maximum and sum are known: tasks are ranges of
// keys, so that no two of them add to the same score.
void CpuBackend::addScores(const AttentionPlan& plan) {
    const AttentionArgs& a = *plan.args;
    const int64_t keysPerTask = 16 * kKeyTile;
    m_pool.run((a.position + keysPerTask - 1) / keysPerTask, [&](int64_t task, int thread) {
        for (int64_t block = 0; block < plan.blocks; ++block) {
            const int64_t firstToken = std::max(a.scoreBegin - block * kQueryTokens, int64_t{0});
            const int64_t endToken =
                std::min(a.scoreEnd - block * kQueryTokens, plan.blockTokens(block));
            for (int64_t kvHead = 0; kvHead < plan.kvHeads && firstToken < endToken; ++kvHead) {
                const int64_t row = firstToken * plan.perKvHead;
                const int64_t query = (block * plan.kvHeads + kvHead) * plan.rowsPerHead() + row;
                const int64_t partial = plan.taskOf(block, kvHead, 0) * plan.rowsPerHead() + row;
                AttendArgs args = {};
                args.q = plan.queries + query * plan.dim;
                args.firstKey = plan.firstKey + query;
                args.lastKey = plan.lastKey + query;
                args.kv = a.kv;
                args.kvHead = kvHead;
                args.rows = (endToken - firstToken) * plan.perKvHead;
                args.begin = task * keysPerTask;
                args.end = std::min(a.position, args.begin + keysPerTask);
                args.maximum = plan.maximum + partial;
                args.sum = plan.sum + partial;
                args.scratch = m_scratch[static_cast<size_t>(thread)].asFloats();
                args.scores = a.scores;
                m_table.attendScores(args);
            }
        }
    });
}

// One plan, or several of one block each. Neighbouring tasks are the same part of the key range for
// one plan after the other: sequences that go on from the same snapshot share its pages, and find
// them in a core's own cache.
void CpuBackend::attend(std::span<const AttentionPlan> plans) {
    const auto count = static_cast<int64_t>(plans.size());
    const auto planOf = [&](int64_t task) -> const AttentionPlan& {
        return plans[static_cast<size_t>(task % count)];
    };
    int64_t most = 0;
    for (const AttentionPlan& plan : plans) {
        most = std::max(most, plan.tasks());
    }
    const int64_t blocks = count * plans.front().blocks;
    m_pool.run(blocks, [&](int64_t task, int) { gatherQueries(planOf(task), task / count); });
    m_pool.run(count * most, [&](int64_t task, int thread) {
        if (task / count < planOf(task).tasks()) {
            attendTask(planOf(task), task / count, thread);
        }
    });
    m_pool.run(blocks, [&](int64_t task, int) { mergeSplits(planOf(task), task / count); });
    for (const AttentionPlan& plan : plans) {
        if (plan.args->scores != nullptr && plan.args->scoreEnd > plan.args->scoreBegin) {
            addScores(plan);
        }
    }
}

void CpuBackend::attention(std::span<const AttentionArgs> sequences) {
    std::array<AttentionPlan, kMostSequences> steps;
    size_t count = 0;
    for (const AttentionArgs& a : sequences) {
        if (a.tokens == 1) {
            steps[count] = planAttention(a, count == 0 ? nullptr : &steps[count - 1]);
            ++count;
        }
    }
    if (count > 0) {
        attend(std::span(steps).first(count));
    }
    for (const AttentionArgs& a : sequences) {
        if (a.tokens > 1) {
            const AttentionPlan plan = planAttention(a, nullptr);
            attend(std::span(&plan, 1));
        }
    }
}

}  // namespace tl::cpu
