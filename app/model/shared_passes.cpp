// SPDX-License-Identifier: Apache-2.0
#include "app/model/shared_passes.h"

#include <cassert>
#include <thread>
#include <utility>

namespace tl {

// A sequence of the model whose calls wait for those of other workers.
class SharedSequence final : public TokenSequence {
public:
    SharedSequence(SharedPasses& passes, std::unique_ptr<TokenSequence> sequence)
        : m_passes(passes), m_sequence(std::move(sequence)) {}

    // Progress is told at the end.
    Status read(std::span<const TokenId> tokens,
                const std::stop_token& stop,
                const ProgressFn& progress) override {
        Status status = m_passes.call({m_sequence.get(), tokens, /*isReading=*/true}, stop);
        if (status.ok() && progress) {
            progress({std::ssize(tokens), std::ssize(tokens)});
        }
        return status;
    }
    Status ask(std::span<const TokenId> tokens,
               const std::stop_token& stop,
               Pointers* pointers) override {
        return m_passes.call({m_sequence.get(), tokens, /*isReading=*/false, pointers}, stop);
    }
    Status step(TokenId token) override {
        return m_passes.call({m_sequence.get(), {&token, 1}, /*isReading=*/false}, {});
    }
    Result<std::span<const float>> logits() override { return m_sequence->logits(); }
    int64_t position() const override { return m_sequence->position(); }
    int64_t maxTokens() const override { return m_sequence->maxTokens(); }
    int64_t tokensEvaluated() const override { return m_sequence->tokensEvaluated(); }
    Result<Snapshot> snapshot() const override { return m_sequence->snapshot(); }
    Status restore(const Snapshot& snapshot) override { return m_sequence->restore(snapshot); }

private:
    SharedPasses& m_passes;
    std::unique_ptr<TokenSequence> m_sequence;
};

Result<std::unique_ptr<TokenSequence>> SharedPasses::newSequence(int64_t maxTokens) {
    Result<std::unique_ptr<TokenSequence>> sequence = m_model.newSequence(maxTokens);
    if (!sequence.ok()) {
        return sequence.error();
    }
    return std::unique_ptr<TokenSequence>(
        std::make_unique<SharedSequence>(*this, std::move(sequence).value()));
}

void SharedPasses::run(size_t workers, const std::function<void(size_t)>& work) {
    assert(workers <= LanguageModel::kMostTogether);
    m_working = workers;
    std::vector<std::jthread> threads;
    for (size_t worker = 0; worker < workers; ++worker) {
        threads.emplace_back([this, worker, &work] {
            const std::lock_guard lock(m_turn);
            work(worker);
            --m_working;
            passTurn();
        });
    }
}

// The caller holds m_turn, gives it away and has it again in the end.
Status SharedPasses::call(const SequenceCall& call, const std::stop_token& stop) {
    Waiting mine{call, stop};
    if (m_working == 0) {
        return m_model.runTogether({&call, 1}, stop);
    }
    std::unique_lock lock(m_turn, std::adopt_lock);
    m_waiting.push_back(&mine);
    passTurn();
    mine.turn.wait(lock, [&] { return mine.isDone; });
    lock.release();
    return mine.status;
}

void SharedPasses::passTurn() {
    if (m_working > 0 && m_waiting.size() == m_working) {
        computeAll();
    }
    if (!m_done.empty()) {
        Waiting& next = *m_done.front();
        m_done.pop_front();
        next.isDone = true;
        next.turn.notify_one();
    }
}

void SharedPasses::computeAll() {
    std::vector<SequenceCall> calls;
    // One stop token is asked for all calls: workers of one run are stopped together.
    std::stop_token stop;
    for (const Waiting* waiting : m_waiting) {
        calls.push_back(waiting->call);
        if (waiting->stop.stop_possible()) {
            stop = waiting->stop;
        }
    }
    const Status status = m_model.runTogether(calls, stop);
    for (Waiting* waiting : m_waiting) {
        waiting->status = status;
        m_done.push_back(waiting);
    }
    m_waiting.clear();
}

}  // namespace tl
