// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace tl {

// What a text that is not ASCII alone holds besides ASCII, counted once so that it can be compared
// with many languages.
struct ForeignCharacters {
    std::map<char32_t, size_t> counts;
    std::map<char32_t, size_t> atAscii;  // those of them that touch an ASCII letter
    size_t total = 0;
    // What no language writes, in points taken off: a symbol between two letters, a capital after
    // a small letter, a control or unassigned character, a broken one.
    double penalty = 0;
};

ForeignCharacters foreignCharacters(std::u16string_view text);

// How well the characters fit the language of this locale, by CLDR's list of the letters it is
// written with and, for alphabets whose letters two encodings only exchange for one another, by
// how many are frequent ones: about 1.3 for a text in that language, less than 0.5 for one that
// was read in a wrong encoding. 0 for an unknown locale. Thread-safe.
double plausibility(const ForeignCharacters& characters, const char* locale);

}  // namespace tl
