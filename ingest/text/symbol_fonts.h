// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace tl {

// A character of a symbol font (Symbol, Wingdings), 0..255 or U+F000..U+F0FF, as UTF-8: the usual
// bullets, arrows and check marks as what they show, others as a white square.
std::string symbolText(std::string_view font, unsigned int code);

// Any code point as UTF-8; what is none as U+FFFD, and nothing for 0.
std::string utf8Of(unsigned int code);

}  // namespace tl
