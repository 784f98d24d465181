// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "app/app_types.h"
#include "app/corpus/corpus.h"
#include "app/corpus/passage_ranking.h"

namespace tl {

// Looks for the answer's words in the candidate passages (best first) and cites where they stand:
// word for word, or all its words that carry a fact within a few lines. Such citations are
// verified, at most three. Where there is none, one unverified citation shows the lines that come
// nearest. A file's own name in the answer counts as said by a citation of that file.
// An answer that is a file's name alone is verified against the names of the corpus.
// Quotes are the file's bytes. Empty only without candidates.
std::vector<Citation> citeAnswer(const Corpus& corpus,
                                 std::string_view question,
                                 std::string_view answer,
                                 std::span<const RankedPassage> candidates);

// True for answers such as "The documents do not say." that point to no place.
bool saysNotThere(std::string_view answer);

}  // namespace tl
