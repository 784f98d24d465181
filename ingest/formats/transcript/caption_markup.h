// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tl {

struct Voice {
    std::string speaker;  // of <v NAME>; empty: none
    std::string words;
};

// A caption without its markup, cut where <v NAME> changes the speaker. Tags that captions do not
// have are words ("a < b", "<stdio.h>").
std::vector<Voice> readCaption(std::string_view payload);

}  // namespace tl
