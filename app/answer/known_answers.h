// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/answer/candidate_search.h"
#include "app/answer/option_entries.h"
#include "app/app_types.h"
#include "app/corpus/corpus.h"
#include "app/overview_types.h"
#include "base/result.h"

namespace tl {

// Answers that need no model, because the corpus's own structure has them: where something is
// defined, what a constant is, what a comment says of a function, what an option does, who said
// something, when a version was released, how a section begins, facts of the whole. Each comes with
// verified citations of the lines that say it. What it has looked up stays known. The corpus and
// the search outlive it; one thread at a time.
class KnownAnswers {
public:
    KnownAnswers(const Corpus& corpus, CandidateSearch& candidates)
        : m_corpus(corpus), m_candidates(candidates) {}

    // Answers answer.question, or leaves it as it is and returns false. Errors of the word index.
    Result<bool> answer(const std::stop_token& stop, Answer& answer);

    // A question that leans on the one before it: "it" is the whole where that was about the whole.
    bool answerOfWhole(const std::string& before, Answer& answer);

    // What the corpus says of itself; made at the first call.
    const Overview& overview();

private:
    bool fromDefinition(const std::stop_token& stop, Answer& answer);
    bool fromName(const std::stop_token& stop, Answer& answer);
    Result<bool> fromOptions(Answer& answer);
    Result<bool> fromTurns(Answer& answer);

    const Corpus& m_corpus;
    CandidateSearch& m_candidates;
    std::optional<Overview> m_overview;                 // once a question was asked
    std::optional<std::vector<OptionEntry>> m_options;  // once one was asked for
};

}  // namespace tl
