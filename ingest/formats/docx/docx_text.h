// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <pugixml.hpp>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "ingest/formats/docx/docx_numbering.h"
#include "ingest/formats/docx/docx_styles.h"
#include "ingest/text/text_flow.h"
#include "ingest/xml/xml_tables.h"
#include "ingest/xml/xml_tree.h"

namespace tl {

// What a document's body refers to.
struct DocxContext {
    DocxStyles styles;
    DocxNumbering numbering;
    // By id; the trees they belong to live as long as this.
    std::unordered_map<std::string, pugi::xml_node> footnotes;
    std::unordered_map<std::string, pugi::xml_node> endnotes;
    std::unordered_map<std::string, pugi::xml_node> comments;
};

// Writes the text of WordprocessingML. Notes, comments and text boxes come after the paragraph or
// table in which they stand. Insertions are in, deletions are out.
class DocxText final : public XmlVisitor {
public:
    DocxText(DocxContext& context, TextFlow& flow);

    // A whole part: body, header, footer.
    void write(pugi::xml_node root, TextFlow& flow);

    bool hasInsertions() const { return m_hasInsertions; }
    bool hasDeletions() const { return m_hasDeletions; }
    // Ids of relationships, in order: headers and footers, and chunks of other formats.
    const std::vector<std::string>& headers() const { return m_headers; }
    const std::vector<std::string>& footers() const { return m_footers; }
    const std::vector<std::string>& chunks() const { return m_chunks; }
    // Ids of diagrams, and how many charts were met.
    const std::vector<std::string>& diagrams() const { return m_diagrams; }
    size_t charts() const { return m_charts; }

    bool enter(pugi::xml_node node) override;
    void leave(pugi::xml_node node) override;
    void text(std::string_view text) override;

private:
    enum class Block { kPlain, kHeading, kItem };
    struct Aside {
        pugi::xml_node node;
        std::string label;  // in front of its text
    };
    struct Handler {
        bool (DocxText::*enter)(pugi::xml_node);
        void (DocxText::*leave)(pugi::xml_node);
    };

    static const std::unordered_map<std::string_view, Handler>& handlers();

    bool skip(pugi::xml_node) { return false; }
    bool skipInserted(pugi::xml_node node);
    bool skipDeleted(pugi::xml_node node);
    bool beginParagraph(pugi::xml_node node);
    void endParagraph(pugi::xml_node node);
    bool beginText(pugi::xml_node node);
    void endText(pugi::xml_node node);
    bool takeTab(pugi::xml_node node);
    bool takeBreak(pugi::xml_node node);
    bool takeHyphen(pugi::xml_node node);
    bool takeSymbol(pugi::xml_node node);
    bool takeImage(pugi::xml_node node);
    bool takeNote(pugi::xml_node node);
    bool takeComment(pugi::xml_node node);
    bool takeTextBox(pugi::xml_node node);
    bool takeFallback(pugi::xml_node node);
    bool takeSection(pugi::xml_node node);
    bool takeChunk(pugi::xml_node node);
    bool takeDiagram(pugi::xml_node node);
    bool takeChart(pugi::xml_node node);
    bool beginTable(pugi::xml_node node);
    void endTable(pugi::xml_node node);
    bool beginRow(pugi::xml_node node);
    bool beginCell(pugi::xml_node node);
    bool beginScript(pugi::xml_node node);
    void endScript(pugi::xml_node node);
    bool beginDenominator(pugi::xml_node node);
    bool beginBracket(pugi::xml_node node);
    void endBracket(pugi::xml_node node);
    bool beginOperator(pugi::xml_node node);
    void nothing(pugi::xml_node) {}

    bool isInDataTable() const { return !m_tables.empty() && m_tables.back(); }
    void writeAsides();

    DocxContext& m_context;
    TextFlow* m_flow;
    LayoutTables m_layoutTables;
    std::vector<Block> m_blocks;    // paragraphs around
    std::vector<bool> m_tables;     // tables around; true: of data
    std::vector<Aside> m_asides;    // to be written
    std::set<std::string> m_taken;  // notes and comments, each of which is written once
    bool m_isWritingAsides = false;
    bool m_isJoined = false;  // the next paragraph goes on where the label stands
    int m_textDepth = 0;
    int64_t m_notes = 0;
    bool m_hasInsertions = false;
    bool m_hasDeletions = false;
    std::vector<std::string> m_headers;
    std::vector<std::string> m_footers;
    std::vector<std::string> m_chunks;
    std::vector<std::string> m_diagrams;
    size_t m_charts = 0;
};

}  // namespace tl
