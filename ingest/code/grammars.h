// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "ingest/extract.h"

struct TSLanguage;

namespace tl {

// How one type of node becomes a symbol. Of the rules for a type the first whose `needs` is met
// counts.
//
// Paths lead from the node to another one: steps with '/' between them, alternatives with '|'.
//   name       child in that field            #type   first child of that type, also "#enum"
//   @          down a C declarator to its end  @type   ... to the node of that type
//   =type      stay, if it is of that type     !type   stay, if it is not
//   ~a,b       stay, if its text is a or b     .       stay
// Functions in classes become methods, variables in classes fields; variables in functions are
// none of an outline's business.
struct OutlineRule {
    std::string_view node;
    SymbolKind kind;
    std::string_view name;        // the children in the first step's field each give a symbol
    std::string_view body = {};   // what the level `signatures` folds; ">path": what follows it
    std::string_view needs = {};  // empty: always
};

struct Grammar {
    std::string_view language;
    const TSLanguage* (*make)();
    std::span<const OutlineRule> rules;
    int maxDepth = 100;       // symbols nested deeper are left out: settings have keys without end
    bool mergeEqual = false;  // neighbours of one name are one definition, as Haskell's equations
    std::span<const OutlineRule> baseRules = {};  // of the language that this one extends
};

// By language group, one source file each.
std::span<const Grammar> cGrammars();
std::span<const Grammar> webGrammars();
std::span<const Grammar> jvmGrammars();
std::span<const Grammar> scriptGrammars();
std::span<const Grammar> functionalGrammars();
std::span<const Grammar> systemsGrammars();
std::span<const Grammar> dataGrammars();

// nullptr when there is none.
const Grammar* grammarOf(std::string_view language);

}  // namespace tl
