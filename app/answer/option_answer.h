// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "app/answer/option_entries.h"
#include "app/app_types.h"
#include "app/citation/question_topic.h"
#include "app/corpus/corpus.h"

namespace tl {

// Whether a question asks for an option ("Which option sorts by size?") or says one ("What does -v
// do?").
bool asksForOption(std::string_view question);

// Answers such a question with an entry: the one of the option that is said, or the one whose words
// hold most of the question, if it holds half of its worth and clearly more than any other
// option's. False where no single entry answers.
bool answerFromOptions(const Corpus& corpus,
                       std::span<const OptionEntry> entries,
                       const PassageCounts& counts,
                       Answer& answer);

}  // namespace tl
