// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "app/app_types.h"
#include "app/services/corpus.h"

namespace tl {

// The lines of the corpus that hold most of the question's words, where a word counts the more the
// fewer lines it stands in (inverse document frequency, Sparck Jones 1972). Words as in
// text_words.h; function words and words in more than a tenth of the lines are not looked for.
// Best first; lines of equal worth in corpus order.
std::vector<SearchHit> searchExactly(const Corpus& corpus,
                                     std::string_view question,
                                     size_t maxHits);

}  // namespace tl
