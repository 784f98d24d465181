// SPDX-License-Identifier: Apache-2.0
#include "app/overview/title_page.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "app/overview/overview_input.h"
#include "base/ascii.h"

namespace tl {

namespace {

constexpr int64_t kLines = 40;
constexpr int64_t kLinesToAuthor = 12;  // below the title
constexpr size_t kMaxTitleBytes = 80;
constexpr size_t kMaxAbstractBytes = 300;

constexpr auto kBylines = std::to_array<std::string_view>(
    {"by ", "edited by ", "written by ", "original version - ", "author: ", "authors: "});

bool hasLetter(std::string_view text) {
    return std::ranges::any_of(
        text, [](char c) { return isAsciiUpper(c) || (c >= 'a' && c <= 'z') || (c & 0x80) != 0; });
}

// Two to four words that all begin with a capital, as "Lewis Carroll" and "J. M. Barrie".
bool isPersonsName(std::string_view text) {
    int64_t words = 0;
    bool hasSmall = false;
    for (size_t begin = 0; begin < text.size();) {
        const size_t end = std::min(text.find(' ', begin), text.size());
        const std::string_view word = text.substr(begin, end - begin);
        const bool isWord = !word.empty() && isAsciiUpper(word[0]) &&
                            word.find_first_of("0123456789:;!?()/\"") == std::string_view::npos;
        if (!word.empty() && !isWord) {
            return false;
        }
        hasSmall = hasSmall || (word.size() > 1 && word[1] >= 'a' && word[1] <= 'z');
        words += word.empty() ? 0 : 1;
        begin = end + 1;
    }
    return words >= 2 && words <= 4 && hasSmall;
}

// The name after "by" and the like; without an address or what an editor did.
std::string_view nameIn(std::string_view text) {
    std::string_view name = stripped(text.substr(0, text.find_first_of("<(,;")));
    while (!name.empty() && (name.back() == '.' || name.back() == '-')) {
        name.remove_suffix(1);
    }
    return isPersonsName(name) ? name : std::string_view();
}

// "Version 3.0", "release 2.2.5, 31 May": the number.
std::string_view versionIn(std::string_view text) {
    const std::string lower = asciiLower(text);
    for (const std::string_view word : {"version ", "release "}) {
        const size_t at = lower.find(word);
        const bool isWord =
            at != std::string::npos &&
            (at == 0 || lower[at - 1] == ' ' || lower[at - 1] == '(' || lower[at - 1] == ',');
        if (!isWord) {
            continue;
        }
        const size_t begin = at + word.size();
        size_t end = begin;
        while (end < text.size() &&
               (isAsciiDigit(text[end]) || text[end] == '.' || text[end] == '-')) {
            ++end;
        }
        while (end > begin && !isAsciiDigit(text[end - 1])) {
            --end;
        }
        if (end > begin && isAsciiDigit(text[begin])) {
            return text.substr(begin, end - begin);
        }
    }
    return {};
}

bool isTitle(std::string_view text) {
    const bool isSentence = text.ends_with('.') || text.ends_with(',') || text.ends_with(';');
    const bool isRule = !hasLetter(text);
    return !isRule && !isSentence && text.size() <= kMaxTitleBytes &&
           asciiLower(text).find("gutenberg") == std::string::npos &&
           asciiLower(text).find("produced by") == std::string::npos && !text.starts_with('[') &&
           !text.starts_with('<');
}

class TitlePageReader {
public:
    explicit TitlePageReader(const Document& document) : m_document(document) {}

    TitlePage read() {
        const int64_t last = std::min(m_document.lines.lineCount(), kLines);
        for (int64_t line = 1; line <= last && !m_isOver; ++line) {
            take(line, stripped(lineOf(m_document, line)));
        }
        findAbstract();
        return std::move(m_page);
    }

private:
    void take(int64_t line, std::string_view text) {
        if (text.empty()) {
            m_isInParagraph = false;
            return;
        }
        // A paragraph is no title page any more.
        m_isOver = m_page.title.line > 0 && m_isInParagraph && text.size() > 60 &&
                   m_lastSize > 60 && asciiLower(text).find("copyright") == std::string::npos;
        const bool opens = !m_isInParagraph;
        m_isInParagraph = true;
        m_lastSize = text.size();
        if (m_isOver) {
            return;
        }
        if (m_page.title.line == 0) {
            if (isTitle(text)) {
                m_page.title = {std::string(text), line};
                takeVersion(line, text);
            } else {
                m_isOver = opens && text.size() > kMaxTitleBytes;
            }
            return;
        }
        takeBelow(line, text);
    }

    void takeVersion(int64_t line, std::string_view text) {
        const std::string_view version = versionIn(text);
        if (!version.empty() && m_page.version.line == 0) {
            m_page.version = {std::string(version), line};
        }
    }

    void takeBelow(int64_t line, std::string_view text) {
        takeVersion(line, text);
        if (m_page.author.line > 0) {
            return;
        }
        const std::string lower = asciiLower(text);
        for (const std::string_view by : kBylines) {
            const std::string_view name = lower.starts_with(by)
                                              ? nameIn(stripped(text.substr(by.size())))
                                              : std::string_view();
            if (!name.empty()) {
                m_page.author = {std::string(name), line};
                return;
            }
        }
        const bool isNear = line - m_page.title.line <= kLinesToAuthor;
        const bool isAlone = !nameIn(text).empty() && nameIn(text).size() + 30 > text.size();
        if (isNear && isAlone && m_page.title.text.find(' ') != std::string::npos) {
            m_page.author = {std::string(nameIn(text)), line};
        }
    }

    void findAbstract() {
        constexpr int64_t kLinesToAbstract = 80;
        const int64_t last = std::min(m_document.lines.lineCount(), kLinesToAbstract);
        for (int64_t line = 1; line < last; ++line) {
            if (asciiLower(stripped(lineOf(m_document, line))) == "abstract") {
                m_page.abstract = openingOfText(m_document, kMaxAbstractBytes, line + 1);
                return;
            }
        }
    }

    const Document& m_document;
    TitlePage m_page;
    bool m_isInParagraph = false;
    bool m_isOver = false;
    size_t m_lastSize = 0;
};

}  // namespace

TitlePage titlePageOf(const Document& document) {
    return TitlePageReader(document).read();
}

}  // namespace tl
