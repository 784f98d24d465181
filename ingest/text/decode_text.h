// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "ingest/reason.h"

namespace tl {

struct DecodedText {
    std::string text;           // valid UTF-8 without mark and NUL bytes, lines end in \n
    std::vector<Reason> notes;  // what was done to get at it; none for plain UTF-8
};

// Any bytes in, text out. kUnsupported for what is no text. Thread-safe.
Reading<DecodedText> decodeText(std::string bytes);

}  // namespace tl
