// SPDX-License-Identifier: Apache-2.0
#include "engine/model/passes.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "engine/model/model.h"
#include "engine/state/session_state.h"

namespace tl {
namespace {

// One sequence's work, and how far it is.
struct Progressing {
    const SequenceWork* work;
    int64_t start;  // position before it
    int64_t next;   // tokens of its next piece; 0 when all is done
    std::unique_ptr<Buffer> scores;

    int64_t done() const { return work->state->position - start; }

    void cut(int64_t batchTokens) {
        // Sums of floats depend on how a batch is cut. While reading, batches end at absolute
        // positions, so that reading in pieces gives the bits of reading at once.
        const int64_t into = work->isReading ? work->state->position % batchTokens : 0;
        next = std::min(batchTokens - into, std::ssize(work->tokens) - done());
    }

    Model::Part piece() const {
        AttentionPolicy policy = work->policy;
        if (scores) {
            policy.scores = scores->floats();
            policy.scoreBegin = std::clamp<int64_t>(work->pointers->begin - done(), 0, next);
            policy.scoreEnd = std::clamp<int64_t>(work->pointers->end - done(), 0, next);
        }
        const auto tokens = work->tokens.subspan(static_cast<size_t>(done()));
        return {tokens.first(static_cast<size_t>(next)), policy, work->state};
    }
};

constexpr int64_t kFloat = sizeof(float);

// Takes the memory for the weights of pointers.
Result<std::vector<Progressing>> begin(const Model& model, std::span<const SequenceWork> works) {
    std::vector<Progressing> all;
    for (const SequenceWork& work : works) {
        Progressing one{&work, work.state->position, 0, nullptr};
        if (work.pointers != nullptr) {
            auto memory = model.backend().allocate((one.start + std::ssize(work.tokens)) * kFloat);
            if (!memory.ok()) {
                return memory.error();
            }
            one.scores = std::move(memory).value();
        }
        one.cut(model.batchTokens());
        all.push_back(std::move(one));
    }
    return all;
}

// The next pieces that fit into one pass, the longest first: what is left of long ones then finds
// its like. Empty when all is done.
std::vector<Model::Part> nextPass(std::vector<Progressing>& all, int64_t batchTokens) {
    std::stable_sort(all.begin(), all.end(), [](const Progressing& a, const Progressing& b) {
        return a.next > b.next;
    });
    std::vector<Model::Part> parts;
    int64_t rows = 0;
    for (const Progressing& one : all) {
        if (one.next > 0 && rows + one.next <= batchTokens) {
            rows += one.next;
            parts.push_back(one.piece());
        }
    }
    return parts;
}

Status download(const Model& model, const std::vector<Progressing>& all) {
    for (const Progressing& one : all) {
        if (!one.scores) {
            continue;
        }
        std::vector<float>& scores = one.work->pointers->scores;
        scores.resize(static_cast<size_t>(one.start));
        Status status =
            model.backend().download(scores.data(), one.scores->data(), one.start * kFloat);
        if (!status.ok()) {
            return status;
        }
    }
    return okStatus();
}

}  // namespace

Status runPasses(const Model& model,
                 std::span<const SequenceWork> works,
                 const std::stop_token& stop,
                 const std::function<void()>& afterPass) {
    Result<std::vector<Progressing>> begun = begin(model, works);
    if (!begun.ok()) {
        return begun.error();
    }
    std::vector<Progressing>& all = begun.value();
    for (;;) {
        const std::vector<Model::Part> parts = nextPass(all, model.batchTokens());
        if (parts.empty()) {
            return download(model, all);
        }
        if (Status status = model.forward(parts, stop); !status.ok()) {
            return status;
        }
        for (Progressing& one : all) {
            one.cut(model.batchTokens());
        }
        if (afterPass) {
            afterPass();
        }
    }
}

}  // namespace tl
