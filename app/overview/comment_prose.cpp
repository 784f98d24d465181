// SPDX-License-Identifier: Apache-2.0
// What a code file says of itself in its first comments or its doc string.
#include <algorithm>
#include <array>
#include <utility>

#include "app/overview/overview_input.h"
#include "app/overview/prose.h"

namespace tl {

namespace {

constexpr int64_t kCodeLines = 80;

constexpr auto kCommentStarts = std::to_array<std::string_view>(
    {"//", "/*", "#", "--", ";", "\"\"\"", "'''", "r\"\"\"", "(*", "dnl", "<!--"});

// Collects the comments in front of a file's first code, which may have several.
class FirstComments {
public:
    explicit FirstComments(const Document& document) {
        const int64_t last = std::min(document.lines.lineCount(), kCodeLines);
        const bool isC = document.language == "C" || document.language == "C++";
        for (int64_t line = 1; line <= last && !m_isCode; ++line) {
            take(line, lineOf(document, line), isC);
        }
    }

    const std::vector<ProseLine>& lines() const { return m_lines; }

private:
    void take(int64_t number, std::string_view line, bool isC) {
        const std::string_view words = stripped(line);
        const bool isDirective = isC && words.starts_with("#");
        const bool starts = std::ranges::any_of(
            kCommentStarts, [&](std::string_view mark) { return words.starts_with(mark); });
        if (m_end.empty() && (isDirective || words.starts_with("#!"))) {
            m_lines.push_back({number, {}});
        } else if (!m_end.empty() || starts || words.empty()) {
            m_lines.push_back({number, withoutCommentMarks(line)});
            follow(words);
        } else {
            m_isCode = true;
        }
    }

    // Whether the line leaves a block comment or a doc string open.
    void follow(std::string_view words) {
        if (!m_end.empty()) {
            m_end = words.find(m_end) == std::string_view::npos ? m_end : std::string_view();
            return;
        }
        constexpr auto kBlocks =
            std::to_array<std::pair<std::string_view, std::string_view>>({{"/*", "*/"},
                                                                          {"\"\"\"", "\"\"\""},
                                                                          {"r\"\"\"", "\"\"\""},
                                                                          {"'''", "'''"},
                                                                          {"(*", "*)"}});
        for (const auto& [begin, end] : kBlocks) {
            if (words.starts_with(begin) &&
                words.find(end, begin.size()) == std::string_view::npos) {
                m_end = end;
            }
        }
    }

    std::vector<ProseLine> m_lines;
    std::string_view m_end;  // what ends the comment that is open; empty: none is
    bool m_isCode = false;
};

}  // namespace

std::string_view withoutCommentMarks(std::string_view line) {
    constexpr auto kMarks = std::to_array<std::string_view>(
        {"///", "//!", "//", "/*!", "/**", "/*",  "*/",     ";;;", ";;", "--[[", "---",
         "--",  "##",  "#!", "#",   ";",   "dnl", "\"\"\"", "'''", "(*", "*",    "r\"\"\""});
    std::string_view text = stripped(line);
    for (const std::string_view mark : kMarks) {
        if (text.starts_with(mark)) {
            text.remove_prefix(mark.size());
            break;
        }
    }
    for (const std::string_view mark : {"*/", "\"\"\"", "'''", "*)", "-->"}) {
        if (const size_t end = text.find(mark); end != std::string_view::npos) {
            text = text.substr(0, end);
        }
    }
    return text;
}

std::optional<Prose> openingOfCode(const Document& document, size_t maxBytes) {
    return openingProse(FirstComments(document).lines(), ProseKind::kComment, maxBytes);
}

}  // namespace tl
