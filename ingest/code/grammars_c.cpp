// SPDX-License-Identifier: Apache-2.0
// C, C++ and CUDA, which is read as C++.
#include "ingest/code/grammars.h"
#include "ingest/code/guarded_language.h"

extern "C" {
const TSLanguage* tree_sitter_c();
const TSLanguage* tree_sitter_cpp();
}

namespace tl {

namespace {

using enum SymbolKind;

constexpr OutlineRule kC[] = {
    {"preproc_def", kMacro, "name", "", ""},
    {"preproc_function_def", kMacro, "name", "value", ""},
    {"struct_specifier", kStruct, "name", "", "body"},
    {"union_specifier", kUnion, "name", "", "body"},
    {"enum_specifier", kEnum, "name", "", "body"},
    {"enumerator", kConstant, "name"},
    {"type_definition", kType, "@"},
    {"function_definition", kFunction, "@", "body"},
    {"declaration",
     kFunction,
     "@",
     "",
     "@function_declarator/declarator/!parenthesized_declarator"},
    {"declaration", kVariable, "@", "declarator/value"},
    {"field_declaration",
     kMethod,
     "@",
     "",
     "@function_declarator/declarator/!parenthesized_declarator"},
    {"field_declaration", kField, "@"},
};

// What C++ has beyond C.
constexpr OutlineRule kCpp[] = {
    {"namespace_definition", kNamespace, "name"},
    {"class_specifier", kClass, "name", "", "body"},
    {"alias_declaration", kType, "name"},
    {"concept_definition", kType, "name"},
};

constexpr Grammar kGrammars[] = {
    {"C", guarded<tree_sitter_c>, kC},
    {.language = "C++", .make = guarded<tree_sitter_cpp>, .rules = kCpp, .baseRules = kC},
    {.language = "CUDA", .make = guarded<tree_sitter_cpp>, .rules = kCpp, .baseRules = kC},
};

}  // namespace

std::span<const Grammar> cGrammars() {
    return kGrammars;
}

}  // namespace tl
