// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/citation/text_words.h"

namespace tl {

// What kind of thing a question asks for, as far as its words tell.
struct Demand {
    bool number = false;      // how many, how much, how long
    bool length = false;      // how long: of time or in space
    bool date = false;        // which date, which year
    bool moment = false;      // when: a date, or what must have happened
    bool version = false;     // which version, which release
    bool option = false;      // which option, which switch
    bool person = false;      // who, whom
    bool deed = false;        // how do I, what does it do: more than a single word
    bool place = false;       // where, which file
    bool definition = false;  // where something is defined, declared or implemented
    bool speaker = false;     // who said it
    bool yesOrNo = false;
    std::vector<std::string> counted{};  // how many of them: folded words
};

Demand demandOf(std::string_view question);

// Whether an answer is of the kind that is asked for: "60 days" is no date, a name no number.
bool meets(const Demand& demand, const std::vector<Word>& answer);

// "X is defined in FILE", whatever was asked.
bool claimsDefinition(std::string_view answer);

}  // namespace tl
