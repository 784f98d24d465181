// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include <tree_sitter/api.h>

namespace tl {

// A place in a syntax tree and the text it was made from.
struct TextNode {
    TSNode node;
    std::string_view text;

    std::string_view own() const;
    bool isNull() const { return ts_node_is_null(node); }
};

// Follows a path of OutlineRule; a null node when it leads nowhere.
TextNode followPath(TextNode from, std::string_view path);

// All children in the field of the path's first step, each led on along the rest.
std::vector<TextNode> followToAll(TextNode from, std::string_view path);

}  // namespace tl
