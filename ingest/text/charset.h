// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tl {

struct ConvertedText {
    std::string text;          // valid UTF-8
    bool wasRepaired = false;  // some bytes meant nothing and became U+FFFD
};

// `charset` is a name that ICU knows; nullopt for others. Thread-safe.
std::optional<ConvertedText> convertToUtf8(std::string_view bytes, const char* charset);

struct GuessedText {
    std::string text;
    std::string charset;
};

// The text in the encoding that two independent detectors agree on, which means that both guesses
// give the same text without a broken character; nullopt when they do not. REQUIRES: no mark, no
// NUL bytes, not UTF-8. Thread-safe.
std::optional<GuessedText> guessCharset(std::string_view bytes);

}  // namespace tl
