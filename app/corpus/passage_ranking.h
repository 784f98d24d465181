// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "app/corpus/corpus.h"
#include "ingest/document.h"

namespace tl {

struct RankedPassage {
    const Passage* passage = nullptr;  // in the corpus
    double score = 0;                  // attention of the question's words to its tokens
    int64_t tokens = 0;
};

// The corpus's passages by the attention that a question pays to their tokens, best first.
// `scores` holds one weight per position of the sequence (Pointers::scores). Only tokens of a
// file's text count, so the start of the sequence, names and control tokens, on which attention
// rests when it has nothing to look at, do not.
std::vector<RankedPassage> rankPassages(const Corpus& corpus, std::span<const float> scores);

}  // namespace tl
