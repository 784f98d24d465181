// SPDX-License-Identifier: Apache-2.0
// Java, Kotlin, Scala and C#.
#include "ingest/code/grammars.h"
#include "ingest/code/guarded_language.h"

extern "C" {
const TSLanguage* tree_sitter_java();
const TSLanguage* tree_sitter_kotlin();
const TSLanguage* tree_sitter_scala();
const TSLanguage* tree_sitter_c_sharp();
}

namespace tl {

namespace {

using enum SymbolKind;

constexpr OutlineRule kJava[] = {
    {"class_declaration", kClass, "name"},
    {"interface_declaration", kInterface, "name"},
    {"enum_declaration", kEnum, "name"},
    {"record_declaration", kClass, "name"},
    {"annotation_type_declaration", kInterface, "name"},
    {"enum_constant", kConstant, "name"},
    {"constructor_declaration", kMethod, "name", "body"},
    {"method_declaration", kMethod, "name", "body"},
    {"field_declaration", kField, "declarator/name", "declarator/value"},
    {"constant_declaration", kField, "declarator/name"},
    {"module_declaration", kModule, "name"},
};

constexpr OutlineRule kKotlin[] = {
    {"class_declaration", kInterface, "name", "", "#interface"},
    {"class_declaration", kEnum, "name", "", "#enum_class_body"},
    {"class_declaration", kClass, "name"},
    {"object_declaration", kClass, "name"},
    {"companion_object", kClass, "name|#companion"},
    {"function_declaration", kFunction, "name", "#function_body"},
    {"property_declaration", kVariable, "#variable_declaration/#identifier"},
    {"type_alias", kType, "type"},
    {"enum_entry", kConstant, "#identifier"},
    {"secondary_constructor", kMethod, "#constructor", "#block"},
};

constexpr OutlineRule kScala[] = {
    {"class_definition", kClass, "name"},
    {"trait_definition", kInterface, "name"},
    {"object_definition", kClass, "name"},
    {"enum_definition", kEnum, "name"},
    {"simple_enum_case", kConstant, "name"},
    {"full_enum_case", kConstant, "name"},
    {"function_definition", kFunction, "name", "body"},
    {"function_declaration", kFunction, "name"},
    {"val_definition", kVariable, "pattern/=identifier", "value"},
    {"var_definition", kVariable, "pattern/=identifier", "value"},
    {"val_declaration", kVariable, "name"},
    {"type_definition", kType, "name"},
    {"given_definition", kVariable, "name"},
    {"package_object", kModule, "name"},
};

constexpr OutlineRule kCSharp[] = {
    {"namespace_declaration", kNamespace, "name"},
    {"file_scoped_namespace_declaration", kNamespace, "name"},
    {"class_declaration", kClass, "name"},
    {"struct_declaration", kStruct, "name"},
    {"interface_declaration", kInterface, "name"},
    {"record_declaration", kClass, "name"},
    {"enum_declaration", kEnum, "name"},
    {"enum_member_declaration", kConstant, "name"},
    {"delegate_declaration", kType, "name"},
    {"constructor_declaration", kMethod, "name", "body"},
    {"destructor_declaration", kMethod, "name", "body"},
    {"method_declaration", kMethod, "name", "body"},
    {"operator_declaration", kMethod, "operator", "body"},
    {"property_declaration", kField, "name", "accessors|value"},
    {"indexer_declaration", kMethod, "#this", "accessors"},
    {"event_declaration", kField, "name"},
    {"local_function_statement", kFunction, "name", "body"},
    {"variable_declarator", kField, "name"},
};

constexpr Grammar kGrammars[] = {
    {"Java", guarded<tree_sitter_java>, kJava},
    {"Kotlin", guarded<tree_sitter_kotlin>, kKotlin},
    {"Scala", guarded<tree_sitter_scala>, kScala},
    {"C#", guarded<tree_sitter_c_sharp>, kCSharp},
};

}  // namespace

std::span<const Grammar> jvmGrammars() {
    return kGrammars;
}

}  // namespace tl
