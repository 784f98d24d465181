// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "app/app_types.h"
#include "app/corpus/corpus.h"
#include "app/corpus/passage_ranking.h"

namespace tl {

// What a question asks the person for.
struct WhoQuestion {
    std::string_view about;  // "that the lock is broken"; empty: it asks for no person
    bool isOwnDeed = false;  // what somebody does and tells of: "takes the first week"
};

// Of "Who said that the lock is broken?", "Who takes the first week?". Views of the question.
WhoQuestion whoQuestion(std::string_view question);

// Answers it with the speaker of the turn that ranks first, if no turn of anybody else comes near
// it and, for a deed, the speaker tells of it as their own. `ranked` are the passages that hold
// words of what it is about, best first, with scores. False where the first one is no turn, or two
// speakers are as likely.
bool answerFromTurns(const Corpus& corpus,
                     const WhoQuestion& asked,
                     std::span<const RankedPassage> ranked,
                     Answer& answer);

}  // namespace tl
