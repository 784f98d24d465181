// SPDX-License-Identifier: Apache-2.0
#include "ingest/page/leader_dots.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "ingest/page/block_shape.h"

namespace tl {
namespace {

constexpr int kLeastDots = 5;  // four end a sentence that breaks off
constexpr std::string_view kLeader = "...";
constexpr size_t kMostNumberBytes = 8;   // "A-12", "xxviii"
constexpr float kBaselineSlack = 0.35F;  // in font sizes
constexpr size_t kMaxLines = 5000;       // as in table_rows

// 0 for what is no dot.
int dotsOf(char32_t code) {
    switch (code) {
        case U'.':
        case 0xB7:    // middle dot
        case 0x2024:  // one dot leader
        case 0x22C5:  // dot operator
        case 0xFF0E:  // full width
            return 1;
        case 0x2025:  // two dot leader
            return 2;
        case 0x2026:  // ellipsis
        case 0x22EF:
            return 3;
        default:
            return 0;
    }
}

// A stretch of a word that is all dots or has none.
struct Stretch {
    PageWord word;
    int dots = 0;
};

class LeaderShortener {
public:
    explicit LeaderShortener(PdfPage& page) : m_page(page) {}

    void run() {
        if (!mayHaveLeaders()) {
            return;
        }
        for (PageLine& line : m_page.lines) {
            takeLine(line);
        }
        joinNumbers();
        writeBack();
    }

private:
    // Most pages end here.
    bool mayHaveLeaders() const {
        int dots = 0;
        return std::ranges::any_of(m_page.words, [&](const PageWord& word) {
            const std::string_view text = m_page.wordText(word);
            dots += allDotsOf(text);
            return dots >= kLeastDots || text.find(".....") != std::string_view::npos ||
                   text.find("\xE2\x80\xA6\xE2\x80\xA6") != std::string_view::npos;
        });
    }

    // 0 for a word that has anything else.
    static int allDotsOf(std::string_view text) {
        int dots = 0;
        while (!text.empty()) {
            const Utf8Char letter = decodeUtf8(text);
            const int more = dotsOf(letter.code);
            if (more == 0) {
                return 0;
            }
            dots += more;
            text.remove_prefix(letter.length);
        }
        return dots;
    }

    void takeLine(const PageLine& line) {
        std::vector<Stretch> stretches;
        for (uint32_t i = line.wordsBegin; i < line.wordsEnd; ++i) {
            takeWord(m_page.words[i], stretches);
        }
        std::vector<PageWord> words;
        bool isCut = false;
        for (size_t begin = 0; begin < stretches.size();) {
            size_t end = begin;
            int dots = 0;
            while (end < stretches.size() && stretches[end].dots > 0) {
                dots += stretches[end++].dots;
            }
            if (dots >= kLeastDots) {
                isCut = true;
                addLeader(stretches, begin, end, words);
                begin = end;
            } else {
                words.push_back(stretches[begin++].word);
            }
        }
        m_endsInLeader.push_back(isCut && m_page.wordText(words.back()) == kLeader);
        if (!isCut) {
            words.assign(m_page.words.begin() + line.wordsBegin,
                         m_page.words.begin() + line.wordsEnd);
        }
        m_isCut |= isCut;
        m_words.push_back(std::move(words));
    }

    // Cuts a word where dots begin or end; its box goes to the stretches by their bytes.
    void takeWord(const PageWord& word, std::vector<Stretch>& stretches) const {
        const float width =
            word.box.width() / static_cast<float>(std::max(word.end - word.begin, 1U));
        uint32_t begin = word.begin;
        int dots = 0;
        for (uint32_t at = word.begin; at < word.end;) {
            const Utf8Char letter =
                decodeUtf8(std::string_view(m_page.text).substr(at, word.end - at));
            const int more = dotsOf(letter.code);
            if (at > begin && (more > 0) != (dots > 0)) {
                stretches.push_back({piece(word, begin, at, width), dots});
                begin = at;
                dots = 0;
            }
            dots += more;
            at += letter.length;
        }
        stretches.push_back({piece(word, begin, word.end, width), dots});
    }

    static PageWord piece(const PageWord& word, uint32_t begin, uint32_t end, float width) {
        PageWord part = word;
        part.begin = begin;
        part.end = end;
        part.hasSpaceAfter = end == word.end && word.hasSpaceAfter;
        part.box.left = word.box.left + width * static_cast<float>(begin - word.begin);
        part.box.right = word.box.left + width * static_cast<float>(end - word.begin);
        return part;
    }

    void addLeader(const std::vector<Stretch>& stretches,
                   size_t begin,
                   size_t end,
                   std::vector<PageWord>& words) {
        PageWord leader = stretches[begin].word;
        for (size_t i = begin + 1; i < end; ++i) {
            grow(leader.box, stretches[i].word.box);
        }
        leader.begin = static_cast<uint32_t>(m_page.text.size());
        m_page.text += kLeader;
        leader.end = static_cast<uint32_t>(m_page.text.size());
        leader.hasSpaceAfter = end < stretches.size();
        if (!words.empty()) {
            words.back().hasSpaceAfter = true;
        }
        words.push_back(leader);
    }

    // A page number far right of its dots is a line of its own to Poppler.
    void joinNumbers() {
        if (!m_isCut || m_page.lines.size() > kMaxLines) {
            return;
        }
        for (size_t i = 0; i < m_page.lines.size(); ++i) {
            const size_t number = m_endsInLeader[i] ? numberOf(i) : i;
            if (number == i) {
                continue;
            }
            m_words[i].back().hasSpaceAfter = true;
            m_words[i].push_back(m_words[number].front());
            m_words[number].clear();
            grow(m_page.lines[i].box, m_page.lines[number].box);
        }
    }

    // The nearest line at the right of line `of`, where that is a page number; `of` for none.
    size_t numberOf(size_t of) const {
        const PageLine& line = m_page.lines[of];
        size_t nearest = of;
        for (size_t i = 0; i < m_page.lines.size(); ++i) {
            const PageLine& other = m_page.lines[i];
            const bool isBeside =
                i != of && other.turn == line.turn && !m_words[i].empty() &&
                std::abs(other.baseline - line.baseline) <= kBaselineSlack * line.fontSize &&
                other.box.left >= line.box.right - line.fontSize;
            if (isBeside && (nearest == of || other.box.left < m_page.lines[nearest].box.left)) {
                nearest = i;
            }
        }
        const bool isNumber = nearest != of && line.turn == 0 && m_words[nearest].size() == 1 &&
                              isPageNumber(m_page.wordText(m_words[nearest][0]));
        return isNumber ? nearest : of;
    }

    // "17", "A-12", "xxviii".
    static bool isPageNumber(std::string_view text) {
        return text.size() <= kMostNumberBytes &&
               (text.find_first_of("0123456789") != std::string_view::npos ||
                text.find_first_not_of("ivxlcdm") == std::string_view::npos);
    }

    void writeBack() {
        if (!m_isCut) {
            return;
        }
        std::vector<PageLine> lines;
        m_page.words.clear();
        for (size_t i = 0; i < m_page.lines.size(); ++i) {
            if (m_words[i].empty()) {
                continue;
            }
            PageLine& line = lines.emplace_back(m_page.lines[i]);
            line.wordsBegin = static_cast<uint32_t>(m_page.words.size());
            m_page.words.insert(m_page.words.end(), m_words[i].begin(), m_words[i].end());
            line.wordsEnd = static_cast<uint32_t>(m_page.words.size());
        }
        m_page.lines = std::move(lines);
    }

    PdfPage& m_page;
    std::vector<std::vector<PageWord>> m_words;  // by line
    std::vector<bool> m_endsInLeader;            // by line
    bool m_isCut = false;
};

}  // namespace

void shortenLeaders(PdfPage& page) {
    LeaderShortener(page).run();
}

}  // namespace tl
