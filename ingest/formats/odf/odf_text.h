// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <pugixml.hpp>
#include <string>
#include <unordered_map>
#include <vector>

#include "ingest/formats/odf/odf_styles.h"
#include "ingest/text/text_flow.h"
#include "ingest/xml/xml_tables.h"
#include "ingest/xml/xml_tree.h"

namespace tl {

// Writes the text of OpenDocument. Notes, comments and text boxes come after the paragraph or
// table in which they stand; each page of a presentation is a unit. Deleted text is left out.
class OdfText final : public XmlVisitor {
public:
    // The words of an embedded object ("./Object 1"): a formula's, else none.
    using ObjectWords = std::function<std::string(std::string_view path)>;

    OdfText(const OdfStyles& styles, ObjectWords objectWords)
        : m_styles(styles), m_objectWords(std::move(objectWords)) {}

    // A whole part: body, header, footer.
    void write(pugi::xml_node root, TextFlow& flow);

    bool hasChanges() const { return m_hasChanges; }

    bool enter(pugi::xml_node node) override;
    void leave(pugi::xml_node node) override;
    void text(std::string_view text) override;

private:
    enum class Block { kPlain, kHeading, kItem };
    struct List {
        std::string style;
        std::string id;
        int level;
        bool isItemMarked = true;  // the item's marker has been given
        bool hasMarkers = true;
    };
    struct Aside {
        pugi::xml_node node;
        std::string label;
    };
    struct Handler {
        bool (OdfText::*enter)(pugi::xml_node);
        void (OdfText::*leave)(pugi::xml_node);
    };

    static const std::unordered_map<std::string_view, Handler>& handlers();

    bool skip(pugi::xml_node) { return false; }
    void nothing(pugi::xml_node) {}
    bool beginParagraph(pugi::xml_node node);
    bool beginHeading(pugi::xml_node node);
    void endBlock(pugi::xml_node node);
    bool takeSpaces(pugi::xml_node node);
    bool takeTab(pugi::xml_node node);
    bool takeBreak(pugi::xml_node node);
    bool beginList(pugi::xml_node node);
    void endList(pugi::xml_node node);
    bool beginItem(pugi::xml_node node);
    bool takeNote(pugi::xml_node node);
    bool takeComment(pugi::xml_node node);
    bool takeTextBox(pugi::xml_node node);
    bool takeImageWords(pugi::xml_node node);
    bool takeObject(pugi::xml_node node);
    bool takeChanges(pugi::xml_node node);
    bool beginTable(pugi::xml_node node);
    void endTable(pugi::xml_node node);
    bool beginRow(pugi::xml_node node);
    bool beginCell(pugi::xml_node node);
    bool beginBracket(pugi::xml_node node);
    void endBracket(pugi::xml_node node);
    bool beginFrame(pugi::xml_node node);
    void endFrame(pugi::xml_node node);
    bool beginPage(pugi::xml_node node);
    void endPage(pugi::xml_node node);
    bool beginPageNotes(pugi::xml_node node);
    void endPageNotes(pugi::xml_node node);

    std::string listMarker();
    std::string outlineMarker(int level);
    bool isInDataTable() const { return !m_tables.empty() && m_tables.back(); }
    void writeAsides();

    const OdfStyles& m_styles;
    ObjectWords m_objectWords;
    TextFlow* m_flow = nullptr;
    LayoutTables m_layoutTables;
    std::vector<Block> m_blocks;
    std::vector<bool> m_tables;  // true: of data
    std::vector<List> m_lists;
    // Of lists that may be gone on with, by id and by style.
    std::unordered_map<std::string, OdfCounts> m_counts;
    OdfCounts m_outlineCounts{};
    std::vector<Aside> m_asides;
    std::vector<std::string> m_frames;  // what the frames around are in a presentation: "title"
    bool m_isWritingAsides = false;
    bool m_isAfterSpace = false;
    bool m_isJoined = false;
    bool m_isInNotes = false;
    bool m_hasChanges = false;
    int64_t m_notes = 0;
    int64_t m_pages = 0;
    size_t m_pageHeadings = 0;  // headings before the page
};

}  // namespace tl
