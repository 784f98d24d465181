// SPDX-License-Identifier: Apache-2.0
#include "ingest/xml/pptx_text.h"

#include <algorithm>

#include "base/ascii.h"
#include "ingest/text/text_lines.h"

namespace tl {
namespace {

// p:sp/p:nvSpPr/p:nvPr/p:ph, which says what place of the layout a shape fills.
pugi::xml_node placeholderOf(pugi::xml_node shape) {
    return childOf(childOf(childOf(shape, "nvSpPr"), "nvPr"), "ph");
}

}  // namespace

bool PptxText::enter(pugi::xml_node node) {
    if (m_flow.isFull()) {
        return false;
    }
    const std::string_view name = localName(node);
    if (name == "sp") {
        return beginShape(node);
    }
    if (isOneOf(name, {"tbl", "tr", "tc"})) {
        return beginTablePart(name, node);
    }
    if (name == "p") {
        beginParagraph(node);
        return true;
    }
    if (name == "cNvPr") {
        takeImageWords(node);
        return false;
    }
    if (name == "relIds") {
        m_diagrams.emplace_back(attributeOf(node, "dm"));
        return false;
    }
    if (name == "Fallback") {
        return !childOf(node.parent(), "Choice");
    }
    m_charts += name == "chart" ? 1 : 0;
    return beginInline(name, node);
}

bool PptxText::beginInline(std::string_view name, pugi::xml_node node) {
    if (name == "t") {
        ++m_texts;
        return true;
    }
    if (name == "br") {
        m_flow.lineBreak();
        return false;
    }
    if (name == "tab") {
        m_flow.verbatim("\t");
        return false;
    }
    // The number of the page, the date of today.
    if (name == "fld") {
        const std::string_view type = attributeOf(node, "type");
        return type != "slidenum" && !type.starts_with("datetime");
    }
    return !isOneOf(name, {"pPr", "rPr", "endParaRPr", "bodyPr", "lstStyle", "spPr", "style"});
}

void PptxText::leave(pugi::xml_node node) {
    const std::string_view name = localName(node);
    if (name == "sp") {
        m_shapes.pop_back();
    } else if (name == "p") {
        endParagraph();
    } else if (name == "t") {
        --m_texts;
    } else if (name == "tbl") {
        --m_tables;
        m_flow.endTable();
    }
}

void PptxText::text(std::string_view text) {
    if (m_texts > 0) {
        m_flow.verbatim(text);
    }
}

bool PptxText::beginShape(pugi::xml_node node) {
    const pugi::xml_node placeholder = placeholderOf(node);
    const std::string_view type = attributeOf(placeholder, "type");
    if (isOneOf(type, {"sldNum", "dt", "ftr", "hdr", "sldImg"})) {
        const bool hasWords = isOneOf(type, {"dt", "ftr", "hdr"}) && !textBelow(node).empty();
        m_leftOut += hasWords ? 1 : 0;
        return false;
    }
    const bool isBody = placeholder && isOneOf(type, {"", "body", "obj"});
    if (m_scope == Scope::kNotes && placeholder && !isBody) {
        return false;
    }
    Shape shape = Shape::kOther;
    if (isOneOf(type, {"title", "ctrTitle"})) {
        shape = Shape::kTitle;
    } else if (isBody && m_scope == Scope::kSlide) {
        shape = Shape::kBody;
    }
    m_shapes.push_back(shape);
    m_number = 0;
    if (m_scope == Scope::kSlide) {
        m_flow.newParagraph();
    }
    return true;
}

bool PptxText::beginTablePart(std::string_view name, pugi::xml_node node) {
    if (name == "tbl") {
        ++m_tables;
        m_flow.beginTable();
        return true;
    }
    if (name == "tr") {
        m_flow.beginRow();
        return true;
    }
    m_flow.beginCell();
    // What a merged cell holds is not shown.
    return attributeOf(node, "hMerge") != "1" && attributeOf(node, "vMerge") != "1";
}

void PptxText::beginParagraph(pugi::xml_node node) {
    if (++m_paragraphs > 1) {
        return;
    }
    const Shape shape = m_shapes.empty() ? Shape::kOther : m_shapes.back();
    const pugi::xml_node properties = childOf(node, "pPr");
    const bool isNumbered = !childOf(properties, "buAutoNum").empty();
    const bool hasBullet = isNumbered || childOf(properties, "buChar") ||
                           (shape == Shape::kBody && !childOf(properties, "buNone"));
    m_number = isNumbered ? m_number + 1 : 0;
    if (shape == Shape::kTitle) {
        m_isHeading = true;
        m_flow.beginHeading(1);
    } else if (hasBullet && m_tables == 0) {
        m_isItem = true;
        m_flow.beginItem(std::clamp(intAttributeOf(properties, "lvl", 0), 0, 8) + 1,
                         isNumbered ? std::to_string(m_number) + ". " : "- ");
    } else if (m_scope == Scope::kSlide) {
        m_flow.newLine();
    } else {
        m_flow.lineBreak();
    }
}

void PptxText::endParagraph() {
    if (--m_paragraphs > 0) {
        return;
    }
    if (m_isHeading) {
        const size_t before = m_flow.headings().size();
        m_flow.endHeading();
        if (m_flow.headings().size() > before) {
            appendSeparated(m_title, " ", m_flow.headings().back().name);
        }
    } else if (m_isItem) {
        m_flow.endItem();
    }
    m_isHeading = false;
    m_isItem = false;
}

void PptxText::takeImageWords(pugi::xml_node node) {
    const std::string_view words = trimmed(attributeOf(node, "descr"));
    if (!words.empty() && m_scope == Scope::kSlide) {
        m_flow.newParagraph();
        m_flow.words("[image: ");
        m_flow.words(words);
        m_flow.words("]");
        m_flow.newParagraph();
    }
}

}  // namespace tl
