// SPDX-License-Identifier: Apache-2.0
#include "ingest/code/node_path.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace tl {

namespace {

// Nodes with more children than this are lists; what a path looks for stands at their start.
constexpr uint32_t kMaxChildren = 200;
constexpr int kMaxDeclarators = 64;

constexpr TSNode kNone = {};

TSNode inField(TSNode node, std::string_view field) {
    return ts_node_child_by_field_name(node, field.data(), static_cast<uint32_t>(field.size()));
}

TSNode ofType(TSNode node, std::string_view type) {
    TSTreeCursor cursor = ts_tree_cursor_new(node);
    TSNode found = kNone;
    bool more = ts_tree_cursor_goto_first_child(&cursor);
    for (uint32_t i = 0; more && i < kMaxChildren; ++i) {
        const TSNode child = ts_tree_cursor_current_node(&cursor);
        if (ts_node_type(child) == type) {
            found = child;
            break;
        }
        more = ts_tree_cursor_goto_next_sibling(&cursor);
    }
    ts_tree_cursor_delete(&cursor);
    return found;
}

bool isDeclarator(TSNode node) {
    return std::string_view(ts_node_type(node)).ends_with("_declarator");
}

// C's declarators are nested: `*names[3]` is a pointer to an array named `names`.
TSNode declarator(TSNode node, std::string_view type) {
    for (int i = 0; i < kMaxDeclarators; ++i) {
        TSNode next = inField(node, "declarator");
        if (ts_node_is_null(next) && isDeclarator(node)) {
            const uint32_t count = ts_node_named_child_count(node);
            next = count > 0 ? ts_node_named_child(node, count - 1) : kNone;
        }
        if (ts_node_is_null(next)) {
            return type.empty() ? node : kNone;
        }
        if (!type.empty() && ts_node_type(next) == type) {
            return next;
        }
        node = next;
    }
    return kNone;
}

bool isOneOf(std::string_view word, std::string_view list) {
    while (!list.empty()) {
        const size_t comma = std::min(list.find(','), list.size());
        if (list.substr(0, comma) == word) {
            return true;
        }
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return false;
}

TSNode takeStep(TextNode from, std::string_view step) {
    const std::string_view rest = step.substr(1);
    switch (step.front()) {
        case '.':
            return from.node;
        case '#':
            return ofType(from.node, rest);
        case '@':
            return declarator(from.node, rest);
        case '=':
            return ts_node_type(from.node) == rest ? from.node : kNone;
        case '!':
            return ts_node_type(from.node) != rest ? from.node : kNone;
        case '~':
            return isOneOf(from.own(), rest) ? from.node : kNone;
        default:
            return inField(from.node, step);
    }
}

TextNode followSteps(TextNode at, std::string_view steps) {
    while (!steps.empty() && !at.isNull()) {
        const size_t slash = std::min(steps.find('/'), steps.size());
        at.node = takeStep(at, steps.substr(0, slash));
        steps.remove_prefix(std::min(slash + 1, steps.size()));
    }
    return at;
}

}  // namespace

std::string_view TextNode::own() const {
    const size_t begin = std::min<size_t>(ts_node_start_byte(node), text.size());
    const size_t end = std::clamp<size_t>(ts_node_end_byte(node), begin, text.size());
    return text.substr(begin, end - begin);
}

TextNode followPath(TextNode from, std::string_view path) {
    while (!path.empty()) {
        const size_t bar = std::min(path.find('|'), path.size());
        const TextNode found = followSteps(from, path.substr(0, bar));
        if (!found.isNull()) {
            return found;
        }
        path.remove_prefix(std::min(bar + 1, path.size()));
    }
    return {kNone, from.text};
}

std::vector<TextNode> followToAll(TextNode from, std::string_view path) {
    const bool isField = path.front() >= 'a' && path.front() <= 'z';
    std::string_view field = path.substr(0, path.find_first_of("/|"));
    std::string_view rest = path.substr(std::min(field.size() + 1, path.size()));
    if (path == "@") {
        field = "declarator";
        rest = "@";
    } else if (!isField || path.find('|') != std::string_view::npos) {
        const TextNode one = followPath(from, path);
        return one.isNull() ? std::vector<TextNode>{} : std::vector<TextNode>{one};
    }
    std::vector<TextNode> all;
    TSTreeCursor cursor = ts_tree_cursor_new(from.node);
    bool more = ts_tree_cursor_goto_first_child(&cursor);
    for (uint32_t i = 0; more && i < kMaxChildren; ++i) {
        const char* name = ts_tree_cursor_current_field_name(&cursor);
        if (name != nullptr && name == field) {
            const TextNode child{ts_tree_cursor_current_node(&cursor), from.text};
            const TextNode found = rest.empty() ? child : followSteps(child, rest);
            // Grammars count the commas of a list into its field.
            if (!found.isNull() && found.own() != ",") {
                all.push_back(found);
            }
        }
        more = ts_tree_cursor_goto_next_sibling(&cursor);
    }
    ts_tree_cursor_delete(&cursor);
    return all;
}

}  // namespace tl
