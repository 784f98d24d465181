// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "app/model/language_model.h"

namespace tl::bench {

// How sure a greedy answer is: the mean ln of the probability of its tokens, its end included, and
// that of a refusal in its place.
struct Surety {
    double answer = 0;
    double refusal = 0;

    double margin() const { return answer - refusal; }
};

// ln of the softmax of the logits at a token.
inline double logProbability(std::span<const float> logits, TokenId token) {
    const float top = *std::max_element(logits.begin(), logits.end());
    double sum = 0;
    for (const float logit : logits) {
        sum += std::exp(static_cast<double>(logit - top));
    }
    return static_cast<double>(logits[static_cast<size_t>(token)] - top) - std::log(sum);
}

// A sequence that listens to what is asked of it: behind every question it first tries the refusal,
// and then adds up how likely each token is that a greedy answer takes.
class SuretySequence final : public TokenSequence {
public:
    SuretySequence(std::unique_ptr<TokenSequence> sequence, std::vector<TokenId> refusal)
        : m_sequence(std::move(sequence)), m_refusal(std::move(refusal)) {}

    Status read(std::span<const TokenId> tokens,
                const std::stop_token& stop,
                const ProgressFn& progress) override {
        return m_sequence->read(tokens, stop, progress);
    }
    Status ask(std::span<const TokenId> tokens,
               const std::stop_token& stop,
               Pointers* pointers) override {
        Status status = m_sequence->ask(tokens, stop, pointers);
        return status.ok() ? tryRefusal() : status;
    }
    Status step(TokenId token) override { return m_sequence->step(token); }
    Result<std::span<const float>> logits() override {
        Result<std::span<const float>> logits = m_sequence->logits();
        if (logits.ok()) {
            const auto best = std::max_element(logits.value().begin(), logits.value().end());
            m_sum +=
                logProbability(logits.value(), static_cast<TokenId>(best - logits.value().begin()));
            ++m_tokens;
        }
        return logits;
    }
    int64_t position() const override { return m_sequence->position(); }
    int64_t maxTokens() const override { return m_sequence->maxTokens(); }
    int64_t tokensEvaluated() const override { return m_sequence->tokensEvaluated(); }
    Result<Snapshot> snapshot() const override { return m_sequence->snapshot(); }
    Status restore(const Snapshot& snapshot) override { return m_sequence->restore(snapshot); }

    // Of the answer since the last question.
    Surety surety() const { return {m_tokens == 0 ? 0 : m_sum / m_tokens, m_refusalMean}; }

private:
    Status tryRefusal() {
        const Result<Snapshot> asked = m_sequence->snapshot();
        if (!asked.ok()) {
            return asked.error();
        }
        double sum = 0;
        for (const TokenId token : m_refusal) {
            const Result<std::span<const float>> logits = m_sequence->logits();
            if (!logits.ok()) {
                return logits.error();
            }
            sum += logProbability(logits.value(), token);
            if (Status status = m_sequence->step(token); !status.ok()) {
                return status;
            }
        }
        m_refusalMean = sum / static_cast<double>(m_refusal.size());
        m_sum = 0;
        m_tokens = 0;
        return m_sequence->restore(asked.value());
    }

    std::unique_ptr<TokenSequence> m_sequence;
    std::vector<TokenId> m_refusal;
    double m_refusalMean = 0;
    double m_sum = 0;
    int m_tokens = 0;
};

// A model whose sequences listen so. Remembers the one it made last, which outlives the question.
class SuretyModel final : public LanguageModel {
public:
    SuretyModel(LanguageModel& model, std::vector<TokenId> refusal)
        : m_model(model), m_refusal(std::move(refusal)) {}

    const ModelConfig& config() const override { return m_model.config(); }
    const Tokenizer& tokenizer() const override { return m_model.tokenizer(); }
    Result<MemoryForecast> forecast(std::span<const SequencePlan> sequences) const override {
        return m_model.forecast(sequences);
    }
    std::string backendName() const override { return m_model.backendName(); }
    Result<std::unique_ptr<TokenSequence>> newSequence(int64_t maxTokens) override {
        Result<std::unique_ptr<TokenSequence>> sequence = m_model.newSequence(maxTokens);
        if (!sequence.ok()) {
            return sequence.error();
        }
        auto listening = std::make_unique<SuretySequence>(std::move(sequence).value(), m_refusal);
        m_last = listening.get();
        return std::unique_ptr<TokenSequence>(std::move(listening));
    }
    Surety surety() const { return m_last->surety(); }

private:
    LanguageModel& m_model;
    std::vector<TokenId> m_refusal;
    const SuretySequence* m_last = nullptr;
};

}  // namespace tl::bench
