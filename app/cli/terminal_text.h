// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace tl {

// What documents and file names say, made harmless for a terminal: control characters (escape
// sequences begin with one) and bytes that are no UTF-8 become U+FFFD. Line ends and tabs stay.
std::string terminalText(std::string_view text);

// The same for what has to stay on one line: line ends and tabs become U+FFFD too.
std::string terminalLine(std::string_view text);

}  // namespace tl
