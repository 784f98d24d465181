// SPDX-License-Identifier: Apache-2.0
// Two rows beside it have to show where the border is, and all pieces have to stand in its columns
// and be about as short as its cells. One alone says little: in any two lines some space lies over
// another one, and a word begins below a word.
#include "ingest/page/column_gaps.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "ingest/page/block_shape.h"
#include "ingest/page/row_labels.h"

namespace tl {
namespace {

// In font sizes.
constexpr float kBaselineSlack = 0.35F;
constexpr float kMinColumnGap = 0.5F;  // between the cells of the row that shows the border
constexpr float kMinWordGap = 0.35F;   // at the border in the line that is cut; a space is 0.25
constexpr float kAlignSlack = 0.3F;    // between the edges of cells in one column
constexpr float kMaxRowStep = 3.5F;    // from one row to the next
constexpr uint32_t kMoreWords = 1;     // than the longest cell of the row beside
constexpr uint32_t kMostWords = 5;     // in a piece
constexpr size_t kMaxLines = 5000;     // as in table_rows

// A line or a piece of one.
struct Cell {
    uint32_t line = 0;
    uint32_t begin = 0;  // range in PdfPage::words
    uint32_t end = 0;
    PdfBox box;

    uint32_t words() const { return end - begin; }
};

struct Row {
    float baseline = 0;
    float fontSize = 0;
    std::vector<Cell> cells;  // from left to right
};

std::vector<Row> rowsOf(const PdfPage& page) {
    const std::vector<BlockShape> shapes = shapesOf(page);
    std::vector<uint32_t> order;
    for (uint32_t i = 0; i < page.lines.size(); ++i) {
        if (page.lines[i].turn == 0 && !page.lines[i].isApart &&
            !shapes[page.lines[i].block].isProse) {
            order.push_back(i);
        }
    }
    std::ranges::stable_sort(order, {}, [&](uint32_t i) { return page.lines[i].baseline; });
    std::vector<Row> rows;
    for (const uint32_t i : order) {
        const PageLine& line = page.lines[i];
        if (rows.empty() ||
            line.baseline - rows.back().baseline > kBaselineSlack * rows.back().fontSize) {
            rows.push_back({line.baseline, std::max(line.fontSize, 1.0F), {}});
        }
        rows.back().cells.push_back({i, line.wordsBegin, line.wordsEnd, line.box});
    }
    for (Row& row : rows) {
        std::ranges::stable_sort(row.cells, {}, [](const Cell& cell) { return cell.box.left; });
    }
    return rows;
}

class ColumnSplitter {
public:
    explicit ColumnSplitter(PdfPage& page) : m_page(page), m_rows(rowsOf(page)) {}

    // Downwards and upwards, since a row that is cut shows the border to the next.
    void run() {
        for (size_t i = 2; i < m_rows.size(); ++i) {
            split(m_rows[i], m_rows[i - 1], m_rows[i - 2]);
        }
        for (size_t i = m_rows.size(); i-- > 2;) {
            split(m_rows[i - 2], m_rows[i - 1], m_rows[i]);
        }
        if (m_isCut) {
            rewriteLines();
        }
    }

private:
    static bool isNear(const Row& row, const Row& other) {
        return std::abs(row.baseline - other.baseline) <=
               kMaxRowStep * std::max(row.fontSize, other.fontSize);
    }

    // The border after a label is row_labels' business.
    bool showsColumns(const Row& beside, const Row& behind) const {
        const auto isInColumn = [&](const Cell& cell) {
            return std::ranges::any_of(beside.cells, [&](const Cell& other) {
                return isAligned(cell.box, other.box, kAlignSlack * beside.fontSize);
            });
        };
        return beside.cells.size() > 1 && !isLabel(m_page, lineOf(beside.cells[0])) &&
               isNear(beside, behind) && std::ranges::count_if(behind.cells, isInColumn) > 1;
    }

    void split(Row& row, const Row& beside, const Row& behind) {
        if (beside.cells.size() <= row.cells.size() || !isNear(row, beside) ||
            !showsColumns(beside, behind)) {
            return;
        }
        std::vector<Cell> cells;
        for (const Cell& cell : row.cells) {
            std::vector<Cell> pieces = piecesOf(cell, columnsUnder(cell, beside), row.fontSize);
            m_isCut |= pieces.size() > 1;
            cells.insert(cells.end(), pieces.begin(), pieces.end());
        }
        row.cells = std::move(cells);
    }

    // The cells of the row beside that lie over or under a cell.
    static std::span<const Cell> columnsUnder(const Cell& cell, const Row& beside) {
        const auto lies = [&](const Cell& other) {
            const float middle = (other.box.left + other.box.right) / 2;
            return cell.box.left < middle && middle < cell.box.right;
        };
        const auto begin = std::ranges::find_if(beside.cells, lies);
        const auto end = std::find_if_not(begin, beside.cells.end(), lies);
        return {begin, end};
    }

    // The cell alone when it cannot be cut into these columns.
    std::vector<Cell> piecesOf(const Cell& cell,
                               std::span<const Cell> columns,
                               float fontSize) const {
        std::vector<Cell> pieces = {cell};
        for (size_t i = 0; i + 1 < columns.size(); ++i) {
            const uint32_t word =
                wordBehindGap(pieces.back(), columns[i], columns[i + 1], fontSize);
            if (word == 0) {
                return {cell};
            }
            Cell next = pieces.back();
            pieces.back().end = word;
            next.begin = word;
            pieces.push_back(next);
        }
        uint32_t mostWords = 0;
        for (const Cell& column : columns) {
            mostWords = std::max(mostWords, column.words());
        }
        mostWords = std::min(mostWords + kMoreWords, kMostWords);
        for (size_t i = 0; i < columns.size(); ++i) {
            pieces[i].box = boxOf(pieces[i]);
            if (pieces[i].words() > mostWords ||
                !isAligned(pieces[i].box, columns[i].box, kAlignSlack * fontSize)) {
                return {cell};
            }
        }
        return pieces;
    }

    // The word after the widest gap that lies at the border of two columns; 0 for none.
    uint32_t wordBehindGap(const Cell& cell,
                           const Cell& column,
                           const Cell& next,
                           float fontSize) const {
        if (next.box.left - column.box.right < kMinColumnGap * fontSize) {
            return 0;
        }
        uint32_t behind = 0;
        float widest = kMinWordGap * fontSize;
        for (uint32_t i = cell.begin + 1; i < cell.end; ++i) {
            const float left = m_page.words[i - 1].box.right;
            const float right = m_page.words[i].box.left;
            const bool isAtBorder = left < next.box.left && right > column.box.right;
            if (isAtBorder && right - left >= widest) {
                widest = right - left;
                behind = i;
            }
        }
        return behind;
    }

    PageLine lineOf(const Cell& cell) const {
        PageLine line = m_page.lines[cell.line];
        line.wordsBegin = cell.begin;
        line.wordsEnd = cell.end;
        line.box = cell.box;
        return line;
    }

    PdfBox boxOf(const Cell& cell) const {
        PdfBox box = m_page.words[cell.begin].box;
        for (uint32_t i = cell.begin + 1; i < cell.end; ++i) {
            grow(box, m_page.words[i].box);
        }
        return box;
    }

    static bool isAligned(const PdfBox& a, const PdfBox& b, float slack) {
        return std::abs(a.left - b.left) <= slack || std::abs(a.right - b.right) <= slack;
    }

    // Pieces stand where their line stood, in the order of their words.
    void rewriteLines() {
        std::vector<std::vector<Cell>> cellsOfLine(m_page.lines.size());
        for (const Row& row : m_rows) {
            for (const Cell& cell : row.cells) {
                cellsOfLine[cell.line].push_back(cell);
            }
        }
        std::vector<PageLine> lines;
        for (size_t i = 0; i < m_page.lines.size(); ++i) {
            if (cellsOfLine[i].size() < 2) {
                lines.push_back(m_page.lines[i]);
                continue;
            }
            for (const Cell& cell : cellsOfLine[i]) {
                lines.push_back(lineOf(cell));
            }
        }
        m_page.lines = std::move(lines);
    }

    PdfPage& m_page;
    std::vector<Row> m_rows;
    bool m_isCut = false;
};

}  // namespace

void splitAtColumns(PdfPage& page) {
    if (page.lines.size() <= kMaxLines) {
        ColumnSplitter(page).run();
    }
}

}  // namespace tl
