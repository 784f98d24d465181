// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tl {

// True for a question about the whole: "What is this about?", "Summarise these documents.",
// "What was discussed in this meeting?". Every word of it that carries something is one of a list
// of words for documents and for what they are about.
bool asksAboutTheWhole(std::string_view question);

// "project", "documents", "meeting": a word for a corpus or for what one wants to know of it.
bool isWordForWhole(std::string_view folded);

// True for "Where is X defined?", "Which file declares X?", "Where is X()?" and the like.
bool asksWhereDefined(std::string_view question);

// The names of code that a question says, in its order and its letters: words with an underscore, a
// digit or a capital within, words before "(" and after "::", and words with a capital that are no
// first word. In "Where is X defined?" and "What does X do?" also X itself, whatever it looks like.
std::vector<std::string> namesIn(std::string_view question);

}  // namespace tl
