// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

#include "app/answer/answer_generation.h"
#include "app/answer/answer_settings.h"
#include "app/app_types.h"

namespace tl {

// One of several answers to the same question, each from a reading of its own.
struct SurestAnswer {
    size_t index = 0;
    AnswerSurety surety;
};

// The answer whose words the model finds likeliest, of equal ones the last; one that ran into a
// loop only where all did. Answers say the same where the words of one are among those of the
// other, one after the other. REQUIRES: `answers` is not empty
SurestAnswer chooseSurest(std::span<const GeneratedAnswer> answers);

// Whether the model knows too little to show what it says: a single reading says it, and hardly
// likelier than that the documents do not say.
bool isUnknown(const AnswerSurety& surety, const AnswerSettings& settings);

// Whether it may be called verified, as far as the model's own doubts go.
bool isSure(const AnswerSurety& surety, const AnswerSettings& settings);

}  // namespace tl
