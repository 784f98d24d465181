// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "app/app_types.h"
#include "app/corpus/corpus.h"
#include "ingest/document.h"

namespace tl {

struct RankedPassage {
    const Passage* passage = nullptr;  // in the corpus
    double score = 0;                  // what it is ranked by
    int64_t tokens = 0;
    FoundBy foundBy{};
};

// All passages in the order of the corpus, with score 0.
std::vector<RankedPassage> listPassages(const Corpus& corpus);

// The corpus's passages by the attention that a question pays to their tokens, best first.
// `scores` holds one weight per position of the sequence (Pointers::scores); empty, as of a model
// without attention, it ranks nothing. Only tokens of a
// file's text count, so the start of the sequence, names and control tokens, on which attention
// rests when it has nothing to look at, do not.
std::vector<RankedPassage> rankPassages(const Corpus& corpus, std::span<const float> scores);

}  // namespace tl
