// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace tl {

struct Repetition {
    size_t begin = 0;        // byte in the text where the loop is cut
    bool isCertain = false;  // else it may still become one
};

// Small models fall into loops: a word, a phrase, a line or a run of dots again and again until the
// token limit. This finds the loop that a text ends in. It is cut after its first copy, which is
// an answer like any other; dots before the first of them. None where nothing repeats.
//
// Words are compared as written; white space and list marks ("- ", "3. ") do not count. A loop is
//  - a word six times, two words six times, three words four times, or any longer stretch three
//    times in a row (up to 80 words). Stretches without a letter need 24 words in all: the zeros of
//    a matrix and the rules of a table are no loop,
//  - up to 72 bytes without regard to words six times and 60 bytes long, or, without a letter, 200,
//  - ten dots in a row, with or without blanks between them, as leaders in tables of contents.
// Three repeated words, three copies of bytes or three dots are enough for a suspicion. Only the
// last 4,096 bytes are looked at.
std::optional<Repetition> findRepetition(std::string_view text);

}  // namespace tl
