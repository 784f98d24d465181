// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "app/answer/answer_generation.h"
#include "app/answer/question.h"
#include "app/corpus/corpus.h"
#include "app/corpus/passage_ranking.h"
#include "app/model/language_model.h"
#include "base/result.h"
#include "engine/prompt.h"

namespace tl {

// The second look's budget for passages; docs/app.md has the measurements behind these numbers.
inline constexpr int64_t kSecondLookTokens = 300;
inline constexpr size_t kSecondLookPassages = 3;
// Passages with less than this share of the best one's attention distract more than they help.
inline constexpr double kSecondLookShare = 0.3;
// A corpus up to this long is short enough to be answered from directly.
inline constexpr int64_t kSecondLookMinCorpus = 1500;

// The passages of a ranking (best first) that are read again: those with a fair share of the best
// one's attention, as many as fit, at least one.
std::vector<RankedPassage> passagesToReread(std::span<const RankedPassage> ranking,
                                            int64_t maxTokens);

// Reads a question's best passages once more in a sequence of their own, under their file names,
// and lets the model answer from there. Lives on the model's thread.
class SecondLook {
public:
    static Result<SecondLook> create(LanguageModel& model);

    // None where passages, question and answer do not fit into the sequence: a passage is up to 12
    // lines of any length. kCancelled when stopped.
    Result<std::optional<GeneratedAnswer>> answer(const Corpus& corpus,
                                                  std::span<const RankedPassage> passages,
                                                  const Question& question,
                                                  const AskOptions& options,
                                                  const std::stop_token& stop,
                                                  const PieceFn& piece);

    int64_t tokensEvaluated() const { return m_sequence->tokensEvaluated(); }

private:
    SecondLook(LanguageModel& model,
               std::unique_ptr<TokenSequence> sequence,
               Snapshot empty,
               PromptBuilder prompt);

    LanguageModel* m_model;
    std::unique_ptr<TokenSequence> m_sequence;
    Snapshot m_empty;  // of the sequence before anything is read
    PromptBuilder m_prompt;
};

}  // namespace tl
