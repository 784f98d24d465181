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

// The same as UTF-16, which ICU's character properties are asked in; empty for an unknown charset.
// A character that is cut off at the end is left out.
std::u16string convertToUtf16(std::string_view bytes, const char* charset);

}  // namespace tl
