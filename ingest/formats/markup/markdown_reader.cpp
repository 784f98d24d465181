// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/markup/markdown_reader.h"

// Markdown stays as it is, so that its lines hold; headings become symbols. Blocks in which "#"
// means something else are known: fenced and indented code, HTML comments, front matter.
#include <algorithm>
#include <utility>

#include "ingest/text/symbols_of_headings.h"
#include "ingest/text/text_lines.h"
#include "ingest/text/text_reader.h"

namespace tl {
namespace {

size_t indentOf(std::string_view line) {
    const size_t first = line.find_first_not_of(' ');
    return first == std::string_view::npos ? line.size() : first;
}

size_t runLength(std::string_view text, char c) {
    const size_t end = text.find_first_not_of(c);
    return end == std::string_view::npos ? text.size() : end;
}

// Without the marks of emphasis and code; links as their words.
std::string headingWords(std::string_view raw) {
    std::string words;
    for (size_t i = 0; i < raw.size(); ++i) {
        const char c = raw[i];
        if (c == '\\' && i + 1 < raw.size()) {
            words += raw[++i];
        } else if (c == ']' && i + 1 < raw.size() && raw[i + 1] == '(') {
            const size_t close = raw.find(')', i);
            i = close == std::string_view::npos ? i : close;
        } else if (c != '*' && c != '`' && c != '[' && c != ']') {
            words += c;
        }
    }
    return std::string(trimmed(words));
}

// "## Words ##" as level and words; level 0: no heading.
std::pair<int, std::string_view> matchAtx(std::string_view line) {
    const std::string_view text = trimmed(line);
    const size_t level = runLength(text, '#');
    if (level == 0 || level > 6 || indentOf(line) > 3 ||
        (text.size() > level && text[level] != ' ' && text[level] != '\t')) {
        return {0, {}};
    }
    std::string_view words = trimmed(text.substr(level));
    const size_t last = words.find_last_not_of('#');
    if (last == std::string_view::npos) {
        words = {};
    } else if (last + 1 < words.size() && (words[last] == ' ' || words[last] == '\t')) {
        words = trimmed(words.substr(0, last));
    }
    return {static_cast<int>(level), words};
}

// Whether the line underlines a heading: "=====" is 1, "-----" 2, else 0.
int underlineLevel(std::string_view line) {
    const std::string_view text = trimmed(line);
    if (text.empty() || indentOf(line) > 3 || (text[0] != '=' && text[0] != '-') ||
        runLength(text, text[0]) != text.size()) {
        return 0;
    }
    return text[0] == '=' ? 1 : 2;
}

class HeadingFinder {
public:
    explicit HeadingFinder(std::string_view text) : m_lines(splitLines(text)) {}

    std::vector<Heading> find() {
        for (size_t i = skipFrontMatter(); i < m_lines.size(); ++i) {
            const std::string_view line = m_lines[i].text;
            if (isInBlock(line)) {
                m_isAfterText = false;
                continue;
            }
            takeLine(i);
        }
        return std::move(m_headings);
    }

private:
    // "---" in the first line up to the next "---": metadata.
    size_t skipFrontMatter() const {
        if (m_lines.empty() || trimmed(m_lines[0].text) != "---") {
            return 0;
        }
        for (size_t i = 1; i < m_lines.size(); ++i) {
            const std::string_view line = trimmed(m_lines[i].text);
            if (line == "---" || line == "...") {
                return i + 1;
            }
        }
        return 0;
    }

    // Follows fences and comments over lines.
    bool isInBlock(std::string_view line) {
        const std::string_view text = trimmed(line);
        if (m_fence != '\0') {
            const size_t run = runLength(text, m_fence);
            if (indentOf(line) <= 3 && run >= m_fenceLength && run == text.size()) {
                m_fence = '\0';
            }
            return true;
        }
        if (m_isComment || text.starts_with("<!--")) {
            m_isComment = text.find("-->") == std::string_view::npos;
            return true;
        }
        if (indentOf(line) > 3 || text.empty() || (text[0] != '`' && text[0] != '~')) {
            return false;
        }
        const size_t run = runLength(text, text[0]);
        // Words with backticks after backticks are code within a line.
        if (run < 3 || (text[0] == '`' && text.find('`', run) != std::string_view::npos)) {
            return false;
        }
        m_fence = text[0];
        m_fenceLength = run;
        return true;
    }

    void takeLine(size_t i) {
        const TextLine& line = m_lines[i];
        const std::string_view text = trimmed(line.text);
        const auto [level, words] = matchAtx(line.text);
        const int underline = m_isAfterText ? underlineLevel(line.text) : 0;
        if (level > 0) {
            add(level, words, i, i);
        } else if (underline > 0) {
            add(underline, trimmed(m_lines[i - 1].text), i - 1, i);
        }
        // A heading that is underlined is a paragraph; lists, quotes and tables are none.
        m_isAfterText = level == 0 && underline == 0 && !text.empty() && indentOf(line.text) <= 3 &&
                        std::string_view("-*+>|#").find(text[0]) == std::string_view::npos;
    }

    void add(int level, std::string_view words, size_t first, size_t last) {
        Heading heading;
        heading.name = headingWords(words);
        heading.level = level;
        heading.begin = m_lines[first].begin;
        heading.end = m_lines[last].begin + static_cast<int64_t>(m_lines[last].text.size());
        m_headings.push_back(std::move(heading));
    }

    std::vector<TextLine> m_lines;
    std::vector<Heading> m_headings;
    char m_fence = '\0';
    size_t m_fenceLength = 0;
    bool m_isComment = false;
    bool m_isAfterText = false;
};

class MarkdownReader : public Reader {
public:
    std::string_view name() const override { return "markdown"; }
    int version() const override { return 1; }

    int sniff(std::string_view name, std::string_view /*head*/) const override {
        return hasExtension(name, {".md", ".markdown", ".mkd", ".mdown", ".qmd", ".rmd"}) ? 60 : 0;
    }

    Reading<Extract> read(const ReadRequest& request) const override {
        auto decoded = decodeRequest(request);
        if (!decoded.ok()) {
            return decoded.error();
        }
        Extract extract;
        extract.kind = DocumentKind::kMarkup;
        extract.language = "Markdown";
        extract.text = std::move(decoded.value().text);
        extract.notes = std::move(decoded.value().notes);
        const std::vector<Heading> headings = HeadingFinder(extract.text).find();
        extract.symbols = symbolsOfHeadings(extract.text, headings);
        if (!headings.empty() && headings.front().level == 1) {
            extract.title = headings.front().name;
        }
        return extract;
    }
};

}  // namespace

std::unique_ptr<Reader> makeMarkdownReader() {
    return std::make_unique<MarkdownReader>();
}

}  // namespace tl
