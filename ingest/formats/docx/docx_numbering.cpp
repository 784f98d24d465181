// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/docx/docx_numbering.h"

#include <algorithm>

#include "ingest/xml/xml_tree.h"

namespace tl {
namespace {

constexpr std::string_view kBullet = "- ";

NumberStyle styleOf(std::string_view format) {
    if (format == "lowerLetter") {
        return NumberStyle::kLowerLetter;
    }
    if (format == "upperLetter") {
        return NumberStyle::kUpperLetter;
    }
    if (format == "lowerRoman") {
        return NumberStyle::kLowerRoman;
    }
    if (format == "upperRoman") {
        return NumberStyle::kUpperRoman;
    }
    return format == "decimalZero" ? NumberStyle::kZeroPadded : NumberStyle::kDecimal;
}

}  // namespace

DocxNumbering::DocxNumbering(pugi::xml_node root) {
    for (const pugi::xml_node node : root.children()) {
        if (localName(node) == "abstractNum") {
            m_definitions.emplace(intAttributeOf(node, "abstractNumId", -1), levelsOf(node));
        } else if (localName(node) == "num") {
            addList(node);
        }
    }
}

DocxNumbering::Levels DocxNumbering::levelsOf(pugi::xml_node node) {
    Levels levels;
    for (const pugi::xml_node child : node.children()) {
        const int at = intAttributeOf(child, "ilvl", -1);
        if (localName(child) == "lvl" && at >= 0 && at < kLevels) {
            levels[static_cast<size_t>(at)] = levelOf(child);
        }
    }
    return levels;
}

DocxNumbering::Level DocxNumbering::levelOf(pugi::xml_node node) {
    constexpr size_t kLongestPattern = 64;
    const std::string_view format = attributeOf(childOf(node, "numFmt"), "val");
    Level level;
    level.isBullet = format == "bullet";
    level.pattern = attributeOf(childOf(node, "lvlText"), "val").substr(0, kLongestPattern);
    level.isPlain = format == "none" || (!level.isBullet && level.pattern.empty());
    level.start = intAttributeOf(childOf(node, "start"), "val", 1);
    level.style = styleOf(format);
    return level;
}

void DocxNumbering::addList(pugi::xml_node node) {
    List list;
    list.definition = intAttributeOf(childOf(node, "abstractNumId"), "val", -1);
    for (const pugi::xml_node child : node.children()) {
        const int at = intAttributeOf(child, "ilvl", -1);
        const pugi::xml_node start = childOf(child, "startOverride");
        if (localName(child) == "lvlOverride" && at >= 0 && at < kLevels && start) {
            list.starts[static_cast<size_t>(at)] = intAttributeOf(start, "val", 1);
        }
    }
    m_lists.emplace(intAttributeOf(node, "numId", -1), list);
}

std::string DocxNumbering::next(int listId, int level) {
    const auto list = m_lists.find(listId);
    if (list == m_lists.end() || !m_definitions.contains(list->second.definition)) {
        return std::string(kBullet);
    }
    const Levels& levels = m_definitions.at(list->second.definition);
    const auto at = static_cast<size_t>(std::clamp(level, 0, kLevels - 1));
    auto [counted, isNew] = m_counts.try_emplace(list->second.definition);
    std::array<int, kLevels>& counts = counted->second;
    for (size_t i = 0; isNew && i < kLevels; ++i) {
        counts[i] = levels[i].start - 1;
    }
    if (m_begun.insert(listId).second) {
        for (size_t i = 0; i < kLevels; ++i) {
            counts[i] = list->second.starts[i] ? *list->second.starts[i] - 1 : counts[i];
        }
    }
    ++counts[at];
    for (size_t i = at + 1; i < kLevels; ++i) {
        counts[i] = levels[i].start - 1;
    }
    if (levels[at].isBullet) {
        return std::string(kBullet);
    }
    return levels[at].isPlain ? "" : fill(levels, counts, static_cast<int>(at)) + " ";
}

std::string DocxNumbering::fill(const Levels& levels,
                                const std::array<int, kLevels>& counts,
                                int level) const {
    const std::string& pattern = levels[static_cast<size_t>(level)].pattern;
    std::string text;
    for (size_t i = 0; i < pattern.size(); ++i) {
        const bool isNumber = pattern[i] == '%' && i + 1 < pattern.size() &&
                              pattern[i + 1] >= '1' && pattern[i + 1] <= '9';
        if (!isNumber) {
            text += pattern[i];
            continue;
        }
        const auto at = static_cast<size_t>(pattern[++i] - '1');
        // A level above that no paragraph has had yet counts as begun.
        const bool isBegun = counts[at] != levels[at].start - 1;
        const int value = isBegun ? counts[at] : levels[at].start;
        text += listNumber(value, levels[at].style);
    }
    return text;
}

}  // namespace tl
