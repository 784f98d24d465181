// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "engine/fingerprint.h"
#include "engine/memory_forecast.h"
#include "engine/model_config.h"
#include "engine/saved_state.h"
#include "engine/session.h"
#include "engine/snapshot.h"
#include "engine/tokenizer.h"

namespace tl {

// What the services need of a sequence in the engine; see Session for what each call does.
// Between the services and the engine so that tests can put a scripted model in its place.
class TokenSequence {
public:
    virtual ~TokenSequence() = default;

    virtual Status read(std::span<const TokenId> tokens,
                        const std::stop_token& stop,
                        const ProgressFn& progress) = 0;
    virtual Status ask(std::span<const TokenId> tokens,
                       const std::stop_token& stop,
                       Pointers* pointers) = 0;
    virtual Status step(TokenId token) = 0;
    virtual Result<std::span<const float>> logits() = 0;
    virtual int64_t position() const = 0;
    virtual int64_t maxTokens() const = 0;
    virtual int64_t tokensEvaluated() const = 0;

    // Points to go back to, as many as memory holds; of this sequence or another of the same model.
    virtual Result<Snapshot> snapshot() const = 0;
    virtual Status restore(const Snapshot& snapshot) = 0;
};

// What laying out a corpus needs of a model: no weights.
class TextModel {
public:
    virtual ~TextModel() = default;

    virtual const ModelConfig& config() const = 0;
    virtual const Tokenizer& tokenizer() const = 0;
    // Memory of the model with such sequences, see forecastMemory().
    virtual Result<MemoryForecast> forecast(std::span<const SequencePlan> sequences) const = 0;
    // What the model's sequences take in a file, before any compression.
    virtual SavedSizes savedSizes() const = 0;
};

// What one sequence goes on with, in a call that several share: read() or ask() of the tokens.
struct SequenceCall {
    TokenSequence* sequence = nullptr;
    std::span<const TokenId> tokens;
    bool isReading = false;
    Pointers* pointers = nullptr;
};

// Used from one thread at a time, and outlives its sequences.
class LanguageModel : public TextModel {
public:
    virtual std::string backendName() const = 0;
    // maxTokens: 0 = the model's context length.
    virtual Result<std::unique_ptr<TokenSequence>> newSequence(int64_t maxTokens) = 0;

    // What saved sequences depend on. The first call hashes the weights.
    virtual const Fingerprint& fingerprint() const = 0;
    // Sequences for files and back; see Engine and engine/saved_state.h.
    virtual Result<std::vector<std::byte>> saveState(const Snapshot& snapshot) const = 0;
    virtual Result<std::vector<SavedPages>> savePages(const Snapshot& snapshot,
                                                      int64_t from) const = 0;
    virtual std::unique_ptr<StateLoader> newStateLoader() const = 0;

    // All calls at once, of at most kMostTogether sequences that newSequence() gave; each comes out
    // as if it were alone. Where it fails, some may have gone on, as their position() says; see
    // SessionBatch. A model that cannot share passes makes one call after the other.
    static constexpr size_t kMostTogether = 16;
    virtual Status runTogether(std::span<const SequenceCall> calls, const std::stop_token& stop) {
        Status status = okStatus();
        for (size_t i = 0; i < calls.size() && status.ok(); ++i) {
            const SequenceCall& call = calls[i];
            status = call.isReading ? call.sequence->read(call.tokens, stop, {})
                                    : call.sequence->ask(call.tokens, stop, call.pointers);
        }
        return status;
    }
};

}  // namespace tl
