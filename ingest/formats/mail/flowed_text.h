// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace tl {

// Text of format=flowed (RFC 3676) with its paragraphs on one line each: lines that end in a space
// go on in the next one of the same quote depth. Quoted lines start with "> " once for each depth.
// The line "-- " in front of a signature stays. With `isDelSp` the space at a soft break goes.
std::string unwrapFlowed(std::string_view text, bool isDelSp);

}  // namespace tl
