// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/text/text_flow.h"

namespace tl {

// What RTF says of a paragraph.
struct RtfParagraph {
    int style = 0;
    int outlineLevel = -1;  // 0 the outermost; none: its style decides
    int listLevel = 0;
    int left = 0;  // indents in twips: of all lines, of the first one further
    int firstLine = 0;
    bool isInTable = false;
};

// Puts paragraphs, cells and rows of RTF into a flow. Notes, comments and text boxes are stories of
// their own within the story in which they stand, and come after its paragraph or table.
class RtfStories {
public:
    enum class Kind { kBody, kNote, kComment, kTextBox, kHeader, kFooter, kMarker };

    explicit RtfStories(TextFlow& flow) : m_flow(flow) { m_open.push_back({}); }

    // What is written from now on belongs to it, up to end(). Notes leave their mark.
    void begin(Kind kind);
    void end();
    size_t depth() const { return m_open.size(); }

    void write(std::string_view text) { m_open.back().text += text; }
    // The author of the comment that comes next or is open.
    void setAuthor(std::string_view author) { m_author = author; }

    // Ends of what was written; `headingLevel` 0: none.
    void endParagraph(const RtfParagraph& paragraph, int headingLevel);
    void endCell();
    void endRow();
    // The rest, headers and footers.
    void finish();

private:
    struct Story {
        Kind kind = Kind::kBody;
        std::string text;
    };

    void writeParagraph(std::string_view text, const RtfParagraph& paragraph, int headingLevel);
    void closeTable();
    void writeAsides();

    TextFlow& m_flow;
    std::vector<Story> m_open;         // the innermost last; never empty
    std::vector<std::string> m_cells;  // of the body's row so far
    bool m_isTableOpen = false;
    std::string m_marker;  // of the list item to come
    std::string m_author;
    struct Aside {
        std::string label;
        std::string text;
    };
    std::vector<Aside> m_asides;
    std::vector<Aside> m_margins;
    std::set<std::string> m_seenMargins;
    int64_t m_notes = 0;
};

}  // namespace tl
