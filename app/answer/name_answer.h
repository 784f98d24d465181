// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/answer/candidate_search.h"
#include "app/app_types.h"
#include "app/corpus/corpus.h"

namespace tl {

// What a question wants to know of something that source defines.
struct NameQuestion {
    std::string name;
    bool asksValue = false;    // "What is the value of X?", "What is X?"
    bool asksPurpose = false;  // "What does X do?", "What is X for?", "What is X?"
};

// The one name that a question is about, where nothing else in it carries anything: none for "What
// is X used for in tests?". Any word may be a name; whether it is one, the definitions tell.
std::optional<NameQuestion> nameQuestion(std::string_view question);

// Answers it from the lines that define the name: with the value that stands there, or with the
// first sentences of its comment or doc string, and a verified citation of these. `definitions` are
// those of the name in source. False where they say neither, or several say different things.
bool answerFromDefinitions(const Corpus& corpus,
                           const NameQuestion& asked,
                           std::span<const DefinedAt> definitions,
                           Answer& answer);

}  // namespace tl
