// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "app/app_types.h"
#include "app/citation/definition_search.h"
#include "app/citation/question_topic.h"
#include "app/corpus/corpus.h"
#include "app/corpus/passage_ranking.h"

namespace tl {

// Looks for the answer's words in the candidate passages (best first) and cites where they stand:
// word for word, or all its words that carry a fact within a few lines. Such citations are
// verified where the passage speaks of what the question asks, at most three. Where there is none,
// one citation shows words that were found elsewhere, or else the lines that come nearest. The
// names of the cited file and of who speaks there count as said. Where something is defined is
// verified by the index of definitions alone. docs/app.md has the rules.
// Quotes are the file's bytes. Empty only without candidates.
std::vector<Citation> citeAnswer(const Corpus& corpus,
                                 DefinitionSearch& definitions,
                                 const QuestionTopic& topic,
                                 std::string_view answer,
                                 std::span<const RankedPassage> candidates);

// True for answers such as "The documents do not say." that point to no place.
bool saysNotThere(std::string_view answer);

}  // namespace tl
