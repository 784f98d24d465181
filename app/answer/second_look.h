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
#include "app/answer/answer_settings.h"
#include "app/answer/question.h"
#include "app/corpus/corpus.h"
#include "app/corpus/passage_ranking.h"
#include "app/model/language_model.h"
#include "base/result.h"
#include "engine/prompt.h"

namespace tl {

// The passages of a ranking (best first) that are read again: as many as fit into the settings'
// budget, at least one of a ranking that is not empty.
std::vector<RankedPassage> passagesToReread(std::span<const RankedPassage> ranking,
                                            const AnswerSettings& settings);

// Reads a question's best passages once more in a sequence of their own, under their file names,
// and lets the model answer from there. Lives on the model's thread.
class SecondLook {
public:
    static Result<SecondLook> create(LanguageModel& model, const AnswerSettings& settings);

    // Of a passage that is longer than the settings' budget that part is read which holds most of
    // the question's words. None without passages, and where passages, question and answer do not
    // fit into the sequence. kCancelled when stopped.
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
               PromptBuilder prompt,
               const AnswerSettings& settings);

    LanguageModel* m_model;
    std::unique_ptr<TokenSequence> m_sequence;
    Snapshot m_empty;  // of the sequence before anything is read
    PromptBuilder m_prompt;
    std::vector<TokenId> m_refusal;  // "The documents do not say." and its end
    AnswerSettings m_settings;
};

}  // namespace tl
