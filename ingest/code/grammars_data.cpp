// SPDX-License-Identifier: Apache-2.0
// Data files, markup, SQL and build files.
#include "ingest/code/grammars.h"
#include "ingest/code/guarded_language.h"

extern "C" {
const TSLanguage* tree_sitter_json();
const TSLanguage* tree_sitter_yaml();
const TSLanguage* tree_sitter_toml();
const TSLanguage* tree_sitter_markdown();
const TSLanguage* tree_sitter_sql();
const TSLanguage* tree_sitter_cmake();
const TSLanguage* tree_sitter_make();
}

namespace tl {

namespace {

using enum SymbolKind;

constexpr OutlineRule kJson[] = {
    {"pair", kRule, "key/#string_content", "value"},
};

constexpr OutlineRule kYaml[] = {
    {"block_mapping_pair", kRule, "key", "value"},
    {"flow_pair", kRule, "key", "value"},
};

constexpr OutlineRule kToml[] = {
    {"table", kRule, "#dotted_key|#bare_key|#quoted_key"},
    {"table_array_element", kRule, "#dotted_key|#bare_key|#quoted_key"},
    {"pair", kRule, "#dotted_key|#bare_key|#quoted_key"},
};

constexpr OutlineRule kMarkdown[] = {
    {"atx_heading", kHeading, "heading_content"},
    {"setext_heading", kHeading, "heading_content"},
};

constexpr OutlineRule kSql[] = {
    {"create_table", kRule, "#object_reference"},
    {"create_view", kRule, "#object_reference"},
    {"create_materialized_view", kRule, "#object_reference"},
    {"create_index", kRule, "column"},
    {"create_type", kType, "#object_reference"},
    {"create_function", kFunction, "#object_reference", "#function_body"},
    {"create_trigger", kRule, "#object_reference"},
    {"create_schema", kNamespace, "#identifier"},
    {"create_sequence", kRule, "#object_reference"},
    {"column_definition", kField, "name"},
};

constexpr OutlineRule kCMake[] = {
    {"function_def", kFunction, "#function_command/#argument_list/#argument", "#body"},
    {"macro_def", kMacro, "#macro_command/#argument_list/#argument", "#body"},
    {"normal_command",
     kRule,
     "#argument_list/#argument",
     "",
     "#identifier/~project,add_library,add_executable,add_custom_target,option"},
    {"normal_command", kVariable, "#argument_list/#argument", "", "#identifier/~set"},
};

constexpr OutlineRule kMake[] = {
    {"rule", kRule, "#targets", "recipe"},
    {"variable_assignment", kVariable, "name", "value"},
    {"define_directive", kMacro, "name", "value"},
};

constexpr Grammar kGrammars[] = {
    {"JSON", guarded<tree_sitter_json>, kJson, 2},
    {"YAML", guarded<tree_sitter_yaml>, kYaml, 2},
    {"TOML", guarded<tree_sitter_toml>, kToml, 2},
    {"Markdown", guarded<tree_sitter_markdown>, kMarkdown},
    {"SQL", guarded<tree_sitter_sql>, kSql},
    {"CMake", guarded<tree_sitter_cmake>, kCMake},
    {"Make", guarded<tree_sitter_make>, kMake},
};

}  // namespace

std::span<const Grammar> dataGrammars() {
    return kGrammars;
}

}  // namespace tl
