// SPDX-License-Identifier: Apache-2.0
// Haskell and OCaml.
#include "ingest/code/grammars.h"
#include "ingest/code/guarded_language.h"

extern "C" {
const TSLanguage* tree_sitter_haskell();
const TSLanguage* tree_sitter_ocaml();
const TSLanguage* tree_sitter_ocaml_interface();
}

namespace tl {

namespace {

using enum SymbolKind;

constexpr OutlineRule kHaskell[] = {
    {"type_synomym", kType, "name"},
    {"data_type", kType, "name"},
    {"newtype", kType, "name"},
    {"class", kInterface, "name"},
    {"instance", kClass, "name"},
    {"signature", kFunction, "name"},
    {"function", kFunction, "name", "match"},
    {"bind", kFunction, "name", "match"},
};

constexpr OutlineRule kOCaml[] = {
    {"type_binding", kType, "name"},
    {"exception_definition", kType, "#constructor_declaration/#constructor_name"},
    {"module_binding", kModule, "#module_name"},
    {"module_type_definition", kInterface, "#module_type_name"},
    {"class_binding", kClass, "#class_name"},
    {"method_definition", kMethod, "#method_name", "body"},
    {"let_binding", kFunction, "pattern/=value_name", "body", "#parameter"},
    {"let_binding", kVariable, "pattern/=value_name", "body"},
    {"value_specification", kFunction, "#value_name"},
    {"external", kFunction, "#value_name"},
};

constexpr Grammar kGrammars[] = {
    {"Haskell", guarded<tree_sitter_haskell>, kHaskell, 100, true},
    {"OCaml", guarded<tree_sitter_ocaml>, kOCaml},
    {"OCaml interface", guarded<tree_sitter_ocaml_interface>, kOCaml},
};

}  // namespace

std::span<const Grammar> functionalGrammars() {
    return kGrammars;
}

}  // namespace tl
