// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace tl {

// "ELF program", "PNG image"...: what the first bytes say about a file that is no text; empty when
// they say nothing.
std::string_view formatBySignature(std::string_view bytes);

// Whether control characters that no text has (all but tab, line ends, form feed, backspace and
// escape; NUL is counted elsewhere) make up over a fiftieth of the first 64 KiB.
bool hasManyControls(std::string_view bytes);

}  // namespace tl
