// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "app/citation/text_words.h"

namespace tl {

// What kind of thing a question asks for, as far as its words tell.
struct Demand {
    bool number = false;      // how many, how much, how long
    bool date = false;        // which date, which year
    bool place = false;       // where, which file
    bool definition = false;  // where something is defined, declared or implemented
    bool speaker = false;     // who said it
    bool yesOrNo = false;
};

Demand demandOf(std::string_view question);

// Whether an answer is of the kind that is asked for: "60 days" is no date, a name no number.
bool meets(const Demand& demand, const std::vector<Word>& answer);

// "X is defined in FILE", whatever was asked.
bool claimsDefinition(std::string_view answer);

}  // namespace tl
