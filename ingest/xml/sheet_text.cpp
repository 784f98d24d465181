// SPDX-License-Identifier: Apache-2.0
#include "ingest/xml/sheet_text.h"

#include <algorithm>
#include <utility>

#include "ingest/text/text_lines.h"

namespace tl {
namespace {

// Places in a message are limited; rows after these are found by their lines.
constexpr size_t kMaxUnits = 500'000;
// A sheet may have a value in its last column, 16,384, and nothing before it.
constexpr size_t kLongestGap = 64;

// A cell in one line.
std::string cellText(std::string_view cell) {
    std::string text(trimmed(cleanText(cell)));
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return text;
}

}  // namespace

bool SheetText::hasRoomFor(size_t bytes) {
    m_isFull = m_isFull || static_cast<int64_t>(m_text.size() + bytes) > m_maxBytes;
    return !m_isFull;
}

void SheetText::beginSheet(std::string_view name) {
    m_sheet = cellText(name);
    if (m_sheet.empty() || !hasRoomFor(m_sheet.size() + 3)) {
        return;
    }
    m_text += m_text.empty() ? "" : "\n";
    const auto begin = std::ssize(m_text);
    m_text += m_sheet;
    m_headings.push_back({m_sheet, 1, begin, std::ssize(m_text)});
    m_text += "\n\n";
}

void SheetText::addRow(int64_t number, const std::vector<std::string>& cells) {
    std::string line;
    std::string first;
    size_t gap = 0;
    for (const std::string& cell : cells) {
        const std::string words = cellText(cell);
        if (words.empty()) {
            ++gap;
            continue;
        }
        const bool isFirst = line.empty();
        for (size_t i = 0; i < std::min(gap, kLongestGap); ++i) {
            line += line.empty() ? "|" : " |";
        }
        line += line.empty() ? "" : isFirst ? " " : " | ";
        first = first.empty() ? words : first;
        line += words;
        gap = 0;
    }
    if (line.empty() || !hasRoomFor(line.size() + 1)) {
        return;
    }
    Unit unit;
    unit.kind = UnitKind::kRow;
    unit.begin = std::ssize(m_text);
    unit.end = unit.begin + std::ssize(line);
    unit.number = number;
    unit.label = std::string(cutAtCharacter(first, 60));
    unit.from = m_sheet;
    if (m_units.size() < kMaxUnits) {
        m_units.push_back(std::move(unit));
    }
    m_text += line;
    m_text += '\n';
}

void SheetText::addLine(std::string_view words) {
    const std::string line = cellText(words);
    if (!line.empty() && hasRoomFor(line.size() + 1)) {
        m_text += line;
        m_text += '\n';
    }
}

void SheetText::finish(Extract& extract) && {
    extract.kind = DocumentKind::kTable;
    extract.text = std::move(m_text);
    extract.units = std::move(m_units);
    extract.symbols = symbolsOfHeadings(extract.text, m_headings);
}

}  // namespace tl
