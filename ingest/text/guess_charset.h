// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tl {

struct CharsetGuess {
    std::string charset;  // a name that ICU knows and people write: "Shift_JIS", "windows-1251"
    bool isSure = false;  // no other encoding comes near
};

// The encoding in which the bytes are most plausibly a text, by the letters of the languages that
// are written in it and by what two detectors of encodings say; what the text says of itself
// (charsetSaidIn()) counts like a third. nullopt when no encoding makes a text of them. Looks at
// 8 KiB of lines that are not ASCII. REQUIRES: no mark, not UTF-8. Thread-safe.
std::optional<CharsetGuess> guessCharset(std::string_view bytes);

// The same for names in a zip archive, joined by line ends: what old DOS programs wrote counts
// more, and is the rule where nothing else speaks: "IBM437".
CharsetGuess guessNamesCharset(std::string_view names);

}  // namespace tl
