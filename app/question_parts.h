// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tl {

// The questions that a text asks, each for itself: "What is X? And who wrote Y?" and "What is X and
// who wrote Y?" are two. Splits only after a question mark and before "and" or a comma, where
// another direct question follows: a question word with its verb, or a verb ("does it..."). "And"
// within a phrase, embedded questions, quotes and code stay as they are. The text itself, in one
// piece, where it asks once.
std::vector<std::string> questionParts(std::string_view text);

}  // namespace tl
