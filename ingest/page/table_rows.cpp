// SPDX-License-Identifier: Apache-2.0
// Poppler makes a block of each column or cell, so a table's rows have to be put together again.
// What looks alike is text in columns on a common grid. It differs in that its blocks are prose:
// several lines of several words that fill the block's width. Lines of prose are never cells, and
// two cells are never one row when prose stands in both of their columns.
#include "ingest/page/table_rows.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "ingest/page/block_shape.h"
#include "ingest/page/row_labels.h"

namespace tl {
namespace {

constexpr float kBaselineSlack = 0.35F;  // in font sizes, as those below
constexpr float kMinGap = 0.5F;          // between cells
constexpr float kAlignSlack = 0.8F;      // between the edges of cells in one column
constexpr float kMaxRowStep = 3.5F;      // from one row to the next
constexpr float kMaxCellWords = 8.0F;    // on average in a table
constexpr size_t kMaxLines = 5000;       // on a page; no table for a person has more
constexpr size_t kMaxRowsPerFull = 2;    // rows for each one with cells side by side

struct Row {
    std::vector<uint32_t> cells;  // lines, from left to right
    float baseline = 0;
    float fontSize = 0;
};

bool isWithin(const PdfBox& inner, const PdfBox& outer) {
    const float middle = (inner.left + inner.right) / 2;
    return outer.left <= middle && middle <= outer.right;
}

class TableFinder {
public:
    TableFinder(const PdfPage& page, const std::vector<bool>& isLeftOut)
        : m_page(page), m_isLeftOut(isLeftOut), m_shapes(shapesOf(page)) {}

    std::vector<PageTable> run() {
        const std::vector<Row> rows = alignedRows();
        std::vector<PageTable> tables;
        for (size_t begin = 0; begin < rows.size();) {
            size_t end = begin + 1;
            size_t lastFull = begin;  // the last row with cells side by side
            size_t fullRows = rows[begin].cells.size() > 1 ? 1 : 0;
            for (; fullRows > 0 && end < rows.size() && continues(rows, lastFull, end) &&
                   !(fullRows == 1 && isSentenceOver(rows[end], rows[begin]));
                 ++end) {
                if (rows[end].cells.size() > 1) {
                    lastFull = end;
                    ++fullRows;
                }
            }
            const bool isDense = lastFull + 1 - begin <= kMaxRowsPerFull * fullRows;
            const bool isTable = fullRows > 1 || (fullRows == 1 && hasBox(rows[begin]));
            if (isTable && isDense && !isLabelled(rows, begin, lastFull + 1) &&
                isTerse(rows, begin, lastFull + 1)) {
                tables.push_back(tableOf(rows, begin, lastFull + 1));
                begin = lastFull + 1;
            } else {
                ++begin;
            }
        }
        return tables;
    }

private:
    // A question with its boxes is a row, though there may be one alone.
    bool hasBox(const Row& row) const {
        return std::any_of(row.cells.begin(), row.cells.end(), [this](uint32_t cell) {
            const PageLine& line = m_page.lines[cell];
            return std::any_of(m_page.words.begin() + line.wordsBegin,
                               m_page.words.begin() + line.wordsEnd,
                               [](const PageWord& word) { return word.isFormBox; });
        });
    }

    const PdfBox& boxOf(uint32_t line) const { return m_page.lines[line].box; }

    // Lines that may be cells, by their baselines.
    std::vector<Row> alignedRows() const {
        std::vector<uint32_t> lines;
        for (uint32_t i = 0; i < m_page.lines.size(); ++i) {
            const PageLine& line = m_page.lines[i];
            if (!m_isLeftOut[i] && line.turn == 0 && !m_shapes[line.block].isProse) {
                lines.push_back(i);
            }
        }
        std::sort(lines.begin(), lines.end(), [this](uint32_t a, uint32_t b) {
            const PageLine& left = m_page.lines[a];
            const PageLine& right = m_page.lines[b];
            return left.baseline != right.baseline ? left.baseline < right.baseline : a < b;
        });
        std::vector<Row> rows;
        for (const uint32_t i : lines) {
            const PageLine& line = m_page.lines[i];
            if (rows.empty() ||
                line.baseline - rows.back().baseline > kBaselineSlack * rows.back().fontSize) {
                rows.push_back({{}, line.baseline, std::max(line.fontSize, 1.0F)});
            }
            rows.back().cells.push_back(i);
        }
        for (Row& row : rows) {
            std::sort(row.cells.begin(), row.cells.end(), [this](uint32_t a, uint32_t b) {
                return boxOf(a).left != boxOf(b).left ? boxOf(a).left < boxOf(b).left : a < b;
            });
        }
        return splitAtGutters(rows);
    }

    // A row is cut where its cells overlap or where a gutter between columns of prose lies. The
    // parts of one baseline stay after each other only when there is one; else none is a table.
    std::vector<Row> splitAtGutters(const std::vector<Row>& rows) const {
        std::vector<Row> whole;
        for (const Row& row : rows) {
            bool isCut = false;
            for (size_t i = 0; i + 1 < row.cells.size(); ++i) {
                const PdfBox& left = boxOf(row.cells[i]);
                const PdfBox& right = boxOf(row.cells[i + 1]);
                const bool isTight = right.left - left.right < kMinGap * row.fontSize &&
                                     !wereOneLine(row.cells[i], row.cells[i + 1]);
                isCut |= isTight || hasGutterBetween(left, right);
            }
            if (!isCut) {
                whole.push_back(row);
            } else {
                for (const uint32_t cell : row.cells) {
                    whole.push_back({{cell}, row.baseline, row.fontSize});
                }
            }
        }
        return whole;
    }

    // Pieces of a line that splitAtColumns() has cut for good reason.
    bool wereOneLine(uint32_t left, uint32_t right) const {
        return right == left + 1 && m_page.lines[left].block == m_page.lines[right].block &&
               m_page.lines[left].wordsEnd == m_page.lines[right].wordsBegin;
    }

    bool hasGutterBetween(const PdfBox& left, const PdfBox& right) const {
        const auto hasProse = [this](const PdfBox& cell, const PdfBox& other) {
            return std::any_of(m_shapes.begin(), m_shapes.end(), [&](const BlockShape& shape) {
                return shape.isProse && isWithin(cell, shape.box) && !isWithin(other, shape.box);
            });
        };
        return hasProse(left, right) && hasProse(right, left);
    }

    // Whether row `next` belongs to the table whose last full row is `full`.
    bool continues(const std::vector<Row>& rows, size_t full, size_t next) const {
        const Row& last = rows[next - 1];
        const Row& row = rows[next];
        if (row.baseline - last.baseline > kMaxRowStep * std::max(last.fontSize, row.fontSize)) {
            return false;
        }
        const Row& above = rows[full];
        const float slack = kAlignSlack * above.fontSize;
        int aligned = 0;
        for (const uint32_t cell : row.cells) {
            aligned += std::any_of(above.cells.begin(),
                                   above.cells.end(),
                                   [&](uint32_t other) {
                                       return isAligned(boxOf(cell), boxOf(other), slack);
                                   })
                           ? 1
                           : 0;
        }
        return aligned >= (row.cells.size() > 1 ? 2 : 1);
    }

    // A line of many words over several columns: the row above it, a heading and its number, is not
    // the first of the table that comes below.
    bool isSentenceOver(const Row& row, const Row& above) const {
        const uint32_t line = row.cells.front();
        const auto under =
            std::count_if(above.cells.begin(), above.cells.end(), [&](uint32_t cell) {
                return isWithin(boxOf(cell), boxOf(line));
            });
        return row.cells.size() == 1 && under > 1 &&
               static_cast<float>(wordCountOf(m_page, m_page.lines[line])) > kMaxCellWords;
    }

    static bool isAligned(const PdfBox& a, const PdfBox& b, float slack) {
        return std::abs(a.left - b.left) <= slack || std::abs(a.right - b.right) <= slack ||
               std::abs(a.left + a.right - b.left - b.right) <= 2 * slack;
    }

    // A numbered list looks like a table of two columns, but its texts run on below the first line.
    bool isLabelled(const std::vector<Row>& rows, size_t begin, size_t end) const {
        return std::all_of(
            rows.begin() + static_cast<std::ptrdiff_t>(begin),
            rows.begin() + static_cast<std::ptrdiff_t>(end),
            [this](const Row& row) {
                return row.cells.size() == 1 ||
                       (row.cells.size() == 2 && isLabel(m_page, m_page.lines[row.cells.front()]));
            });
    }

    bool isTerse(const std::vector<Row>& rows, size_t begin, size_t end) const {
        int words = 0;
        size_t cells = 0;
        for (size_t i = begin; i < end; ++i) {
            for (const uint32_t cell : rows[i].cells) {
                words += wordCountOf(m_page, m_page.lines[cell]);
                ++cells;
            }
        }
        return static_cast<float>(words) <= kMaxCellWords * static_cast<float>(cells);
    }

    static PageTable tableOf(const std::vector<Row>& rows, size_t begin, size_t end) {
        PageTable table;
        for (size_t i = begin; i < end; ++i) {
            table.rows.push_back(rows[i].cells);
        }
        return table;
    }

    const PdfPage& m_page;
    const std::vector<bool>& m_isLeftOut;
    std::vector<BlockShape> m_shapes;
};

}  // namespace

std::vector<PageTable> findTables(const PdfPage& page, const std::vector<bool>& isLeftOut) {
    if (page.lines.size() > kMaxLines) {
        return {};
    }
    return TableFinder(page, isLeftOut).run();
}

}  // namespace tl
