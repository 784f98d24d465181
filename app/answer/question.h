// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "engine/prompt.h"

namespace tl {

// A question that can be asked, laid out for the model. Made once, by CorpusSession::layOut(), and
// passed on to whatever asks: its tokens are the same in every sequence of the model.
struct Question {
    std::string text;
    PromptBuilder::Turn turn;
};

// Why a text is no question for any corpus, said without a subject: it has no words, or holds
// control characters other than white space.
std::optional<std::string> problemIn(const std::string& question);

}  // namespace tl
