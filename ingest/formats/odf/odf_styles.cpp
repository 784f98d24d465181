// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/odf/odf_styles.h"

#include <algorithm>

#include "ingest/xml/xml_tree.h"

namespace tl {
namespace {

std::optional<NumberStyle> styleOf(std::string_view format) {
    if (format == "1") {
        return NumberStyle::kDecimal;
    }
    if (format == "a") {
        return NumberStyle::kLowerLetter;
    }
    if (format == "A") {
        return NumberStyle::kUpperLetter;
    }
    if (format == "i") {
        return NumberStyle::kLowerRoman;
    }
    if (format == "I") {
        return NumberStyle::kUpperRoman;
    }
    return std::nullopt;
}

OdfLevel levelOf(pugi::xml_node node) {
    constexpr size_t kLongest = 32;
    OdfLevel level;
    level.isBullet =
        localName(node) != "list-level-style-number" && localName(node) != "outline-level-style";
    level.style = styleOf(attributeOf(node, "num-format"));
    level.start = intAttributeOf(node, "start-value", 1);
    level.shownLevels = std::clamp(intAttributeOf(node, "display-levels", 1), 1, kOdfLevels);
    level.before = attributeOf(node, "num-prefix").substr(0, kLongest);
    level.after = attributeOf(node, "num-suffix").substr(0, kLongest);
    return level;
}

OdfLevels levelsOf(pugi::xml_node node) {
    OdfLevels levels;
    for (const pugi::xml_node child : node.children()) {
        const int level = intAttributeOf(child, "level", 0);
        if (level >= 1 && level <= kOdfLevels) {
            levels[static_cast<size_t>(level - 1)] = levelOf(child);
        }
    }
    return levels;
}

}  // namespace

void OdfStyles::add(pugi::xml_node root) {
    for (const std::string_view name : {"styles", "automatic-styles"}) {
        for (const pugi::xml_node node : childOf(root, name).children()) {
            addStyle(node);
        }
    }
}

void OdfStyles::addStyle(pugi::xml_node node) {
    const std::string_view kind = localName(node);
    const std::string name(attributeOf(node, "name"));
    if (kind == "style") {
        m_parents.emplace(name, attributeOf(node, "parent-style-name"));
    } else if (kind == "list-style") {
        m_lists.emplace(name, levelsOf(node));
    } else if (kind == "outline-style") {
        m_outline = levelsOf(node);
    }
}

bool OdfStyles::isTitle(std::string_view style) const {
    constexpr int kMostHops = 32;  // styles may be based on each other in a circle
    std::string next(style);
    for (int hop = 0; hop < kMostHops && !next.empty(); ++hop) {
        if (next == "Title") {
            return true;
        }
        const auto found = m_parents.find(next);
        next = found == m_parents.end() ? "" : found->second;
    }
    return false;
}

const OdfLevels* OdfStyles::listLevels(std::string_view style) const {
    const auto found = m_lists.find(std::string(style));
    return found == m_lists.end() ? nullptr : &found->second;
}

std::string odfMarker(const OdfLevels& levels, const OdfCounts& counts, int level) {
    const auto at = static_cast<size_t>(std::clamp(level, 0, kOdfLevels - 1));
    const OdfLevel& own = levels[at];
    if (own.isBullet) {
        return "- ";
    }
    if (!own.style) {
        return {};
    }
    const auto shown = static_cast<size_t>(own.shownLevels);
    std::string numbers;
    for (size_t i = at + 1 > shown ? at + 1 - shown : 0; i <= at; ++i) {
        if (levels[i].style) {
            numbers += numbers.empty() ? "" : ".";
            numbers += listNumber(counts[i], *levels[i].style);
        }
    }
    return own.before + numbers + own.after + " ";
}

}  // namespace tl
