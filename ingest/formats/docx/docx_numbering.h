// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "ingest/text/list_numbers.h"

namespace tl {

// The lists of a DOCX file. Their numbers stand nowhere in the file: they come from counting.
class DocxNumbering {
public:
    DocxNumbering() = default;
    explicit DocxNumbering(pugi::xml_node root);

    // The marker of the next paragraph of a list, counted: "- ", "2.1 ", "b) "; empty for a list
    // without markers. A list that is not defined has "- ".
    std::string next(int listId, int level);

private:
    static constexpr int kLevels = 9;

    struct Level {
        bool isBullet = true;
        bool isPlain = false;  // no marker
        int start = 1;
        NumberStyle style = NumberStyle::kDecimal;
        std::string pattern;  // "%1.%2)"
    };
    using Levels = std::array<Level, kLevels>;
    struct List {
        int definition = -1;
        std::array<std::optional<int>, kLevels> starts;  // where this one begins anew
    };

    static Levels levelsOf(pugi::xml_node node);
    static Level levelOf(pugi::xml_node node);
    void addList(pugi::xml_node node);
    std::string fill(const Levels& levels, const std::array<int, kLevels>& counts, int level) const;

    std::unordered_map<int, Levels> m_definitions;
    std::unordered_map<int, List> m_lists;
    // By definition: lists that share one go on counting.
    std::unordered_map<int, std::array<int, kLevels>> m_counts;
    std::unordered_set<int> m_begun;  // lists whose own starts have been used
};

}  // namespace tl
