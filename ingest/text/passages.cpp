// SPDX-License-Identifier: Apache-2.0
// Passages are the unit of citation, so their borders follow what a reader sees as one thing: a
// paragraph, or a block of code between blank lines. Long paragraphs are cut so that a citation
// still points at a place; a line too long to be a place of its own is cut inside.
#include <algorithm>
#include <string_view>

#include "base/utf8.h"
#include "ingest/document.h"

namespace tl {
namespace {

constexpr int64_t kMaxLines = 12;
constexpr size_t kMaxLineBytes = 2000;

constexpr std::string_view kSpaces = " \t\v\f\r";

bool isBlank(std::string_view line) {
    return line.find_first_not_of(kSpaces) == std::string_view::npos;
}

bool isSpace(char c) {
    return kSpaces.find(c) != std::string_view::npos;
}

// The end of a sentence: its mark and the space after it, or an ideographic full stop.
bool endsSentence(std::string_view line, size_t cut) {
    constexpr std::string_view kIdeographicStop = "\xE3\x80\x82";
    if (line.substr(0, cut).ends_with(kIdeographicStop)) {
        return true;
    }
    if (cut < 2 || !isSpace(line[cut - 1])) {
        return false;
    }
    const char mark = line[cut - 2];
    return mark == '.' || mark == '!' || mark == '?' || mark == ';';
}

// Where to cut words longer than kMaxLineBytes that start with no space: after the last sentence
// of its second half, else after the last word, else between two characters.
size_t cutOf(std::string_view line) {
    for (size_t cut = kMaxLineBytes; cut > kMaxLineBytes / 2; --cut) {
        if (endsSentence(line, cut)) {
            return cut;
        }
    }
    for (size_t cut = kMaxLineBytes; cut > 0; --cut) {
        if (isSpace(line[cut - 1])) {
            return cut;
        }
    }
    size_t cut = kMaxLineBytes;
    while (cut > 1 && isContinuationByte(line[cut])) {
        --cut;  // not inside a UTF-8 character
    }
    return cut;
}

class Segmenter {
public:
    Segmenter(const Document& text, int64_t document)
        : m_text(text), m_document(document), m_borders(bordersOf(text)) {}

    std::vector<Passage> run() {
        for (int64_t line = 1; line <= m_text.lines.lineCount(); ++line) {
            const int64_t end = m_text.lines.lineEnd(line);
            int64_t begin = m_text.lines.lineBegin(line);
            for (;;) {
                passBorders(begin);
                const int64_t border = nextBorder();
                if (border >= end) {
                    break;
                }
                addPiece(line, begin, border);  // a border within a line cuts it
                begin = border;
            }
            addPiece(line, begin, end);
        }
        close();
        return std::move(m_passages);
    }

private:
    // Where units begin and end, in order.
    static std::vector<int64_t> bordersOf(const Document& text) {
        std::vector<int64_t> borders;
        for (const Unit& unit : text.units) {
            borders.push_back(unit.begin);
            borders.push_back(unit.end);
        }
        return borders;
    }

    int64_t nextBorder() const {
        return m_nextBorder == m_borders.size() ? std::ssize(m_text.text) : m_borders[m_nextBorder];
    }

    // Nothing open goes beyond a border.
    void passBorders(int64_t at) {
        while (m_nextBorder < m_borders.size() && m_borders[m_nextBorder] <= at) {
            close();
            ++m_nextBorder;
        }
    }

    void addPiece(int64_t line, int64_t begin, int64_t end) {
        const std::string_view words = slice(begin, end);
        if (isBlank(words)) {
            close();
            return;
        }
        if (words.size() > kMaxLineBytes) {
            close();
            addLongLine(line, begin, end);
            return;
        }
        if (m_firstLine == 0) {
            m_firstLine = line;
            m_begin = begin;
        }
        m_lastLine = line;
        m_end = end;
        if (m_lastLine - m_firstLine + 1 == kMaxLines) {
            close();
        }
    }

    // White space around a cut stays with the piece before it, so that no piece is blank and the
    // work is linear in the line.
    void addLongLine(int64_t line, int64_t begin, int64_t end) {
        std::string_view rest = slice(begin, end);
        while (!rest.empty()) {
            const size_t indent = std::min(rest.find_first_not_of(kSpaces), rest.size());
            const std::string_view words = rest.substr(indent);
            size_t size = rest.size();
            if (words.size() > kMaxLineBytes) {
                size = std::min(rest.find_first_not_of(kSpaces, indent + cutOf(words)), size);
            }
            const int64_t cut = begin + static_cast<int64_t>(size);
            add(begin, cut, line, line);
            begin = cut;
            rest.remove_prefix(size);
        }
    }

    // Ends the paragraph that is open, if one is.
    void close() {
        if (m_firstLine != 0) {
            add(m_begin, m_end, m_firstLine, m_lastLine);
        }
        m_firstLine = 0;
    }

    void add(int64_t begin, int64_t end, int64_t firstLine, int64_t lastLine) {
        m_passages.push_back({.document = m_document,
                              .begin = begin,
                              .end = end,
                              .firstLine = firstLine,
                              .lastLine = lastLine});
    }

    std::string_view slice(int64_t begin, int64_t end) const {
        return std::string_view(m_text.text)
            .substr(static_cast<size_t>(begin), static_cast<size_t>(end - begin));
    }

    const Document& m_text;
    int64_t m_document;
    std::vector<Passage> m_passages;
    int64_t m_firstLine = 0;  // of the open paragraph; 0 when none is open
    int64_t m_lastLine = 0;
    int64_t m_begin = 0;
    int64_t m_end = 0;
    const std::vector<int64_t> m_borders;
    size_t m_nextBorder = 0;  // the first one that is not passed yet
};

}  // namespace

std::vector<Passage> segmentPassages(const Document& text, int64_t document) {
    return Segmenter(text, document).run();
}

}  // namespace tl
