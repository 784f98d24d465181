// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/extract.h"
#include "ingest/reason.h"

namespace tl {

struct OutlineLimits {
    std::chrono::milliseconds maxTime{5'000};
    int64_t maxBytes = 16 << 20;   // a syntax tree takes 10 to 30 times its text
    int64_t maxSymbols = 200'000;  // those after them are left out, and said
};

struct Outline {
    std::vector<Symbol> symbols;  // in the order of the text, parents before their children
    bool hasErrors = false;  // the text breaks the grammar; symbols are those around the breaks
    bool isCut = false;      // only the first symbols, up to the limit
};

// True when there is a grammar for the language: a name from languageOf().
bool hasOutline(std::string_view language);

// The definitions in a text. Parsing runs at a few MB/s, much slower than reading: call it for the
// files whose outline is wanted, not for each that is read. kUnsupported
// for a language without grammar and for a text over the limits. Thread-safe.
Reading<Outline> outlineOf(std::string_view text,
                           std::string_view language,
                           const OutlineLimits& limits = {});

}  // namespace tl
