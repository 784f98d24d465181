// SPDX-License-Identifier: Apache-2.0
#include "app/answer/answer_generation.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "app/answer/repetition.h"
#include "base/utf8.h"
#include "engine/sampler.h"

namespace tl {

namespace {

SamplerOptions samplerOptions(const Sampling& sampling) {
    SamplerOptions options;
    options.temperature = static_cast<float>(sampling.temperature);
    options.topK = sampling.topK;
    options.topP = static_cast<float>(sampling.topP);
    options.minP = static_cast<float>(sampling.minP);
    options.repetitionPenalty = static_cast<float>(sampling.repetitionPenalty);
    options.seed = sampling.seed;
    return options;
}

// ln of the softmax of the logits at a token.
double logProbability(std::span<const float> logits, TokenId token) {
    const float top = *std::max_element(logits.begin(), logits.end());
    double sum = 0;
    for (const float logit : logits) {
        sum += std::exp(static_cast<double>(logit - top));
    }
    return logits[static_cast<size_t>(token)] - top - std::log(sum);
}

// Collects how likely the tokens of an answer are.
class Surety {
public:
    void add(double logProbability) {
        m_sum += logProbability;
        m_least = std::min(m_least, logProbability);
        ++m_tokens;
    }

    GeneratedAnswer& noteIn(GeneratedAnswer& answer) const {
        answer.meanLogProbability = m_tokens == 0 ? 0 : m_sum / m_tokens;
        answer.leastLogProbability = m_least;
        return answer;
    }

private:
    double m_sum = 0;
    double m_least = 0;
    int m_tokens = 0;
};

// Turns tokens into text: whole characters, no white space before the first word. Hands it on as
// far as it is no beginning of a loop.
class AnswerText {
public:
    explicit AnswerText(const PieceFn& piece) : m_piece(piece) {}

    void push(std::string_view bytes) {
        std::string whole;
        m_assembler.push(bytes, whole);
        if (whole.empty()) {
            return;
        }
        append(whole);
        const std::optional<Repetition> repetition = findRepetition(m_text);
        m_isRepeating = repetition && repetition->isCertain;
        if (m_isRepeating) {
            m_text.erase(repetition->begin);
        }
        handOn(repetition ? repetition->begin : m_text.size());
    }

    // The text ended in a loop and was cut before it.
    bool isRepeating() const { return m_isRepeating; }

    std::string finish() {
        std::string rest;
        m_assembler.finish(rest);
        append(rest);
        handOn(m_text.size());
        m_text.erase(m_text.find_last_not_of(" \t\n\r") + 1);
        return std::move(m_text);
    }

private:
    void append(std::string whole) {
        if (m_text.empty()) {
            whole.erase(0, whole.find_first_not_of(" \t\n\r"));
        }
        m_text += whole;
    }

    void handOn(size_t end) {
        if (m_piece && end > m_handedOn) {
            m_piece(m_text.substr(m_handedOn, end - m_handedOn));
        }
        m_handedOn = std::max(m_handedOn, end);
    }

    const PieceFn& m_piece;
    Utf8Assembler m_assembler;
    std::string m_text;
    size_t m_handedOn = 0;  // bytes of m_text
    bool m_isRepeating = false;
};

}  // namespace

Result<GeneratedAnswer> generateAnswer(TokenSequence& sequence,
                                       const Tokenizer& tokenizer,
                                       TokenId endOfTurn,
                                       const AskOptions& options,
                                       const std::stop_token& stop,
                                       const PieceFn& piece) {
    Sampler sampler(samplerOptions(options.sampling), tokenizer.vocabSize());
    AnswerText text(piece);
    Surety surety;
    const auto finished = [&](bool isCut, bool isRepeating) {
        GeneratedAnswer answer{text.finish(), isCut, isRepeating};
        return surety.noteIn(answer);
    };
    const int64_t room = sequence.maxTokens() - sequence.position();
    for (int64_t i = 0; i < std::min(options.maxTokens, room); ++i) {
        if (stop.stop_requested()) {
            return Error{ErrorCode::kCancelled, "answer: cancelled"};
        }
        const Result<std::span<const float>> logits = sequence.logits();
        if (!logits.ok()) {
            return logits.error();
        }
        const TokenId token = sampler.sample(logits.value());
        surety.add(logProbability(logits.value(), token));
        if (token == endOfTurn || token == tokenizer.endOfSequence()) {
            return finished(/*isCut=*/false, /*isRepeating=*/false);
        }
        text.push(tokenizer.bytes(token));
        if (text.isRepeating()) {
            return finished(/*isCut=*/false, /*isRepeating=*/true);
        }
        const Status stepped = sequence.step(token);
        if (!stepped.ok()) {
            return stepped.error();
        }
    }
    return finished(/*isCut=*/true, /*isRepeating=*/false);
}

Result<double> meanLogProbability(TokenSequence& sequence, std::span<const TokenId> tokens) {
    double sum = 0;
    for (const TokenId token : tokens) {
        const Result<std::span<const float>> logits = sequence.logits();
        if (!logits.ok()) {
            return logits.error();
        }
        sum += logProbability(logits.value(), token);
        const Status stepped = sequence.step(token);
        if (!stepped.ok()) {
            return stepped.error();
        }
    }
    return tokens.empty() ? 0 : sum / static_cast<double>(tokens.size());
}

}  // namespace tl
