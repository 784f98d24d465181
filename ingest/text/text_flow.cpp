// SPDX-License-Identifier: Apache-2.0
// White space and gaps between blocks are never written when they come but when something visible
// follows; so no line ends in spaces, and what stays empty leaves nothing after.
#include "ingest/text/text_flow.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "ingest/text/text_lines.h"

namespace tl {
namespace {

enum class Char { kVisible, kSpace, kLineEnd, kNothing };

struct CharRun {
    Char kind;
    size_t length;
};

// What the bytes at the start of `text` are, and how many of them.
CharRun classify(std::string_view text) {
    const auto byte = static_cast<unsigned char>(text[0]);
    if (byte == '\n' || byte == '\v' || byte == '\f') {
        return {Char::kLineEnd, 1};
    }
    if (byte == ' ' || byte == '\t') {
        return {Char::kSpace, 1};
    }
    if (byte < 0x20 || byte == 0x7F) {
        return {Char::kNothing, 1};
    }
    if (text.starts_with("\xC2\xA0")) {
        return {Char::kSpace, 2};
    }
    if (text.starts_with("\xC2\xAD")) {
        return {Char::kNothing, 2};
    }
    if (text.starts_with("\xEF\xBB\xBF")) {
        return {Char::kNothing, 3};
    }
    return {Char::kVisible, 1};
}

// Bytes up to the next one that classify() could call anything but visible.
size_t visibleRun(std::string_view text) {
    size_t end = 1;
    while (end < text.size()) {
        const auto byte = static_cast<unsigned char>(text[end]);
        if (byte <= 0x20 || byte == 0x7F || byte == 0xC2 || byte == 0xEF) {
            break;
        }
        ++end;
    }
    return end;
}

std::string oneLine(std::string_view text) {
    std::string line(text);
    std::replace(line.begin(), line.end(), '\n', ' ');
    return line;
}

}  // namespace

void TextFlow::words(std::string_view text) {
    if (!isValidUtf8(text)) {
        words(cleanText(text));
        return;
    }
    while (!text.empty()) {
        const CharRun next = classify(text);
        if (next.kind == Char::kVisible) {
            const size_t run = visibleRun(text);
            put(text.substr(0, run));
            text.remove_prefix(run);
            continue;
        }
        if (next.kind != Char::kNothing && m_space.empty() && m_isOpen) {
            space(" ");
        }
        text.remove_prefix(next.length);
    }
}

void TextFlow::verbatim(std::string_view text) {
    if (!isValidUtf8(text)) {
        verbatim(cleanText(text));
        return;
    }
    while (!text.empty()) {
        const CharRun next = classify(text);
        if (next.kind == Char::kVisible) {
            const size_t run = visibleRun(text);
            put(text.substr(0, run));
            text.remove_prefix(run);
            continue;
        }
        if (next.kind == Char::kLineEnd) {
            space("\n");
        } else if (next.kind == Char::kSpace) {
            space(text[0] == '\t' ? "\t" : " ");
        }
        text.remove_prefix(next.length);
    }
}

void TextFlow::lineBreak() {
    if (!m_isOpen) {
        return;
    }
    // No more than one empty line, however many breaks there are.
    if (std::count(m_space.begin(), m_space.end(), '\n') < 2) {
        space("\n");
    }
}

void TextFlow::label(std::string_view text) {
    words(text);
    m_space.assign(1, ' ');
    m_isAfterLabel = true;
}

void TextFlow::space(std::string_view white) {
    if (m_isAfterLabel) {
        return;
    }
    if (isInCell()) {
        m_space.assign(m_cellHasText ? 1 : 0, ' ');
        return;
    }
    if (white == "\n") {
        m_space.erase(m_space.find_last_not_of(" \t") + 1);
    }
    m_space += white;
    if (std::ssize(m_space) > m_maxBytes) {
        m_isFull = true;
        m_space.clear();
    }
}

void TextFlow::endBlock(Gap gap) {
    if (isInCell()) {
        space(" ");
        return;
    }
    m_space.clear();
    m_isAfterLabel = false;
    m_isOpen = false;
    m_gap = std::max(m_gap, gap);
}

void TextFlow::openBlock() {
    Last now = Last::kOther;
    if (m_cells > 0) {
        now = Last::kRow;
    } else if (!m_items.empty()) {
        now = Last::kItem;
    }
    const bool isClose = now != Last::kOther && now == m_last;
    if (!m_text.empty()) {
        m_text += isClose || m_gap != Gap::kParagraph ? "\n" : "\n\n";
    }
    if (!m_items.empty()) {
        constexpr int kMaxIndent = 32;
        const int depth = std::min(m_items.back(), kMaxIndent) - (m_marker.empty() ? 0 : 1);
        for (int i = 0; i < depth; ++i) {
            m_text += "  ";
        }
        m_text += m_marker;
        m_marker.clear();
    }
    m_isOpen = true;
    m_gap = Gap::kNone;
    m_last = now;
}

void TextFlow::put(std::string_view visible) {
    constexpr int64_t kMostAround = 128;  // gap, indent and the last line's end
    const int64_t around =
        std::ssize(m_space) + std::ssize(m_marker) + 3 * m_separators + kMostAround;
    if (m_isFull || std::ssize(m_text) + around + std::ssize(visible) > m_maxBytes) {
        m_isFull = true;
        return;
    }
    const bool isFirst = !m_isOpen;
    if (isFirst) {
        openBlock();
    }
    for (; m_separators > 0; --m_separators) {
        m_text += m_text.empty() || m_text.back() == '\n' ? "| " : " | ";
    }
    m_text += m_space;
    m_space.clear();
    m_isAfterLabel = false;
    const auto at = std::ssize(m_text);
    if (m_headingDepth > 0 && m_heading.begin < 0) {
        m_heading.begin = at;
    }
    if (m_unitBegin < 0) {
        m_unitBegin = at;
    }
    m_cellHasText = true;
    m_text += visible;
}

void TextFlow::beginItem(int depth, std::string_view marker) {
    endBlock(m_last == Last::kItem ? Gap::kLine : Gap::kParagraph);
    m_items.push_back(isInCell() ? 0 : std::max(1, depth));
    if (isInCell()) {
        words(marker);
        space(" ");
    } else {
        m_marker = oneLine(cleanText(marker));
    }
}

void TextFlow::endItem() {
    endBlock(Gap::kLine);
    m_marker.clear();
    if (!m_items.empty()) {
        m_items.pop_back();
    }
    if (m_items.empty()) {
        endBlock(Gap::kParagraph);
    }
}

void TextFlow::beginHeading(int level) {
    endBlock(Gap::kParagraph);
    if (m_headingDepth++ == 0) {
        m_heading = Heading{};
        m_heading.level = level;
        m_heading.begin = -1;
    }
}

void TextFlow::endHeading() {
    if (m_headingDepth == 0 || --m_headingDepth > 0) {
        return;
    }
    if (m_heading.begin >= 0) {
        m_heading.end = std::ssize(m_text);
        m_heading.name =
            oneLine(std::string_view(m_text).substr(static_cast<size_t>(m_heading.begin)));
        m_headings.push_back(std::move(m_heading));
    }
    endBlock(Gap::kParagraph);
}

void TextFlow::beginTable() {
    if (m_tables++ == 0) {
        endBlock(Gap::kParagraph);
        m_last = Last::kOther;
    }
}

void TextFlow::beginRow() {
    if (m_tables == 1) {
        m_cells = 0;
        m_separators = 0;
        endBlock(Gap::kLine);
    }
}

void TextFlow::beginCell() {
    if (m_tables != 1) {
        space(" ");
        return;
    }
    m_space.clear();
    m_cellHasText = false;
    m_separators += m_cells > 0 ? 1 : 0;
    ++m_cells;
}

void TextFlow::endTable() {
    if (m_tables > 0 && --m_tables == 0) {
        m_cells = 0;
        m_separators = 0;
        endBlock(Gap::kParagraph);
    }
}

void TextFlow::beginUnit(UnitKind kind, int64_t number) {
    endBlock(Gap::kParagraph);
    m_last = Last::kOther;
    m_unitBegin = -1;
    Unit unit;
    unit.kind = kind;
    unit.number = number;
    m_units.push_back(std::move(unit));
}

void TextFlow::endUnit(std::string label, ReasonCode warning) {
    endBlock(Gap::kParagraph);
    Unit& unit = m_units.back();
    unit.end = std::ssize(m_text);
    unit.begin = m_unitBegin < 0 ? unit.end : m_unitBegin;
    unit.label = std::move(label);
    if (warning != ReasonCode::kNone) {
        unit.warnings.push_back({warning});
    }
}

void TextFlow::finish(Extract& extract) && {
    if (!m_text.empty()) {
        m_text += '\n';
    }
    extract.symbols = symbolsOfHeadings(m_text, m_headings);
    extract.text = std::move(m_text);
    extract.units = std::move(m_units);
}

}  // namespace tl
