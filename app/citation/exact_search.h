// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <stop_token>
#include <string_view>
#include <vector>

#include "app/app_types.h"
#include "app/citation/definition_search.h"
#include "app/corpus/corpus.h"

namespace tl {

// First the lines of code that define a name which the question says letter for letter, three at
// most. Then the lines of the corpus that hold most of the question's words, where a word counts
// the more the fewer lines it stands in (inverse document frequency, Sparck Jones 1972). Words as
// in text_words.h; function words and words in more than a tenth of the lines are not looked for.
// Best first; lines of equal worth in corpus order. A line is shown up to 240 bytes, of a longer
// one what stands around its rarest word. A stop ends the search for definitions.
std::vector<SearchHit> searchExactly(const Corpus& corpus,
                                     DefinitionSearch& definitions,
                                     std::string_view question,
                                     size_t maxHits,
                                     const std::stop_token& stop = {});

}  // namespace tl
