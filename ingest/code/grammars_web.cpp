// SPDX-License-Identifier: Apache-2.0
// JavaScript, TypeScript, PHP, HTML and CSS.
#include "ingest/code/grammars.h"
#include "ingest/code/guarded_language.h"

extern "C" {
const TSLanguage* tree_sitter_javascript();
const TSLanguage* tree_sitter_typescript();
const TSLanguage* tree_sitter_tsx();
const TSLanguage* tree_sitter_php();
const TSLanguage* tree_sitter_html();
const TSLanguage* tree_sitter_css();
}

namespace tl {

namespace {

using enum SymbolKind;

constexpr OutlineRule kJavaScript[] = {
    {"function_declaration", kFunction, "name", "body"},
    {"generator_function_declaration", kFunction, "name", "body"},
    {"class_declaration", kClass, "name"},
    {"method_definition", kMethod, "name", "body"},
    {"field_definition", kField, "property", "value"},
    {"variable_declarator",
     kFunction,
     "name",
     "value/body",
     "value/=arrow_function|value/=function_expression|value/=generator_function"},
    {"variable_declarator", kVariable, "name/=identifier", "value"},
    {"assignment_expression",
     kFunction,
     "left",
     "right/body",
     "right/=arrow_function|right/=function_expression"},
    {"pair", kFunction, "key", "value/body", "value/=arrow_function|value/=function_expression"},
};

// What TypeScript has beyond JavaScript.
constexpr OutlineRule kTypeScript[] = {
    {"abstract_class_declaration", kClass, "name"},
    {"interface_declaration", kInterface, "name"},
    {"type_alias_declaration", kType, "name"},
    {"enum_declaration", kEnum, "name"},
    {"enum_assignment", kConstant, "name"},
    {"internal_module", kNamespace, "name"},
    {"module", kModule, "name"},
    {"property_signature", kField, "name", "", "name"},
    {"method_signature", kMethod, "name"},
    {"abstract_method_signature", kMethod, "name"},
    {"public_field_definition", kField, "name", "value"},
    {"function_signature", kFunction, "name"},
};

constexpr OutlineRule kPhp[] = {
    {"namespace_definition", kNamespace, "name"},
    {"class_declaration", kClass, "name"},
    {"interface_declaration", kInterface, "name"},
    {"trait_declaration", kClass, "name"},
    {"enum_declaration", kEnum, "name"},
    {"enum_case", kConstant, "name"},
    {"function_definition", kFunction, "name", "body"},
    {"method_declaration", kMethod, "name", "body"},
    {"const_element", kConstant, "#name"},
    {"property_element", kField, "name", "default_value"},
};

constexpr OutlineRule kHtml[] = {
    {"element", kHeading, "#text|#element/#text", "", "#start_tag/#tag_name/~h1,h2,h3,h4,h5,h6"},
    {"element", kHeading, "#text", "", "#start_tag/#tag_name/~title"},
    {"attribute", kRule, "#quoted_attribute_value/#attribute_value", "", "#attribute_name/~id"},
};

constexpr OutlineRule kCss[] = {
    {"rule_set", kRule, "#selectors", "#block"},
    {"media_statement", kRule, "#feature_query|#binary_query|#keyword_query"},
    {"keyframes_statement", kRule, "#keyframes_name", "#keyframe_block_list"},
    {"supports_statement", kRule, "#feature_query"},
};

constexpr Grammar kGrammars[] = {
    {"JavaScript", guarded<tree_sitter_javascript>, kJavaScript},
    {.language = "TypeScript",
     .make = guarded<tree_sitter_typescript>,
     .rules = kTypeScript,
     .baseRules = kJavaScript},
    {.language = "TSX",
     .make = guarded<tree_sitter_tsx>,
     .rules = kTypeScript,
     .baseRules = kJavaScript},
    {"PHP", guarded<tree_sitter_php>, kPhp},
    {"HTML", guarded<tree_sitter_html>, kHtml},
    {"CSS", guarded<tree_sitter_css>, kCss},
};

}  // namespace

std::span<const Grammar> webGrammars() {
    return kGrammars;
}

}  // namespace tl
