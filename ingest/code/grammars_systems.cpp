// SPDX-License-Identifier: Apache-2.0
// Go, Rust and Swift.
#include "ingest/code/grammars.h"
#include "ingest/code/guarded_language.h"

extern "C" {
const TSLanguage* tree_sitter_go();
const TSLanguage* tree_sitter_rust();
const TSLanguage* tree_sitter_swift();
}

namespace tl {

namespace {

using enum SymbolKind;

constexpr OutlineRule kGo[] = {
    {"function_declaration", kFunction, "name", "body"},
    {"method_declaration", kMethod, "name", "body"},
    {"type_spec", kStruct, "name", "", "type/=struct_type"},
    {"type_spec", kInterface, "name", "", "type/=interface_type"},
    {"type_spec", kType, "name"},
    {"type_alias", kType, "name"},
    {"method_elem", kMethod, "name"},
    {"field_declaration", kField, "name", "", "name"},
    {"const_spec", kConstant, "name", "value"},
    {"var_spec", kVariable, "name", "value"},
};

constexpr OutlineRule kRust[] = {
    {"function_item", kFunction, "name", "body"},
    {"function_signature_item", kFunction, "name"},
    {"struct_item", kStruct, "name"},
    {"enum_item", kEnum, "name"},
    {"enum_variant", kConstant, "name"},
    {"union_item", kUnion, "name"},
    {"trait_item", kInterface, "name"},
    {"impl_item", kClass, "type"},
    {"mod_item", kModule, "name", "", "body"},
    {"type_item", kType, "name"},
    {"associated_type", kType, "name"},
    {"const_item", kConstant, "name", "value"},
    {"static_item", kVariable, "name", "value"},
    {"macro_definition", kMacro, "name", ">name"},
    {"field_declaration", kField, "name"},
};

constexpr OutlineRule kSwift[] = {
    {"class_declaration", kStruct, "name", "", "#struct"},
    {"class_declaration", kEnum, "name", "", "#enum"},
    {"class_declaration", kClass, "name"},
    {"protocol_declaration", kInterface, "name"},
    {"function_declaration", kFunction, "name/=simple_identifier", "body"},
    {"protocol_function_declaration", kMethod, "name/=simple_identifier"},
    {"init_declaration", kMethod, "#init", "body"},
    {"deinit_declaration", kMethod, "#deinit", "body"},
    {"property_declaration", kVariable, "name/bound_identifier", "value|computed_value"},
    {"protocol_property_declaration", kField, "name/bound_identifier"},
    {"enum_entry", kConstant, "name/=simple_identifier"},
    {"typealias_declaration", kType, "name/=type_identifier"},
    {"subscript_declaration", kMethod, "#subscript"},
};

constexpr Grammar kGrammars[] = {
    {"Go", guarded<tree_sitter_go>, kGo},
    {"Rust", guarded<tree_sitter_rust>, kRust},
    {"Swift", guarded<tree_sitter_swift>, kSwift},
};

}  // namespace

std::span<const Grammar> systemsGrammars() {
    return kGrammars;
}

}  // namespace tl
