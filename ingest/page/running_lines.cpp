// SPDX-License-Identifier: Apache-2.0
// Heads and feet are found from the page's edge inwards: what stands outermost has to repeat before
// what comes after it can. So the body's first line is safe even where pages begin alike. A
// number alone is a page number when it grows with the pages, so that a table's last row is safe
// too; what stands beside a page number (the name of a chapter of two pages) runs with it.
#include "ingest/page/running_lines.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace tl {
namespace {

constexpr float kEdgeShare = 0.2F;      // of the page's height, above and below
constexpr size_t kMaxRows = 3;          // at each edge
constexpr int kMinPages = 3;            // with the same row
constexpr float kHeightSteps = 100.0F;  // rows a percent of the page apart may be the same

// The value of a lone number as pages are counted, "17" or "xvii"; 0 when it is none.
int pageNumberOf(std::string_view word) {
    constexpr std::string_view kRoman = "ivxlc";
    constexpr std::array<int, 5> kValues = {1, 5, 10, 50, 100};
    int value = 0;
    int last = 0;
    const bool isArabic = !word.empty() && word.size() < 7 && word[0] >= '1' && word[0] <= '9';
    for (const char c : word) {
        if (isArabic && c >= '0' && c <= '9') {
            value = 10 * value + (c - '0');
            continue;
        }
        const size_t digit = kRoman.find(static_cast<char>(c | 0x20));
        if (isArabic || digit == std::string_view::npos || word.size() > 12) {
            return 0;
        }
        const int next = kValues[digit];
        value += next > last ? next - 2 * last : next;  // "iv" is 1, then 5 - 2
        last = next;
    }
    return std::max(value, 0);
}

// The word with numbers as '#'.
void appendPattern(std::string_view word, std::string& pattern) {
    for (const char c : word) {
        if (c < '0' || c > '9') {
            pattern += c;
        } else if (pattern.empty() || pattern.back() != '#') {
            pattern += '#';
        }
    }
    pattern += ' ';
}

// Lines side by side at a page's edge.
struct EdgeRow {
    std::vector<uint32_t> lines;
    std::vector<std::string> patterns;  // any of them may repeat
    int height = 0;                     // in hundredths of the page
};

std::vector<EdgeRow> edgeRows(const PdfPage& page, bool isTop) {
    std::vector<uint32_t> order;
    for (uint32_t i = 0; i < page.lines.size(); ++i) {
        const PdfBox& box = page.lines[i].box;
        const float middle = (box.top + box.bottom) / 2;
        const float share = isTop ? middle : page.height - middle;
        if (page.lines[i].turn == 0 && !page.lines[i].isApart && share < kEdgeShare * page.height) {
            order.push_back(i);
        }
    }
    std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
        const PdfBox& left = page.lines[a].box;
        const PdfBox& right = page.lines[b].box;
        const float first = isTop ? left.top : -left.bottom;
        const float second = isTop ? right.top : -right.bottom;
        return first != second ? first < second : a < b;
    });
    std::vector<EdgeRow> rows;
    PdfBox last;
    for (const uint32_t i : order) {
        const PdfBox& box = page.lines[i].box;
        const float middle = (box.top + box.bottom) / 2;
        if (rows.empty() || middle < last.top || middle > last.bottom) {
            if (rows.size() == kMaxRows) {
                break;
            }
            rows.emplace_back();
            last = box;
        }
        rows.back().lines.push_back(i);
    }
    return rows;
}

void describe(const PdfPage& page, int pageIndex, EdgeRow& row) {
    std::sort(row.lines.begin(), row.lines.end(), [&page](uint32_t a, uint32_t b) {
        return page.lines[a].box.left < page.lines[b].box.left;
    });
    std::string pattern;
    for (const uint32_t line : row.lines) {
        const uint32_t begin = page.lines[line].wordsBegin;
        const uint32_t end = page.lines[line].wordsEnd;
        for (uint32_t i = begin; i < end; ++i) {
            appendPattern(page.wordText(page.words[i]), pattern);
        }
        const int number = end - begin == 1 ? pageNumberOf(page.wordText(page.words[begin])) : 0;
        if (number > 0) {
            row.patterns.push_back("page number " + std::to_string(number - pageIndex));
        }
    }
    if (pattern.find_first_not_of("# ") != std::string::npos) {
        row.patterns.push_back(std::move(pattern));
    }
    const float share = page.lines[row.lines.front()].baseline / std::max(page.height, 1.0F);
    row.height = static_cast<int>(std::lround(std::clamp(share, 0.0F, 1.0F) * kHeightSteps));
}

// Counts rows by pattern and height.
class RowCounts {
public:
    void add(const EdgeRow& row) {
        for (const std::string& pattern : row.patterns) {
            ++m_counts[keyOf(pattern, row.height)];
        }
    }

    bool isRepeated(const EdgeRow& row) const {
        return std::any_of(
            row.patterns.begin(), row.patterns.end(), [&](const std::string& pattern) {
                int count = 0;
                for (int height = row.height - 1; height <= row.height + 1; ++height) {
                    const auto found = m_counts.find(keyOf(pattern, height));
                    count += found == m_counts.end() ? 0 : found->second;
                }
                return count >= kMinPages;
            });
    }

private:
    static std::string keyOf(const std::string& pattern, int height) {
        return std::to_string(height) + ' ' + pattern;
    }

    std::unordered_map<std::string, int> m_counts;
};

void markAtEdge(const std::vector<PdfPage>& pages,
                bool isTop,
                std::vector<std::vector<bool>>& isRunning) {
    std::vector<std::vector<EdgeRow>> edges(pages.size());
    RowCounts counts;
    for (size_t i = 0; i < pages.size(); ++i) {
        edges[i] = edgeRows(pages[i], isTop);
        for (EdgeRow& row : edges[i]) {
            describe(pages[i], static_cast<int>(i), row);
            counts.add(row);
        }
    }
    for (size_t i = 0; i < pages.size(); ++i) {
        for (const EdgeRow& row : edges[i]) {
            if (!counts.isRepeated(row)) {
                break;
            }
            for (const uint32_t line : row.lines) {
                isRunning[i][line] = true;
            }
        }
    }
}

}  // namespace

std::vector<std::vector<bool>> findRunningLines(const std::vector<PdfPage>& pages) {
    std::vector<std::vector<bool>> isRunning(pages.size());
    for (size_t i = 0; i < pages.size(); ++i) {
        for (const PageLine& line : pages[i].lines) {
            isRunning[i].push_back(line.isApart);
        }
    }
    if (std::ssize(pages) >= kMinPages) {
        markAtEdge(pages, /*isTop=*/true, isRunning);
        markAtEdge(pages, /*isTop=*/false, isRunning);
    }
    return isRunning;
}

}  // namespace tl
