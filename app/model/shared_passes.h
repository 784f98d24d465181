// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <vector>

#include "app/model/language_model.h"
#include "base/result.h"

namespace tl {

// Lets questions that are each asked by code of their own, one step after the other, share passes
// over the model's weights. Every worker has a thread, and they run one at a time: a worker goes on
// until it calls a sequence, then it is the next one's turn; when all of them wait for the model,
// their calls are one LanguageModel::runTogether(). So what a worker does needs no lock, and it is
// what it would do alone. The model outlives it; nothing else may use the model during run().
class SharedPasses {
public:
    explicit SharedPasses(LanguageModel& model) : m_model(model) {}

    // Calls of the sequences that this gives are shared during run(), and go straight to the model
    // outside of it.
    Result<std::unique_ptr<TokenSequence>> newSequence(int64_t maxTokens);

    // Calls work(worker) once for each worker in [0, workers), each on a thread of its own, and
    // returns when all have ended. work must not throw. At most LanguageModel::kMostTogether.
    void run(size_t workers, const std::function<void(size_t)>& work);

private:
    friend class SharedSequence;

    // A call that waits for the model, with the worker that waits for it.
    struct Waiting {
        SequenceCall call;
        std::stop_token stop;
        Status status = okStatus();
        bool isDone = false;
        std::condition_variable turn{};
    };

    Status call(const SequenceCall& call, const std::stop_token& stop);
    void passTurn();
    void computeAll();

    LanguageModel& m_model;
    std::mutex m_turn;                // held by whoever's turn it is
    size_t m_working = 0;             // workers that have not ended
    std::vector<Waiting*> m_waiting;  // for the model
    std::deque<Waiting*> m_done;      // answered, waiting for their turn
};

// `model` with sequences whose calls are shared. Both outlive it.
class SharedModel final : public LanguageModel {
public:
    SharedModel(LanguageModel& model, SharedPasses& passes) : m_model(model), m_passes(passes) {}

    const ModelConfig& config() const override { return m_model.config(); }
    const Tokenizer& tokenizer() const override { return m_model.tokenizer(); }
    Result<MemoryForecast> forecast(std::span<const SequencePlan> sequences) const override {
        return m_model.forecast(sequences);
    }
    SavedSizes savedSizes() const override { return m_model.savedSizes(); }
    std::string backendName() const override { return m_model.backendName(); }
    const Fingerprint& fingerprint() const override { return m_model.fingerprint(); }
    Result<std::vector<std::byte>> saveState(const Snapshot& snapshot) const override {
        return m_model.saveState(snapshot);
    }
    Result<std::vector<SavedPages>> savePages(const Snapshot& snapshot,
                                              int64_t from) const override {
        return m_model.savePages(snapshot, from);
    }
    std::unique_ptr<StateLoader> newStateLoader() const override {
        return m_model.newStateLoader();
    }
    Result<std::unique_ptr<TokenSequence>> newSequence(int64_t maxTokens) override {
        return m_passes.newSequence(maxTokens);
    }

private:
    LanguageModel& m_model;
    SharedPasses& m_passes;
};

}  // namespace tl
