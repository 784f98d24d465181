// SPDX-License-Identifier: Apache-2.0
// What spreadsheets have in common: sheets of rows of cells, as text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/extract.h"
#include "ingest/text/symbols_of_headings.h"

namespace tl {

// Puts sheets together: the name of each as a heading, a line for each row with " | " between its
// cells, and a unit for each row with its number and its sheet.
class SheetText {
public:
    explicit SheetText(int64_t maxBytes) : m_maxBytes(maxBytes) {}

    void beginSheet(std::string_view name);
    // Empty cells keep their place, but for those at the end and long gaps; rows of nothing leave
    // nothing. `number` is the row's own, from 1.
    void addRow(int64_t number, const std::vector<std::string>& cells);
    // A line of its own, of no row.
    void addLine(std::string_view words);

    // Over maxBytes: what came after is left out.
    bool isFull() const { return m_isFull; }
    // Fills kind, text, units and symbols.
    void finish(Extract& extract) &&;

private:
    bool hasRoomFor(size_t bytes);

    int64_t m_maxBytes;
    std::string m_text;
    std::string m_sheet;
    std::vector<Heading> m_headings;
    std::vector<Unit> m_units;
    bool m_isFull = false;
};

}  // namespace tl
