// SPDX-License-Identifier: Apache-2.0
#include "ingest/page/paragraphs.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string_view>
#include <utility>

#include "ingest/page/row_labels.h"
#include "ingest/page/table_rows.h"
#include "ingest/page/word_marks.h"

namespace tl {
namespace {

// In font sizes of the line.
constexpr float kMinIndent = 0.8F;
constexpr float kMaxIndent = 5.0F;
constexpr float kEdgeSlack = 0.3F;
constexpr float kWideStep = 1.4F;  // times the step between the block's other lines
constexpr float kSizeSlack = 0.12F;

constexpr uint32_t kNoTable = std::numeric_limits<uint32_t>::max();

std::string_view firstWord(const PdfPage& page, const PageLine& line) {
    return page.wordText(page.words[line.wordsBegin]);
}

std::string_view lastWord(const PdfPage& page, const PageLine& line) {
    return page.wordText(page.words[line.wordsEnd - 1]);
}

// Where text paragraphs begin within a block: after a wide step, or at an indented line after a
// finished sentence when the lines around it are not indented.
class BlockSplitter {
public:
    BlockSplitter(const PdfPage& page, const std::vector<uint32_t>& lines)
        : m_page(page), m_lines(lines), m_step(usualStep()) {}

    bool beginsParagraph(size_t at) const {
        const PageLine& line = lineAt(at);
        const PageLine& last = lineAt(at - 1);
        if (line.turn != 0 || last.turn != 0) {
            return false;
        }
        const float step = line.baseline - last.baseline;
        if (m_step > 0 && step > kWideStep * m_step) {
            return true;
        }
        return isIndented(at) && endsSentence(lastWord(m_page, last)) &&
               !beginsInLowerCase(firstWord(m_page, line));
    }

private:
    const PageLine& lineAt(size_t at) const { return m_page.lines[m_lines[at]]; }

    // The median, so that a few wide steps do not hide themselves.
    float usualStep() const {
        std::vector<float> steps;
        for (size_t i = 1; i < m_lines.size(); ++i) {
            steps.push_back(lineAt(i).baseline - lineAt(i - 1).baseline);
        }
        if (steps.size() < 3) {
            return 0;
        }
        const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
        std::nth_element(steps.begin(), middle, steps.end());
        return *middle;
    }

    bool isIndented(size_t at) const {
        const PageLine& line = lineAt(at);
        const float size = std::max(line.fontSize, 1.0F);
        const float left = lineAt(at - 1).box.left;
        const float indent = line.box.left - left;
        const bool isBelowFlush =
            at + 1 >= m_lines.size() ||
            std::abs(lineAt(at + 1).box.left - left) < kEdgeSlack * size ||
            std::abs(line.box.left - lineAt(at + 1).box.left - indent) < kEdgeSlack * size;
        // The line above may itself be the indented first line of a paragraph of one line.
        return indent > kMinIndent * size && indent < kMaxIndent * size && isBelowFlush;
    }

    const PdfPage& m_page;
    const std::vector<uint32_t>& m_lines;
    float m_step;
};

class ParagraphMaker {
public:
    ParagraphMaker(const PdfPage& page, const std::vector<bool>& isRunning)
        : m_page(page)
        , m_isRunning(isRunning)
        , m_tables(findTables(page, isRunning))
        , m_tableOfLine(page.lines.size(), kNoTable)
        , m_isTableDone(m_tables.size())
        , m_isLabel(page.lines.size()) {
        for (uint32_t i = 0; i < m_tables.size(); ++i) {
            for (const auto& row : m_tables[i].rows) {
                for (const uint32_t line : row) {
                    m_tableOfLine[line] = i;
                }
            }
        }
        findFreeLabels();
    }

    std::vector<Paragraph> run() {
        Paragraph running;
        running.kind = Paragraph::Kind::kRunning;
        for (uint32_t i = 0; i < m_page.lines.size(); ++i) {
            if (m_isRunning[i]) {
                running.rows.push_back({i});
            } else if (m_tableOfLine[i] != kNoTable) {
                takeTable(m_tableOfLine[i]);
            } else if (!m_isLabel[i]) {
                takeLine(i);
            }
        }
        finishBlock();
        if (!running.rows.empty()) {
            joinOnBaselines(running);
            m_paragraphs.push_back(std::move(running));
        }
        return std::move(m_paragraphs);
    }

private:
    // Labels among what is neither running nor in a table.
    void findFreeLabels() {
        std::vector<bool> isLeftOut = m_isRunning;
        for (uint32_t i = 0; i < m_page.lines.size(); ++i) {
            isLeftOut[i] = isLeftOut[i] || m_tableOfLine[i] != kNoTable;
        }
        m_labels = findLabels(m_page, isLeftOut);
        for (const uint32_t label : m_labels) {
            if (label != kNoLabel) {
                m_isLabel[label] = true;
            }
        }
    }

    void takeLine(uint32_t index) {
        if (!m_block.empty() && m_page.lines[m_block.back()].block != m_page.lines[index].block) {
            finishBlock();
        }
        m_block.push_back(index);
    }

    void takeTable(uint32_t index) {
        if (m_isTableDone[index]) {
            return;
        }
        finishBlock();
        m_isTableDone[index] = true;
        Paragraph& paragraph = m_paragraphs.emplace_back();
        paragraph.kind = Paragraph::Kind::kTable;
        paragraph.rows = std::move(m_tables[index].rows);
    }

    void finishBlock() {
        if (m_block.empty()) {
            return;
        }
        const BlockSplitter splitter(m_page, m_block);
        for (size_t i = 0; i < m_block.size(); ++i) {
            if (i > 0 && isBeside(m_block[i - 1], m_block[i])) {
                m_paragraphs.back().rows.back().push_back(m_block[i]);
                continue;
            }
            if (i == 0 || splitter.beginsParagraph(i)) {
                m_paragraphs.emplace_back().fontSize = m_page.lines[m_block[i]].fontSize;
            }
            auto& row = m_paragraphs.back().rows.emplace_back();
            if (m_labels[m_block[i]] != kNoLabel) {
                row.push_back(m_labels[m_block[i]]);
            }
            row.push_back(m_block[i]);
        }
        m_block.clear();
    }

    // Whether a line stands right of another of its block, on its baseline.
    bool isBeside(uint32_t left, uint32_t right) const {
        const PageLine& first = m_page.lines[left];
        const PageLine& second = m_page.lines[right];
        return first.turn == 0 && second.turn == 0 && first.box.right <= second.box.left &&
               std::abs(first.baseline - second.baseline) < kEdgeSlack * first.fontSize;
    }

    // "Chapter 2" at the left and "17" at the right are one line.
    void joinOnBaselines(Paragraph& paragraph) const {
        auto& rows = paragraph.rows;
        std::sort(rows.begin(), rows.end(), [this](const auto& a, const auto& b) {
            const PageLine& left = m_page.lines[a.front()];
            const PageLine& right = m_page.lines[b.front()];
            return std::pair(left.baseline, left.box.left) <
                   std::pair(right.baseline, right.box.left);
        });
        std::vector<std::vector<uint32_t>> joined;
        for (const auto& row : rows) {
            const PageLine& line = m_page.lines[row.front()];
            if (joined.empty() ||
                line.baseline - m_page.lines[joined.back().front()].baseline > line.fontSize / 2) {
                joined.push_back(row);
            } else {
                joined.back().push_back(row.front());
            }
        }
        rows = std::move(joined);
        for (auto& row : rows) {
            std::sort(row.begin(), row.end(), [this](uint32_t a, uint32_t b) {
                return m_page.lines[a].box.left < m_page.lines[b].box.left;
            });
        }
    }

    const PdfPage& m_page;
    const std::vector<bool>& m_isRunning;
    std::vector<PageTable> m_tables;
    std::vector<uint32_t> m_tableOfLine;
    std::vector<bool> m_isTableDone;
    std::vector<uint32_t> m_labels;  // as findLabels()
    std::vector<bool> m_isLabel;
    std::vector<uint32_t> m_block;  // lines of the block that is being taken
    std::vector<Paragraph> m_paragraphs;
};

}  // namespace

std::vector<Paragraph> paragraphsOf(const PdfPage& page, const std::vector<bool>& isRunning) {
    return ParagraphMaker(page, isRunning).run();
}

bool goesOn(const PdfPage& page,
            const Paragraph& paragraph,
            const PdfPage& nextPage,
            const Paragraph& next) {
    if (paragraph.kind != Paragraph::Kind::kText || next.kind != Paragraph::Kind::kText ||
        std::abs(paragraph.fontSize - next.fontSize) > kSizeSlack * paragraph.fontSize) {
        return false;
    }
    const PageLine& last = page.lines[paragraph.rows.back().back()];
    const PageLine& first = nextPage.lines[next.rows.front().front()];
    return last.turn == first.turn && breaksOff(lastWord(page, last)) &&
           beginsInLowerCase(firstWord(nextPage, first));
}

}  // namespace tl
