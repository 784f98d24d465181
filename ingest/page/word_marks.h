// SPDX-License-Identifier: Apache-2.0
// What a word's first and last characters say about the sentence around it.
#pragma once

#include <string>
#include <string_view>

namespace tl {

bool beginsInLowerCase(std::string_view word);

// Ends in a full stop, a colon, a question or exclamation mark, within quotes or brackets too.
bool endsSentence(std::string_view word);

// Ends in a letter, a comma or a hyphen, so that a sentence cannot end there.
bool breaksOff(std::string_view word);

// Bytes of the hyphen (U+002D, U+2010, U+00AD) at the word's end after a letter or digit; else 0.
size_t hyphenAtEnd(std::string_view word);

// In lower case, without marks at both ends: "Example" for "(Example,".
std::string plainWord(std::string_view word);

}  // namespace tl
