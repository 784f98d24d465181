// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tl {

// As a Word's folded text has them.
inline constexpr auto kMonthNames = std::to_array<std::string_view>({"january",
                                                                     "february",
                                                                     "march",
                                                                     "april",
                                                                     "may",
                                                                     "june",
                                                                     "july",
                                                                     "august",
                                                                     "september",
                                                                     "october",
                                                                     "november",
                                                                     "december"});

enum class LetterCase {
    kLower,    // or none: "pier", "15"
    kCapital,  // the first letter alone: "Pier", "V2"
    kUpper,    // all: "PATH", "C"
    kMixed,    // any other: "kMax", "McDonald"
};

// A word as texts are compared here: what is left of a text when white space, punctuation and
// markdown marks do not count. Numbers keep their sign and decimal point, so -5, 5 and 5.5 are
// three words; "1,024" is the word 1024, and "twenty-one" the word 21 (written numbers up to 99).
// Identifiers keep inner underscores. Letters are those of all scripts; where a script writes no
// blanks between words (Chinese, Japanese, Thai), ICU's dictionary tells them apart.
struct Word {
    std::string folded;  // without case (Unicode's full folding), accents composed
    int64_t begin = 0;   // byte range in the text
    int64_t end = 0;
    std::string written{};  // as it stands there; empty where that is `folded`
    LetterCase letterCase = LetterCase::kLower;
    int dashes = 0;          // before an option: 1 of "-v", 2 of "--verbose"
    bool isName = false;     // of code, or of mixed case: its case counts
    bool isShouted = false;  // capitals beside others: of a heading or of emphasis
    bool isAlone = false;    // capitals alone on their line: a heading in a text
};

std::vector<Word> splitWords(std::string_view text);

// Whether a word that is said is the one that stands there. Case does not count, but
//  - in options, which keep their dashes too: "-v" is neither "-V" nor "v"; "verbose" may stand for
//    "--verbose";
//  - in names of code (with an underscore, mixed case, between backticks, or written as name(),
//    a::name, x->name, x.name, $NAME) and others of mixed case: kMax is not kmax;
//  - between a word all in capitals and one all in small letters: US is not us, C is not c.
// What is written in capitals with a neighbour, or stands there alone on its line, is a heading or
// shouted: its case does not count in the last two.
bool sameWord(const Word& said, const Word& there);

// Words that carry no fact of their own ("the", "is", "defined"). Negations are not among them.
bool isFunctionWord(std::string_view folded);

// Index in `words` of the first run of the same words as `wanted` (sameWord()), from `from` on; -1
// if there is none.
int64_t findRun(const std::vector<Word>& words, const std::vector<Word>& wanted, int64_t from = 0);

}  // namespace tl
