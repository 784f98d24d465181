// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/docx/docx_text.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/utf8.h"
#include "ingest/text/symbol_fonts.h"
#include "ingest/text/text_lines.h"

namespace tl {
namespace {

constexpr TableNames kTableNames{"tbl", "tr", "tc"};

unsigned int hexValueOf(std::string_view text) {
    unsigned int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value, 16);
    return value;
}

// Whether a part of a formula is a single letter or a number of up to three digits, which needs no
// brackets. Looks at a few nodes only, since formulas nest.
bool isShortFormula(pugi::xml_node part) {
    constexpr int kMostNodes = 24;
    std::string text;
    pugi::xml_node node = part;
    for (int seen = 0; seen < kMostNodes; ++seen) {
        text += node.value();
        if (node.first_child()) {
            node = node.first_child();
            continue;
        }
        while (node != part && !node.next_sibling()) {
            node = node.parent();
        }
        if (node == part) {
            constexpr size_t kDigits = 3;
            return text.empty() || (isNumber(text) && text.size() <= kDigits) ||
                   decodeUtf8(text).length == text.size();
        }
        node = node.next_sibling();
    }
    return false;
}

}  // namespace

const std::unordered_map<std::string_view, DocxText::Handler>& DocxText::handlers() {
    using Self = DocxText;
    static const std::unordered_map<std::string_view, Handler> handlers = {
        {"p", {&Self::beginParagraph, &Self::endParagraph}},
        {"t", {&Self::beginText, &Self::endText}},
        {"tab", {&Self::takeTab, &Self::nothing}},
        {"ptab", {&Self::takeTab, &Self::nothing}},
        {"br", {&Self::takeBreak, &Self::nothing}},
        {"cr", {&Self::takeBreak, &Self::nothing}},
        {"noBreakHyphen", {&Self::takeHyphen, &Self::nothing}},
        {"sym", {&Self::takeSymbol, &Self::nothing}},
        {"docPr", {&Self::takeImage, &Self::nothing}},
        {"footnoteReference", {&Self::takeNote, &Self::nothing}},
        {"endnoteReference", {&Self::takeNote, &Self::nothing}},
        {"commentReference", {&Self::takeComment, &Self::nothing}},
        {"txbxContent", {&Self::takeTextBox, &Self::nothing}},
        {"Fallback", {&Self::takeFallback, &Self::nothing}},
        {"sectPr", {&Self::takeSection, &Self::nothing}},
        {"altChunk", {&Self::takeChunk, &Self::nothing}},
        {"relIds", {&Self::takeDiagram, &Self::nothing}},
        {"chart", {&Self::takeChart, &Self::nothing}},
        {"tbl", {&Self::beginTable, &Self::endTable}},
        {"tr", {&Self::beginRow, &Self::nothing}},
        {"tc", {&Self::beginCell, &Self::nothing}},
        {"ins", {&Self::skipInserted, &Self::nothing}},
        {"moveTo", {&Self::skipInserted, &Self::nothing}},
        {"del", {&Self::skipDeleted, &Self::nothing}},
        {"moveFrom", {&Self::skipDeleted, &Self::nothing}},
        {"pPr", {&Self::skip, &Self::nothing}},
        {"rPr", {&Self::skip, &Self::nothing}},
        {"tblPr", {&Self::skip, &Self::nothing}},
        {"trPr", {&Self::skip, &Self::nothing}},
        {"tcPr", {&Self::skip, &Self::nothing}},
        {"sdtPr", {&Self::skip, &Self::nothing}},
        {"instrText", {&Self::skip, &Self::nothing}},
        {"delText", {&Self::skip, &Self::nothing}},
        // Formulas: enough to tell x^2 from x2.
        {"sup", {&Self::beginScript, &Self::endScript}},
        {"sub", {&Self::beginScript, &Self::endScript}},
        {"num", {&Self::beginScript, &Self::endScript}},
        {"den", {&Self::beginDenominator, &Self::endScript}},
        {"d", {&Self::beginBracket, &Self::endBracket}},
        {"rt", {&Self::beginBracket, &Self::endBracket}},
        {"nary", {&Self::beginOperator, &Self::nothing}},
    };
    return handlers;
}

DocxText::DocxText(DocxContext& context, TextFlow& flow) : m_context(context), m_flow(&flow) {
    for (const auto* notes : {&context.footnotes, &context.endnotes, &context.comments}) {
        for (const auto& [id, node] : *notes) {
            m_layoutTables.add(node, kTableNames);
        }
    }
}

void DocxText::write(pugi::xml_node root, TextFlow& flow) {
    m_flow = &flow;
    m_layoutTables.add(root, kTableNames);
    walkXml(root, *this);
    writeAsides();
}

bool DocxText::enter(pugi::xml_node node) {
    if (m_flow->isFull()) {
        return false;
    }
    const auto handler = handlers().find(localName(node));
    return handler == handlers().end() || (this->*handler->second.enter)(node);
}

void DocxText::leave(pugi::xml_node node) {
    const auto handler = handlers().find(localName(node));
    if (handler != handlers().end()) {
        (this->*handler->second.leave)(node);
    }
}

void DocxText::text(std::string_view text) {
    if (m_textDepth > 0) {
        m_flow->verbatim(text);
    }
}

bool DocxText::skipInserted(pugi::xml_node) {
    m_hasInsertions = true;
    return true;
}

bool DocxText::skipDeleted(pugi::xml_node) {
    m_hasDeletions = true;
    return false;
}

bool DocxText::beginParagraph(pugi::xml_node node) {
    if (std::exchange(m_isJoined, false)) {
        m_blocks.push_back(Block::kPlain);
        return true;
    }
    const pugi::xml_node properties = childOf(node, "pPr");
    if (const pugi::xml_node section = childOf(properties, "sectPr")) {
        takeSection(section);
    }
    const std::string_view style = attributeOf(childOf(properties, "pStyle"), "val");
    const DocxParagraph paragraph =
        merged(paragraphOf(properties), m_context.styles.resolve(style));
    const std::string marker =
        paragraph.listId > 0
            ? m_context.numbering.next(paragraph.listId, std::max(0, paragraph.listLevel))
            : "";
    if (paragraph.headingLevel > 0) {
        m_flow->beginHeading(paragraph.headingLevel);
        m_flow->words(marker == "- " ? "" : marker);
        m_blocks.push_back(Block::kHeading);
    } else if (paragraph.listId > 0) {
        m_flow->beginItem(std::max(0, paragraph.listLevel) + 1, marker);
        m_blocks.push_back(Block::kItem);
    } else {
        m_flow->newParagraph();
        m_blocks.push_back(Block::kPlain);
    }
    return true;
}

void DocxText::endParagraph(pugi::xml_node) {
    const Block block = m_blocks.back();
    m_blocks.pop_back();
    if (block == Block::kHeading) {
        m_flow->endHeading();
    } else if (block == Block::kItem) {
        m_flow->endItem();
    } else {
        m_flow->newParagraph();
    }
    if (m_tables.empty() && m_blocks.empty()) {
        writeAsides();
    }
}

bool DocxText::beginText(pugi::xml_node) {
    ++m_textDepth;
    return true;
}

void DocxText::endText(pugi::xml_node) {
    --m_textDepth;
}

bool DocxText::takeTab(pugi::xml_node) {
    m_flow->verbatim("\t");
    return false;
}

bool DocxText::takeBreak(pugi::xml_node) {
    m_flow->lineBreak();
    return false;
}

bool DocxText::takeHyphen(pugi::xml_node) {
    m_flow->verbatim("-");
    return false;
}

bool DocxText::takeSymbol(pugi::xml_node node) {
    m_flow->verbatim(symbolText(attributeOf(node, "font"), hexValueOf(attributeOf(node, "char"))));
    return false;
}

bool DocxText::takeImage(pugi::xml_node node) {
    const std::string_view words = trimmed(attributeOf(node, "descr"));
    if (!words.empty()) {
        m_flow->verbatim("[image: ");
        m_flow->words(words);
        m_flow->verbatim("]");
    }
    return false;
}

bool DocxText::takeNote(pugi::xml_node node) {
    const bool isEndnote = localName(node) == "endnoteReference";
    const auto& notes = isEndnote ? m_context.endnotes : m_context.footnotes;
    const std::string id(attributeOf(node, "id"));
    const auto note = notes.find(id);
    if (note != notes.end() && m_taken.insert(node.name() + id).second) {
        std::string mark("[^");
        mark += std::to_string(++m_notes);
        mark += ']';
        m_flow->verbatim(mark);
        m_asides.push_back({note->second, mark + ":"});
    }
    return false;
}

bool DocxText::takeComment(pugi::xml_node node) {
    const std::string id(attributeOf(node, "id"));
    const auto comment = m_context.comments.find(id);
    if (comment != m_context.comments.end() && m_taken.insert(node.name() + id).second) {
        const std::string_view author = trimmed(attributeOf(comment->second, "author"));
        std::string label("Comment");
        label += author.empty() ? "" : " by ";
        label += author;
        label += ":";
        m_asides.push_back({comment->second, std::move(label)});
    }
    return false;
}

bool DocxText::takeTextBox(pugi::xml_node node) {
    m_asides.push_back({node, ""});
    return false;
}

// The same once more, for programs that do not know the newer form.
bool DocxText::takeFallback(pugi::xml_node node) {
    return !childOf(node.parent(), "Choice");
}

bool DocxText::takeSection(pugi::xml_node node) {
    for (const pugi::xml_node child : node.children()) {
        const std::string_view name = localName(child);
        if (name == "headerReference") {
            m_headers.emplace_back(attributeOf(child, "id"));
        } else if (name == "footerReference") {
            m_footers.emplace_back(attributeOf(child, "id"));
        }
    }
    return false;
}

bool DocxText::takeChunk(pugi::xml_node node) {
    m_chunks.emplace_back(attributeOf(node, "id"));
    return false;
}

bool DocxText::takeDiagram(pugi::xml_node node) {
    m_diagrams.emplace_back(attributeOf(node, "dm"));
    return false;
}

bool DocxText::takeChart(pugi::xml_node) {
    ++m_charts;
    return false;
}

bool DocxText::beginTable(pugi::xml_node node) {
    m_tables.push_back(!m_layoutTables.contains(node));
    if (m_tables.back()) {
        m_flow->beginTable();
    }
    return true;
}

void DocxText::endTable(pugi::xml_node) {
    if (m_tables.back()) {
        m_flow->endTable();
    }
    m_tables.pop_back();
    if (m_tables.empty() && m_blocks.empty()) {
        writeAsides();
    }
}

bool DocxText::beginRow(pugi::xml_node node) {
    if (childOf(childOf(node, "trPr"), "del")) {
        m_hasDeletions = true;
        return false;
    }
    if (isInDataTable()) {
        m_flow->beginRow();
    }
    return true;
}

bool DocxText::beginCell(pugi::xml_node) {
    if (isInDataTable()) {
        m_flow->beginCell();
    }
    return true;
}

bool DocxText::beginScript(pugi::xml_node node) {
    if (localName(node) != "num") {
        m_flow->verbatim(localName(node) == "sup" ? "^" : "_");
    }
    m_flow->verbatim(isShortFormula(node) ? "" : "(");
    return true;
}

bool DocxText::beginDenominator(pugi::xml_node node) {
    m_flow->verbatim("/");
    m_flow->verbatim(isShortFormula(node) ? "" : "(");
    return true;
}

void DocxText::endScript(pugi::xml_node node) {
    m_flow->verbatim(isShortFormula(node) ? "" : ")");
}

bool DocxText::beginBracket(pugi::xml_node node) {
    const pugi::xml_node sign = childOf(childOf(node, "dPr"), "begChr");
    m_flow->verbatim(sign ? attributeOf(sign, "val") : "(");
    return true;
}

void DocxText::endBracket(pugi::xml_node node) {
    const pugi::xml_node sign = childOf(childOf(node, "dPr"), "endChr");
    m_flow->verbatim(sign ? attributeOf(sign, "val") : ")");
}

// Sums and the like; an integral where no sign is named.
bool DocxText::beginOperator(pugi::xml_node node) {
    const pugi::xml_node sign = childOf(childOf(node, "naryPr"), "chr");
    m_flow->verbatim(sign ? attributeOf(sign, "val") : "\xE2\x88\xAB");
    return true;
}

// Asides may hold others, which come after them. Each is written with the state of a fresh body.
void DocxText::writeAsides() {
    if (std::exchange(m_isWritingAsides, true)) {
        return;
    }
    for (size_t i = 0; i < m_asides.size() && !m_flow->isFull(); ++i) {
        const Aside aside = m_asides[i];
        m_flow->newParagraph();
        if (!aside.label.empty()) {
            m_flow->label(aside.label);
            m_isJoined = true;
        }
        // Not the node itself: a text box would only be put in the list again.
        for (const pugi::xml_node child : aside.node.children()) {
            walkXml(child, *this);
        }
        m_isJoined = false;
    }
    m_asides.clear();
    m_isWritingAsides = false;
}

}  // namespace tl
