// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/docx/docx_styles.h"

#include "base/ascii.h"
#include "ingest/xml/xml_tree.h"

namespace tl {
namespace {

// "heading 3" is 4, "Title" is 1, else -1. Built-in styles have these names in every language.
int levelByName(std::string_view styleName) {
    const std::string name = asciiLower(styleName);
    if (name == "title") {
        return 1;
    }
    constexpr std::string_view kHeading = "heading ";
    if (name.size() == kHeading.size() + 1 && name.starts_with(kHeading) && name.back() >= '1' &&
        name.back() <= '9') {
        return name.back() - '0' + 1;
    }
    return -1;
}

}  // namespace

DocxParagraph paragraphOf(pugi::xml_node properties) {
    DocxParagraph paragraph;
    if (const pugi::xml_node outline = childOf(properties, "outlineLvl")) {
        const int level = intAttributeOf(outline, "val", -1);
        constexpr int kBodyText = 9;
        paragraph.headingLevel = level >= 0 && level < kBodyText ? level + 2 : 0;
    }
    if (const pugi::xml_node list = childOf(properties, "numPr")) {
        paragraph.listId = intAttributeOf(childOf(list, "numId"), "val", -1);
        paragraph.listLevel = intAttributeOf(childOf(list, "ilvl"), "val", -1);
    }
    return paragraph;
}

DocxParagraph merged(const DocxParagraph& first, const DocxParagraph& second) {
    const auto either = [](int a, int b) { return a >= 0 ? a : b; };
    return {either(first.headingLevel, second.headingLevel),
            either(first.listId, second.listId),
            either(first.listLevel, second.listLevel)};
}

DocxStyles::DocxStyles(pugi::xml_node root) {
    for (const pugi::xml_node node : root.children()) {
        const std::string_view type = attributeOf(node, "type");
        if (localName(node) != "style" || (!type.empty() && type != "paragraph")) {
            continue;
        }
        Style style;
        style.own = paragraphOf(childOf(node, "pPr"));
        if (style.own.headingLevel < 0) {
            style.own.headingLevel = levelByName(attributeOf(childOf(node, "name"), "val"));
        }
        style.basedOn = attributeOf(childOf(node, "basedOn"), "val");
        m_styles.emplace(attributeOf(node, "styleId"), std::move(style));
    }
}

DocxParagraph DocxStyles::resolve(std::string_view id) const {
    constexpr int kMostHops = 32;  // styles may be based on each other in a circle
    DocxParagraph paragraph;
    std::string next(id);
    for (int hop = 0; hop < kMostHops && !next.empty(); ++hop) {
        const auto found = m_styles.find(next);
        if (found == m_styles.end()) {
            break;
        }
        paragraph = merged(paragraph, found->second.own);
        next = found->second.basedOn;
    }
    return paragraph;
}

}  // namespace tl
