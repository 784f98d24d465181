// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/result.h"

namespace tl {

struct DecodedText {
    std::string text;  // valid UTF-8 without mark and NUL bytes, lines end in \n
    std::string note;  // what was done to get at it; empty for plain UTF-8
};

// Any bytes in, text out. kUnsupported, with the reason alone, for what is no text. Thread-safe.
Result<DecodedText> decodeText(std::string bytes);

}  // namespace tl
