// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/reason.h"

namespace tl {

struct DecodedText {
    std::string text;           // valid UTF-8 without mark and NUL bytes, lines end in \n
    std::vector<Reason> notes;  // what was done to get at it; none for plain UTF-8
};

// Any bytes in, text out. kUnsupported for what is no text. `charset` is what the user says of the
// file; empty: told by the bytes. Thread-safe.
Reading<DecodedText> decodeText(std::string bytes, std::string_view charset = {});

}  // namespace tl
