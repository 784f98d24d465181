// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/odf/odf_text.h"

#include <algorithm>
#include <utility>

#include "ingest/text/text_lines.h"
#include "ingest/xml/formula_text.h"

namespace tl {
namespace {

constexpr TableNames kTableNames{"table", "table-row", "table-cell"};

}  // namespace

const std::unordered_map<std::string_view, OdfText::Handler>& OdfText::handlers() {
    using Self = OdfText;
    static const std::unordered_map<std::string_view, Handler> handlers = {
        {"p", {&Self::beginParagraph, &Self::endBlock}},
        {"h", {&Self::beginHeading, &Self::endBlock}},
        {"s", {&Self::takeSpaces, &Self::nothing}},
        {"tab", {&Self::takeTab, &Self::nothing}},
        {"line-break", {&Self::takeBreak, &Self::nothing}},
        {"list", {&Self::beginList, &Self::endList}},
        {"list-item", {&Self::beginItem, &Self::nothing}},
        {"list-header", {&Self::beginItem, &Self::nothing}},
        {"note", {&Self::takeNote, &Self::nothing}},
        {"annotation", {&Self::takeComment, &Self::nothing}},
        {"text-box", {&Self::takeTextBox, &Self::nothing}},
        {"title", {&Self::takeImageWords, &Self::nothing}},
        {"desc", {&Self::takeImageWords, &Self::nothing}},
        {"object", {&Self::takeObject, &Self::nothing}},
        {"tracked-changes", {&Self::takeChanges, &Self::nothing}},
        {"table", {&Self::beginTable, &Self::endTable}},
        {"table-row", {&Self::beginRow, &Self::nothing}},
        {"table-cell", {&Self::beginCell, &Self::nothing}},
        {"covered-table-cell", {&Self::beginCell, &Self::nothing}},
        {"ruby-text", {&Self::beginBracket, &Self::endBracket}},
        {"frame", {&Self::beginFrame, &Self::endFrame}},
        {"page", {&Self::beginPage, &Self::endPage}},
        {"notes", {&Self::beginPageNotes, &Self::endPageNotes}},
        {"number", {&Self::skip, &Self::nothing}},  // a list's marker once more
        {"forms", {&Self::skip, &Self::nothing}},
        {"sequence-decls", {&Self::skip, &Self::nothing}},
        {"variable-decls", {&Self::skip, &Self::nothing}},
        {"binary-data", {&Self::skip, &Self::nothing}},
        {"event-listeners", {&Self::skip, &Self::nothing}},
    };
    return handlers;
}

void OdfText::write(pugi::xml_node root, TextFlow& flow) {
    m_flow = &flow;
    m_layoutTables.add(root, kTableNames);
    walkXml(root, *this);
    writeAsides();
}

bool OdfText::enter(pugi::xml_node node) {
    if (m_flow->isFull()) {
        return false;
    }
    const auto handler = handlers().find(localName(node));
    return handler == handlers().end() || (this->*handler->second.enter)(node);
}

void OdfText::leave(pugi::xml_node node) {
    const auto handler = handlers().find(localName(node));
    if (handler != handlers().end()) {
        (this->*handler->second.leave)(node);
    }
}

// White space counts once, over the borders of elements too.
void OdfText::text(std::string_view text) {
    if (m_blocks.empty()) {
        return;
    }
    std::string words;
    for (const char c : text) {
        const bool isSpace = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!isSpace) {
            words += c;
        } else if (!m_isAfterSpace) {
            words += ' ';
        }
        m_isAfterSpace = isSpace;
    }
    m_flow->verbatim(words);
}

bool OdfText::beginParagraph(pugi::xml_node node) {
    m_isAfterSpace = true;
    if (std::exchange(m_isJoined, false)) {
        m_blocks.push_back(Block::kPlain);
        return true;
    }
    const bool isSlideTitle = !m_frames.empty() && m_frames.back() == "title";
    if (isSlideTitle || m_styles.isTitle(attributeOf(node, "style-name"))) {
        m_flow->beginHeading(1);
        m_blocks.push_back(Block::kHeading);
    } else if (!m_lists.empty()) {
        m_flow->beginItem(m_lists.back().level + 1, listMarker());
        m_blocks.push_back(Block::kItem);
    } else {
        m_flow->newParagraph();
        m_blocks.push_back(Block::kPlain);
    }
    return true;
}

bool OdfText::beginHeading(pugi::xml_node node) {
    m_isAfterSpace = true;
    m_isJoined = false;
    const int level = std::clamp(intAttributeOf(node, "outline-level", 1), 1, kOdfLevels);
    m_flow->beginHeading(level + 1);  // below the title
    std::string marker = m_lists.empty() ? "" : listMarker();
    if (attributeOf(node, "is-list-header") != "true" && m_lists.empty()) {
        marker = outlineMarker(level - 1);
    }
    m_flow->words(marker == "- " ? "" : marker);
    m_blocks.push_back(Block::kHeading);
    return true;
}

void OdfText::endBlock(pugi::xml_node) {
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

bool OdfText::takeSpaces(pugi::xml_node node) {
    m_isAfterSpace = false;
    constexpr int kMost = 1000;
    const int count = std::clamp(intAttributeOf(node, "c", 1), 1, kMost);
    m_flow->verbatim(std::string(static_cast<size_t>(count), ' '));
    return false;
}

bool OdfText::takeTab(pugi::xml_node) {
    m_isAfterSpace = false;
    m_flow->verbatim("\t");
    return false;
}

bool OdfText::takeBreak(pugi::xml_node) {
    m_isAfterSpace = false;
    m_flow->lineBreak();
    return false;
}

bool OdfText::beginList(pugi::xml_node node) {
    List list;
    list.level = static_cast<int>(std::min<size_t>(m_lists.size(), 100));
    list.id = attributeOf(node, "id");
    list.style = attributeOf(node, "style-name");
    if (list.style.empty() && !m_lists.empty()) {
        list.style = m_lists.back().style;
    }
    const std::string before(attributeOf(node, "continue-list"));
    const auto at = static_cast<size_t>(std::min(list.level, kOdfLevels - 1));
    const OdfLevels* levels = m_styles.listLevels(list.style);
    OdfCounts& counts = m_counts[list.style];
    if (const auto continued = m_counts.find(before);
        !before.empty() && continued != m_counts.end()) {
        const OdfCounts copy = continued->second;
        m_counts[list.style] = copy;
    } else if (attributeOf(node, "continue-numbering") != "true") {
        counts[at] = levels == nullptr ? 0 : (*levels)[at].start - 1;
    }
    m_lists.push_back(std::move(list));
    return true;
}

void OdfText::endList(pugi::xml_node) {
    const List& list = m_lists.back();
    if (!list.id.empty()) {
        const OdfCounts copy = m_counts[list.style];
        m_counts[list.id] = copy;
    }
    m_lists.pop_back();
}

bool OdfText::beginItem(pugi::xml_node node) {
    if (m_lists.empty()) {
        return true;
    }
    List& list = m_lists.back();
    list.isItemMarked = localName(node) == "list-header";
    if (const int start = intAttributeOf(node, "start-value", -1); start >= 0) {
        const auto at = static_cast<size_t>(std::min(list.level, kOdfLevels - 1));
        m_counts[list.style][at] = start - 1;
    }
    return true;
}

// The marker of the item that a paragraph begins; nothing for its further paragraphs. An item that
// only holds a deeper list has none and is not counted.
std::string OdfText::listMarker() {
    List& list = m_lists.back();
    if (std::exchange(list.isItemMarked, true)) {
        return {};
    }
    const OdfLevels* levels = m_styles.listLevels(list.style);
    if (levels == nullptr) {
        return "- ";
    }
    OdfCounts& counts = m_counts[list.style];
    ++counts[static_cast<size_t>(std::min(list.level, kOdfLevels - 1))];
    return odfMarker(*levels, counts, list.level);
}

std::string OdfText::outlineMarker(int level) {
    const auto at = static_cast<size_t>(level);
    const OdfLevels& levels = m_styles.outline();
    m_outlineCounts[at] =
        m_outlineCounts[at] == 0 ? std::max(1, levels[at].start) : m_outlineCounts[at] + 1;
    std::fill(m_outlineCounts.begin() + level + 1, m_outlineCounts.end(), 0);
    return odfMarker(levels, m_outlineCounts, level);
}

bool OdfText::takeNote(pugi::xml_node node) {
    std::string mark("[^");
    mark += std::to_string(++m_notes);
    mark += ']';
    m_flow->verbatim(mark);
    m_asides.push_back({childOf(node, "note-body"), mark + ":"});
    return false;
}

bool OdfText::takeComment(pugi::xml_node node) {
    const std::string author = textBelow(childOf(node, "creator"));
    std::string label("Comment");
    label += author.empty() ? "" : " by ";
    label += author;
    label += ':';
    m_asides.push_back({node, std::move(label)});
    return false;
}

// Within a paragraph it waits for the paragraph's end; else it is a block like others.
bool OdfText::takeTextBox(pugi::xml_node node) {
    if (m_blocks.empty()) {
        return true;
    }
    m_asides.push_back({node, ""});
    return false;
}

bool OdfText::takeImageWords(pugi::xml_node node) {
    const std::string words = textBelow(node);
    if (!words.empty() && !m_isInNotes) {
        m_flow->verbatim("[image: ");
        m_flow->words(words);
        m_flow->verbatim("]");
    }
    return false;
}

bool OdfText::takeObject(pugi::xml_node node) {
    m_flow->words(m_objectWords(attributeOf(node, "href")));
    // In a flat file the object itself stands here.
    if (const pugi::xml_node formula = childOf(node, "math")) {
        m_flow->words(formulaText(formula));
    }
    return false;
}

bool OdfText::takeChanges(pugi::xml_node) {
    m_hasChanges = true;
    return false;
}

bool OdfText::beginTable(pugi::xml_node node) {
    m_tables.push_back(!m_layoutTables.contains(node));
    if (m_tables.back()) {
        m_flow->beginTable();
    }
    return true;
}

void OdfText::endTable(pugi::xml_node) {
    if (m_tables.back()) {
        m_flow->endTable();
    }
    m_tables.pop_back();
    if (m_tables.empty() && m_blocks.empty()) {
        writeAsides();
    }
}

bool OdfText::beginRow(pugi::xml_node) {
    if (isInDataTable()) {
        m_flow->beginRow();
    }
    return true;
}

bool OdfText::beginCell(pugi::xml_node node) {
    constexpr int kMostRepeated = 256;
    const int repeated = std::clamp(intAttributeOf(node, "number-columns-repeated", 1),
                                    1,
                                    node.first_child() ? 1 : kMostRepeated);
    for (int i = 0; i < repeated && isInDataTable(); ++i) {
        m_flow->beginCell();
    }
    return true;
}

bool OdfText::beginBracket(pugi::xml_node) {
    m_flow->verbatim("(");
    return true;
}

void OdfText::endBracket(pugi::xml_node) {
    m_flow->verbatim(")");
}

bool OdfText::beginFrame(pugi::xml_node node) {
    const std::string_view kind = attributeOf(node, "class");
    constexpr std::string_view kMargins[] = {"date-time", "footer", "header", "page-number"};
    if (std::find(std::begin(kMargins), std::end(kMargins), kind) != std::end(kMargins)) {
        return false;
    }
    m_frames.emplace_back(kind);
    return true;
}

void OdfText::endFrame(pugi::xml_node) {
    m_frames.pop_back();
}

bool OdfText::beginPage(pugi::xml_node) {
    m_flow->beginUnit(UnitKind::kSlide, ++m_pages);
    m_pageHeadings = m_flow->headings().size();
    return true;
}

void OdfText::endPage(pugi::xml_node) {
    writeAsides();
    const auto& headings = m_flow->headings();
    std::string title = headings.size() > m_pageHeadings ? headings[m_pageHeadings].name : "";
    m_flow->endUnit(std::move(title),
                    m_flow->unitHasText() ? ReasonCode::kNone : ReasonCode::kSlideWithoutText);
}

bool OdfText::beginPageNotes(pugi::xml_node node) {
    const auto hasWords = [](pugi::xml_node frame) {
        return attributeOf(frame, "class") == "notes" && !textBelow(frame).empty();
    };
    if (std::none_of(node.children().begin(), node.children().end(), hasWords)) {
        return false;
    }
    m_isInNotes = true;
    m_flow->newParagraph();
    m_flow->label("Notes:");
    m_isJoined = true;
    return true;
}

void OdfText::endPageNotes(pugi::xml_node) {
    m_isInNotes = false;
    m_isJoined = false;
    m_flow->newParagraph();
}

void OdfText::writeAsides() {
    if (std::exchange(m_isWritingAsides, true)) {
        return;
    }
    const std::vector<List> lists = std::exchange(m_lists, {});
    for (size_t i = 0; i < m_asides.size() && !m_flow->isFull(); ++i) {
        const Aside aside = m_asides[i];
        m_flow->newParagraph();
        if (!aside.label.empty()) {
            m_flow->label(aside.label);
            m_isJoined = true;
        }
        for (const pugi::xml_node child : aside.node.children()) {
            if (localName(child) != "creator" && localName(child) != "date") {
                walkXml(child, *this);
            }
        }
        m_isJoined = false;
    }
    m_asides.clear();
    m_lists = lists;
    m_isWritingAsides = false;
}

}  // namespace tl
