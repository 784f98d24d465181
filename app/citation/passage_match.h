// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/citation/text_words.h"
#include "ingest/document.h"

namespace tl {

// Where a passage holds words of an answer.
struct Match {
    int64_t begin = 0;  // byte range in the document's text
    int64_t end = 0;
    double share = 0;  // of the wanted words; 1 = all
    bool isVerbatim = false;
};

// Words that carry a fact, to look others up in: by their folded form, then by sameWord().
using FactWords = std::unordered_map<std::string, Word>;
FactWords factWords(const std::vector<Word>& words);

// Takes the first such run out.
void eraseRun(std::vector<Word>& words, const std::vector<Word>& run);
// Takes the words that carry no fact off both ends.
void trimFunctionWords(std::vector<Word>& words);

// A passage's words with their bytes in the document's text.
std::vector<Word> passageWords(const Document& document, const Passage& passage);

// The wanted words one after the other, of several places the one on whose line most of the
// question's words stand; else the shortest stretch with most of those that carry a fact; where
// there is none of them, the stretch that comes nearest to the question, else the first line.
Match matchPassage(const Document& document,
                   const Passage& passage,
                   const std::vector<Word>& wanted,
                   const FactWords& question);

}  // namespace tl
