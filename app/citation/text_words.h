// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tl {

// A word as texts are compared here: what is left of a text when case (of ASCII letters), white
// space, punctuation and markdown marks do not count. Numbers keep their sign and decimal point,
// so -5, 5 and 5.5 are three words; "1,024" is the word 1024, and "twenty-one" the word 21 (written
// numbers up to 99). Identifiers keep inner underscores.
struct Word {
    std::string folded;
    int64_t begin = 0;  // byte range in the text
    int64_t end = 0;
};

std::vector<Word> splitWords(std::string_view text);

// Words that carry no fact of their own ("the", "is", "defined"). Negations are not among them.
bool isFunctionWord(std::string_view folded);

// Index in `words` of the first run that equals `wanted`, from `from` on; -1 if there is none.
int64_t findRun(const std::vector<Word>& words, const std::vector<Word>& wanted, int64_t from = 0);

}  // namespace tl
