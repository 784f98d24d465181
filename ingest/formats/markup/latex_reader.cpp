// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/markup/latex_reader.h"

// LaTeX stays as it is, so that its lines hold; \section and its like become symbols.
#include <array>
#include <utility>

#include "base/ascii.h"
#include "ingest/text/symbols_of_headings.h"
#include "ingest/text/text_lines.h"
#include "ingest/text/text_reader.h"

namespace tl {
namespace {

constexpr std::array<std::string_view, 7> kLevels{
    "part", "chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph"};
constexpr std::array<std::string_view, 5> kVerbatim{
    "verbatim", "lstlisting", "minted", "comment", "Verbatim"};

// The bytes between `open` at the front and its partner; npos of the second: no partner within
// 2,000 bytes, which no heading is long.
std::pair<std::string_view, size_t> matchGroup(std::string_view text, char open, char close) {
    constexpr size_t kLongest = 2000;
    int depth = 0;
    for (size_t i = 0; i < std::min(text.size(), kLongest); ++i) {
        if (text[i] == '\\') {
            ++i;
        } else if (text[i] == open) {
            ++depth;
        } else if (text[i] == close && --depth == 0) {
            return {text.substr(1, i - 1), i + 1};
        }
    }
    return {{}, std::string_view::npos};
}

// The words without commands' names, braces and line ends.
std::string plainWords(std::string_view source) {
    std::string words;
    for (size_t i = 0; i < source.size(); ++i) {
        const char c = source[i];
        if (c == '\\') {
            size_t end = i + 1;
            while (end < source.size() && isAsciiLetter(source[end])) {
                ++end;
            }
            if (end == i + 1 && end < source.size()) {
                words += source[end] == '\\' ? ' ' : source[end];
                ++end;
            }
            i = end - 1;
        } else if (c == '\n' || c == '~' || c == '\t') {
            words += ' ';
        } else if (c != '{' && c != '}' && c != '$') {
            words += c;
        }
    }
    return std::string(trimmed(words));
}

class LatexScanner {
public:
    explicit LatexScanner(std::string_view text) : m_text(text) {}

    void scan() {
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (c == '%') {
                m_at = std::min(m_text.find('\n', m_at), m_text.size());
            } else if (c == '\\') {
                takeCommand();
            } else {
                ++m_at;
            }
        }
    }

    std::vector<Heading> headings;
    std::string title;

private:
    void takeCommand() {
        const size_t begin = m_at++;
        while (m_at < m_text.size() && isAsciiLetter(m_text[m_at])) {
            ++m_at;
        }
        const std::string_view name = m_text.substr(begin + 1, m_at - begin - 1);
        if (name.empty()) {
            m_at += m_at < m_text.size() ? 1 : 0;  // \% and \\.
            return;
        }
        if (name == "begin") {
            skipVerbatim();
        } else if (name == "title") {
            title = takeArgument();
        }
        for (size_t level = 0; level < kLevels.size(); ++level) {
            if (name == kLevels[level]) {
                addHeading(begin, static_cast<int>(level) + 1);
            }
        }
    }

    // What is between {verbatim} and \end{verbatim} is no LaTeX.
    void skipVerbatim() {
        for (const std::string_view name : kVerbatim) {
            const std::string_view rest = m_text.substr(m_at);
            if (rest.starts_with('{') && rest.substr(1).starts_with(name) &&
                rest.size() > name.size() + 1 && rest[name.size() + 1] == '}') {
                const size_t end = m_text.find("\\end{" + std::string(name), m_at);
                m_at = std::min(end, m_text.size());
                return;
            }
        }
    }

    // "*", "[short]" and "{words}"; empty and where it was when there are no braces.
    std::string takeArgument() {
        size_t at = m_at + (m_text.substr(m_at).starts_with('*') ? 1 : 0);
        if (m_text.substr(at).starts_with('[')) {
            const auto group = matchGroup(m_text.substr(at), '[', ']');
            at += group.second == std::string_view::npos ? 0 : group.second;
        }
        if (!m_text.substr(at).starts_with('{')) {
            return {};
        }
        const auto [words, length] = matchGroup(m_text.substr(at), '{', '}');
        if (length == std::string_view::npos) {
            return {};
        }
        m_at = at + length;
        return plainWords(words);
    }

    void addHeading(size_t begin, int level) {
        std::string words = takeArgument();
        if (!words.empty()) {
            headings.push_back(
                {std::move(words), level, static_cast<int64_t>(begin), static_cast<int64_t>(m_at)});
        }
    }

    std::string_view m_text;
    size_t m_at = 0;
};

class LatexReader : public Reader {
public:
    std::string_view name() const override { return "latex"; }
    int version() const override { return 1; }

    int sniff(std::string_view name, std::string_view head) const override {
        if (!hasExtension(name, {".tex", ".ltx", ".latex"})) {
            return 0;
        }
        return head.find("\\documentclass") != std::string_view::npos ? 100 : 60;
    }

    Reading<Extract> read(const ReadRequest& request) const override {
        auto decoded = decodeRequest(request);
        if (!decoded.ok()) {
            return decoded.error();
        }
        Extract extract;
        extract.kind = DocumentKind::kMarkup;
        extract.language = "LaTeX";
        extract.text = std::move(decoded.value().text);
        extract.notes = std::move(decoded.value().notes);
        LatexScanner scanner(extract.text);
        scanner.scan();
        extract.title = std::move(scanner.title);
        extract.symbols = symbolsOfHeadings(extract.text, scanner.headings);
        return extract;
    }
};

}  // namespace

std::unique_ptr<Reader> makeLatexReader() {
    return std::make_unique<LatexReader>();
}

}  // namespace tl
