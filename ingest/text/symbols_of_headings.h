// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/extract.h"

namespace tl {

struct Heading {
    std::string name;
    int level = 1;      // 1 is the outermost
    int64_t begin = 0;  // byte range of the heading itself in the text
    int64_t end = 0;
};

// Headings, in order, as nested symbols: each reaches to the next one of its level or above. What
// can be folded is the text up to the next heading of any level, so that all headings stay.
std::vector<Symbol> symbolsOfHeadings(std::string_view text, const std::vector<Heading>& headings);

}  // namespace tl
