// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "app/answer/answer_generation.h"
#include "app/answer/candidate_search.h"
#include "app/app_types.h"
#include "app/corpus/corpus.h"
#include "app/corpus/passage_ranking.h"

namespace tl {

// Answers that are put together from the corpus, without the model's words.

// A verified citation of these lines, from 1; of many the first ones.
Citation quotedLines(const Document& document, int64_t first, int64_t last);

// "X is defined in FILE, line N.", with a verified citation that quotes the line.
void answerWithDefinition(const Corpus& corpus, const DefinedAt& definedAt, Answer& answer);

// What is shown where the model does not know though the candidates are strong: under
// kClosestPassages the best passage itself, up to some lines, with citations of the best ones. None
// of these is verified, since nothing says that they answer the question.
// REQUIRES: `best` is not empty
inline constexpr std::string_view kClosestPassages = "Closest passages";
void answerWithClosest(const Corpus& corpus, std::span<const RankedPassage> best, Answer& answer);

// "The documents do not say.", as models are trained to say it.
void answerNotThere(Answer& answer);

// Says on each citation how the passage it lies in was found.
void markFoundBy(const Corpus& corpus, std::span<const RankedPassage> ranking, Answer& answer);

// Passes an answer's pieces on, but keeps back what may still become "The documents do not say.",
// as models are trained to say it, until the answer's next words tell. What is kept back at the end
// is dropped.
class HeldBackPieces {
public:
    explicit HeldBackPieces(const PieceFn& piece) : m_piece(piece) {}

    void push(const std::string& text);

private:
    const PieceFn& m_piece;
    std::string m_held;
    bool m_isOpen = false;  // the answer has said something else
};

}  // namespace tl
