// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "ingest/reason_code.h"

namespace tl {

// The English of a code: the one place where the program's reasons have words. Each is a whole
// sentence, with a form of its own for a count of one, so that a translation can take its place.
//
// What stands in braces is put in from the Reason: {name}, {detail}, {count}, {limit}, {range}
// (count to limit), {first} (the first of its places), {because} (the reason behind it; in a kind,
// its kind); :bytes, :memory (bytes in whole MiB) and :time (milliseconds) say what a number is. A
// stretch in brackets is left out where something in it is empty or 0.
struct ReasonWords {
    ReasonCode code = ReasonCode::kNone;
    std::string_view name;         // for other programs, never changed: "same_content"
    std::string_view text;         // the sentence
    std::string_view kind{};       // what it shares with like ones; empty: the sentence
    std::string_view textOfOne{};  // for a count of one; empty: the sentence
};

// REQUIRES: a code of the enumeration
const ReasonWords& wordsOf(ReasonCode code);

// Those of mails, documents, pages and transcripts: the codes from kNoMail.
std::span<const ReasonWords> formatWords();

}  // namespace tl
