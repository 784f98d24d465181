// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace tl {

// Every size, weight and threshold of finding passages and reading them again, in one place.
// docs/candidates.md says how each was measured and what came out.
struct AnswerSettings {
    // Fusion by rank (Cormack et al. 2009): a passage is worth the sum, over the sources that found
    // it, of weight / (rankOffset + rank), ranks from 1. Of each source `depth` passages count.
    double rankOffset = 3;
    size_t depth = 20;
    double readWeight = 1;
    double wordsWeight = 1;
    double definitionWeight = 3;  // a defining line beats what only one other source ranks first
    double openingWeight = 3;
    // What a word in a file's name is worth where one in the text is worth 1.
    double fileNameWeight = 0.5;
    // Passages from openings and from definitions.
    size_t openings = 6;
    size_t definitions = 3;

    // The second look: passages that are read again, and their tokens. A corpus of at most
    // `shortCorpus` tokens is answered from directly.
    size_t rereadPassages = 3;
    int64_t rereadTokens = 300;
    int64_t shortCorpus = 1500;

    // Passages in which the answer's words are looked for.
    size_t citable = 8;
    // Where the model does not know: candidates are strong when the best `rereadPassages` hold at
    // least this share of the question's words (WordIndex::coverage).
    double strongCoverage = 0.6;

    // Of several readings the surest answer is taken (SurestAnswer). It is shown as an answer where
    // two readings say it, or it is by `knownMargin` likelier than that the documents do not say.
    double knownMargin = 0.3;
    // It may be verified where three readings say it and the mean ln probability of its tokens is
    // at least `sureOfThree`, or two say it, that is at least `sureOfTwo` and by `sureMargin` above
    // a refusal's; in a corpus so short that there is one reading, where it is at least
    // `sureAlone`.
    double sureOfThree = -0.3;
    double sureOfTwo = -0.15;
    double sureMargin = 1;
    double sureAlone = -0.1;
};

}  // namespace tl
