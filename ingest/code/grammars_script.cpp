// SPDX-License-Identifier: Apache-2.0
// Python, Ruby, Lua, Bash, R, Julia and Elixir.
#include "ingest/code/grammars.h"
#include "ingest/code/guarded_language.h"

extern "C" {
const TSLanguage* tree_sitter_python();
const TSLanguage* tree_sitter_ruby();
const TSLanguage* tree_sitter_lua();
const TSLanguage* tree_sitter_bash();
const TSLanguage* tree_sitter_r();
const TSLanguage* tree_sitter_julia();
const TSLanguage* tree_sitter_elixir();
}

namespace tl {

namespace {

using enum SymbolKind;

constexpr OutlineRule kPython[] = {
    {"class_definition", kClass, "name"},
    {"function_definition", kFunction, "name", "body"},
    {"assignment", kVariable, "left/=identifier", "right"},
    {"type_alias_statement", kType, "left"},
};

constexpr OutlineRule kRuby[] = {
    {"module", kModule, "name"},
    {"class", kClass, "name"},
    {"singleton_class", kClass, "value"},
    {"method", kFunction, "name", "body"},
    {"singleton_method", kMethod, "name", "body"},
    {"assignment", kConstant, "left/=constant", "right"},
};

constexpr OutlineRule kLua[] = {
    {"function_declaration", kFunction, "name", "body"},
    {"assignment_statement",
     kFunction,
     "#variable_list/name",
     "#expression_list/value/body",
     "#expression_list/value/=function_definition"},
    {"assignment_statement", kVariable, "#variable_list/name/=identifier", "#expression_list"},
    {"field", kFunction, "name", "value/body", "value/=function_definition"},
};

constexpr OutlineRule kBash[] = {
    {"function_definition", kFunction, "name", "body"},
    {"variable_assignment", kVariable, "name", "value"},
};

constexpr OutlineRule kR[] = {
    {"binary_operator", kFunction, "lhs", "rhs/body", "rhs/=function_definition"},
    {"binary_operator", kVariable, "lhs/=identifier", "rhs", "operator/~<-,=,<<-"},
    {"call",
     kClass,
     "arguments/#argument/value/content",
     "",
     "function/~setClass,setRefClass,R6Class"},
};

constexpr OutlineRule kJulia[] = {
    {"module_definition", kModule, "name"},
    {"struct_definition",
     kStruct,
     "#type_head/#identifier|#type_head/#parametrized_type_expression/#identifier|#type_head/"
     "#binary_expression/#parametrized_type_expression/#identifier|#type_head/#binary_expression/"
     "#identifier"},
    {"abstract_definition", kInterface, "#type_head/#binary_expression/#identifier|#type_head"},
    {"function_definition",
     kFunction,
     "#signature/#call_expression/#identifier|#signature/#call_expression/#field_expression|"
     "#signature/#where_expression/#call_expression/#identifier|"
     "#signature/#typed_expression/#call_expression/#identifier|#signature",
     ">#signature"},
    {"macro_definition", kMacro, "#signature/#call_expression/#identifier", ">#signature"},
    {"assignment",
     kFunction,
     "#call_expression/#identifier|#call_expression/#field_expression",
     "",
     "#call_expression"},
    {"assignment", kVariable, "#identifier"},
};

constexpr OutlineRule kElixir[] = {
    {"call", kModule, "#arguments/#alias", "", "target/~defmodule,defprotocol,defimpl"},
    {"call",
     kMacro,
     "#arguments/#call/target|#arguments/#binary_operator/left/target|#arguments/#identifier",
     "#do_block",
     "target/~defmacro,defmacrop"},
    {"call",
     kFunction,
     "#arguments/#call/target|#arguments/#binary_operator/left/target|#arguments/#identifier",
     "#do_block",
     "target/~def,defp,defguard,defdelegate"},
    {"call", kStruct, "target", "", "target/~defstruct"},
};

constexpr Grammar kGrammars[] = {
    {"Python", guarded<tree_sitter_python>, kPython},
    {"Ruby", guarded<tree_sitter_ruby>, kRuby},
    {"Lua", guarded<tree_sitter_lua>, kLua},
    {"Bash", guarded<tree_sitter_bash>, kBash},
    {"R", guarded<tree_sitter_r>, kR},
    {"Julia", guarded<tree_sitter_julia>, kJulia},
    {"Elixir", guarded<tree_sitter_elixir>, kElixir},
};

}  // namespace

std::span<const Grammar> scriptGrammars() {
    return kGrammars;
}

}  // namespace tl
