// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/answer/question.h"
#include "app/app_types.h"
#include "app/corpus/corpus.h"
#include "app/project/stored_corpus.h"
#include "store/project_values.h"

namespace tl {

// What an answer rests on, besides the question.
struct AnswerBasis {
    int64_t position = 0;     // tokens that were read
    std::string fingerprint;  // digestOf() the engine's
    AskOptions options;
    std::optional<int64_t> parent{};  // ordinal of the turn that the question leans on
};

// A question with its answer, its citations and what makes it again, as a project file keeps it:
// docs/project_format.md has the fields. Place in the conversation and time are the caller's.
StoredTurn storedTurn(const Question& question,
                      const Answer& answer,
                      const AnswerBasis& basis,
                      const Corpus& corpus,
                      const StoredCorpus& stored);

// The answer as it was shown, but for what the model thought of it. Lines are those of the corpus;
// of a file that is not in it any more those that were shown.
Answer answerOf(const StoredTurn& turn, const Corpus& corpus);

}  // namespace tl
