// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/extract.h"
#include "ingest/text/symbols_of_headings.h"

namespace tl {

// The text of a document while it is put together from words, blocks, lists and tables. Paragraphs
// have an empty line between them, list items and table rows stand on lines of their own, cells
// have " | " between them. Any bytes may come in; what is no UTF-8 becomes U+FFFD, a no-break space
// becomes a space, soft hyphens, byte order marks and control characters go.
class TextFlow {
public:
    explicit TextFlow(int64_t maxBytes) : m_maxBytes(maxBytes) {}

    // Runs of white space become one space; none at the start of a block.
    void words(std::string_view text);
    // White space stays, save at the end of a line.
    void verbatim(std::string_view text);
    void lineBreak();
    // Words in front of a paragraph ("Header:"); white space after them becomes one space.
    void label(std::string_view text);

    // What follows starts on a line of its own, after an empty line if that is a new paragraph.
    void newLine() { endBlock(Gap::kLine); }
    void newParagraph() { endBlock(Gap::kParagraph); }

    // Blocks within an item stay close to it; the marker goes if the item stays empty.
    void beginItem(int depth, std::string_view marker);
    void endItem();

    // Level 1 is the outermost. Headings within headings are taken for part of the outer one.
    void beginHeading(int level);
    void endHeading();

    // Rows without text leave nothing. In a table's cell everything stands in one line; a table
    // within a cell becomes part of that line.
    void beginTable();
    void beginRow();
    void beginCell();
    void endTable();

    // Units do not nest. One without text is empty and stands where its text would.
    void beginUnit(UnitKind kind, int64_t number);
    void endUnit(std::string label, ReasonCode warning = ReasonCode::kNone);

    // Over maxBytes: what came after is left out.
    bool isFull() const { return m_isFull; }
    // Whether something was written since beginUnit().
    bool unitHasText() const { return m_unitBegin >= 0; }
    const std::vector<Heading>& headings() const { return m_headings; }

    // Fills text, units and symbols.
    void finish(Extract& extract) &&;

private:
    enum class Gap { kNone, kLine, kParagraph };
    enum class Last { kOther, kItem, kRow };

    void endBlock(Gap gap);
    void put(std::string_view visible);
    void openBlock();
    void space(std::string_view white);
    bool isInCell() const { return m_tables > 0 && m_cells > 0; }

    int64_t m_maxBytes;
    std::string m_text;
    bool m_isAfterLabel = false;
    std::string m_space;          // waits for something visible to stand in front of
    Gap m_gap = Gap::kParagraph;  // in front of the next block
    bool m_isOpen = false;        // the block has text
    Last m_last = Last::kOther;   // what the last block was
    std::vector<int> m_items;     // depths of the items around
    std::string m_marker;         // of the innermost item, until it has text
    int m_tables = 0;             // tables within tables
    int64_t m_cells = 0;          // of the row so far
    int64_t m_separators = 0;     // wait for a cell with text
    bool m_cellHasText = false;
    int m_headingDepth = 0;
    Heading m_heading;
    std::vector<Heading> m_headings;
    std::vector<Unit> m_units;
    int64_t m_unitBegin = -1;
    bool m_isFull = false;
};

}  // namespace tl
