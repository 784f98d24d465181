// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <stop_token>

#include "app/answer/corpus_session.h"
#include "app/answer/question.h"
#include "app/app_types.h"
#include "app/model/language_model.h"
#include "base/result.h"

namespace tl {

// What comes of a sheet, one call at a time and on whatever thread.
struct SheetEvents {
    // The answers, in the order of the questions. A failure ends the sheet.
    std::function<Status(size_t index, const Answer& answer)> answered;
    // Some answer has grown; for telling how far the sheet is.
    std::function<void()> alive;
};

// Answers each question from the state after the corpus as CorpusSession::ask() does, up to
// LanguageModel::kMostTogether of them at once in shared passes over the weights, each with the
// answer that it has alone. Answer::seconds goes from a question's beginning to its answer,
// whatever else is computed meanwhile. Where they fail together (memory for so many, say) the rest
// is asked one by one, so that a failure is the first one's that cannot be answered, and all before
// it are told. kCancelled when stopped: answers that were under way are lost.
// REQUIRES: session.isRead(), and it is `model`'s
Status answerSheet(CorpusSession& session,
                   LanguageModel& model,
                   std::span<const Question> questions,
                   const AskOptions& options,
                   const std::stop_token& stop,
                   const SheetEvents& events);

// Memory beside the weights that a sheet of `questions` over a corpus of `tokens` takes at most:
// workspace, and both looks' sequences of as many questions as are asked at once, and of the
// corpus.
Result<int64_t> sheetMemory(const TextModel& model, int64_t tokens, size_t questions);

}  // namespace tl
