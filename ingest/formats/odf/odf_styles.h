// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <unordered_map>

#include "ingest/text/list_numbers.h"

namespace tl {

// How one level of a list or of the headings is numbered.
struct OdfLevel {
    bool isBullet = false;
    std::optional<NumberStyle> style;  // none: no number
    int start = 1;
    int shownLevels = 1;  // "2.1": two
    std::string before;
    std::string after;
};

constexpr int kOdfLevels = 10;
using OdfLevels = std::array<OdfLevel, kOdfLevels>;
using OdfCounts = std::array<int, kOdfLevels>;

// The styles of an OpenDocument file, as far as they say what a paragraph is.
class OdfStyles {
public:
    // The root of content.xml, of styles.xml, or of a flat file; adds to what is there.
    void add(pugi::xml_node root);

    // Whether a paragraph's style is "Title" or based on it.
    bool isTitle(std::string_view style) const;
    // Null for an unknown list style.
    const OdfLevels* listLevels(std::string_view style) const;
    const OdfLevels& outline() const { return m_outline; }

private:
    void addStyle(pugi::xml_node node);

    std::unordered_map<std::string, std::string> m_parents;
    std::unordered_map<std::string, OdfLevels> m_lists;
    OdfLevels m_outline;
};

// The marker at `level` (0 the outermost): "- ", "2.1. ", or nothing.
std::string odfMarker(const OdfLevels& levels, const OdfCounts& counts, int level);

}  // namespace tl
