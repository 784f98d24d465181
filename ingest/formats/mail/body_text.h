// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "ingest/reason.h"

namespace tl {

struct BodyText {
    std::string text;  // valid UTF-8, lines end in \n, no NUL
    Reason problem{};  // kCharsetNotSaid...; none when all is well
};

// Bytes whose charset a mail names, rightly or not; an empty name when it does not. By ICU: iconv
// opens a file for each charset, which the sandbox forbids.
BodyText bodyText(std::string_view bytes, std::string_view charset);

}  // namespace tl
