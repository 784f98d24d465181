// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/odf/ods_sheets.h"

#include <algorithm>
#include <string>
#include <vector>

#include "ingest/text/text_lines.h"
#include "ingest/xml/xml_tree.h"

namespace tl {
namespace {

// The rest of an empty sheet is one row and one cell that are repeated a million times. What has
// words and is repeated more often than this stands so often, and no more.
constexpr int kMostRepeats = 1000;

std::string cellText(pugi::xml_node cell) {
    std::string words;
    std::string comment;
    for (const pugi::xml_node child : cell.children()) {
        if (localName(child) == "p") {
            appendSeparated(words, " ", textBelow(child));
        } else if (localName(child) == "annotation") {
            for (const pugi::xml_node line : child.children()) {
                appendSeparated(comment, " ", localName(line) == "p" ? textBelow(line) : "");
            }
        }
    }
    // Programs that write a value without how it is shown.
    for (const char* value :
         {"date-value", "time-value", "string-value", "boolean-value", "value"}) {
        if (words.empty()) {
            words = std::string(attributeOf(cell, value));
        }
    }
    if (!trimmed(comment).empty()) {
        appendSeparated(words, " ", "[comment: " + std::string(trimmed(comment)) + "]");
    }
    return words;
}

int repeatsOf(pugi::xml_node node, std::string_view attribute) {
    return std::max(1, intAttributeOf(node, attribute, 1));
}

std::vector<std::string> cellsOf(pugi::xml_node row) {
    std::vector<std::string> cells;
    for (const pugi::xml_node cell : row.children()) {
        const std::string_view name = localName(cell);
        if (name != "table-cell" && name != "covered-table-cell") {
            continue;
        }
        const std::string words = name == "table-cell" ? cellText(cell) : "";
        cells.insert(
            cells.end(),
            static_cast<size_t>(std::min(repeatsOf(cell, "number-columns-repeated"), kMostRepeats)),
            words);
    }
    return cells;
}

class SheetWalk : public XmlVisitor {
public:
    explicit SheetWalk(SheetText& text) : m_text(text) {}

    bool enter(pugi::xml_node node) override {
        const std::string_view name = localName(node);
        if (name == "table") {
            m_text.beginSheet(attributeOf(node, "name"));
            m_row = 0;
        } else if (name == "table-row") {
            takeRow(node);
            return false;
        }
        // Pictures, and what a drawing holds, hang at the sheet.
        return name != "shapes" && !m_text.isFull();
    }
    void leave(pugi::xml_node /*node*/) override {}
    void text(std::string_view /*text*/) override {}

private:
    void takeRow(pugi::xml_node row) {
        const int repeats = repeatsOf(row, "number-rows-repeated");
        const std::vector<std::string> cells = cellsOf(row);
        const bool isEmpty = std::all_of(
            cells.begin(), cells.end(), [](const std::string& cell) { return cell.empty(); });
        for (int i = 0; i < std::min(repeats, kMostRepeats) && !isEmpty; ++i) {
            m_text.addRow(m_row + i + 1, cells);
        }
        m_row += repeats;
    }

    SheetText& m_text;
    int64_t m_row = 0;
};

}  // namespace

void writeSheets(pugi::xml_node spreadsheet, SheetText& text) {
    SheetWalk walk(text);
    walkXml(spreadsheet, walk);
}

}  // namespace tl
