// SPDX-License-Identifier: Apache-2.0
#include "ingest/page/document_text.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "ingest/page/hyphens.h"
#include "ingest/page/paragraphs.h"
#include "ingest/page/running_lines.h"

namespace tl {
namespace {

constexpr std::string_view kSoftHyphen = "\xC2\xAD";

float share(float value, float whole) {
    return whole > 0 ? std::clamp(value / whole, 0.0F, 1.0F) : 0.0F;
}

class DocumentWriter {
public:
    DocumentWriter(const std::vector<PdfPage>& pages, Extract& extract)
        : m_pages(pages)
        , m_extract(extract)
        , m_hyphens(pages)
        , m_isRunning(findRunningLines(pages)) {}

    void run() {
        if (m_pages.empty()) {
            return;
        }
        std::vector<Paragraph> paragraphs = paragraphsOf(m_pages[0], m_isRunning[0]);
        for (size_t i = 0; i < m_pages.size(); ++i) {
            std::vector<Paragraph> next;
            if (i + 1 < m_pages.size()) {
                next = paragraphsOf(m_pages[i + 1], m_isRunning[i + 1]);
            }
            m_page = &m_pages[i];
            const bool goesOver = arrange(paragraphs, next, i);
            writePage(paragraphs, i);
            m_continues = goesOver;
            paragraphs = std::move(next);
        }
        settleHyphen();
        if (!m_extract.text.empty()) {
            m_extract.text += '\n';
        }
    }

private:
    // Moves what runs at the page's edges out of the way of a paragraph that goes on overleaf.
    bool arrange(std::vector<Paragraph>& paragraphs,
                 const std::vector<Paragraph>& next,
                 size_t index) const {
        if (paragraphs.empty() || next.empty()) {
            return false;
        }
        const bool hasRunning = paragraphs.back().kind == Paragraph::Kind::kRunning;
        const size_t textCount = paragraphs.size() - (hasRunning ? 1 : 0);
        if (textCount == 0 ||
            !goesOn(m_pages[index], paragraphs[textCount - 1], m_pages[index + 1], next.front())) {
            return false;
        }
        if (hasRunning && textCount == 1) {
            return false;  // no other place for what runs than between the two
        }
        if (hasRunning) {
            std::swap(paragraphs[textCount - 1], paragraphs[textCount]);
        }
        return true;
    }

    void writePage(const std::vector<Paragraph>& paragraphs, size_t index) {
        Unit unit;
        unit.kind = UnitKind::kPage;
        unit.number = static_cast<int64_t>(index) + 1;
        m_isPageBegun = false;
        for (size_t i = 0; i < paragraphs.size(); ++i) {
            if (i > 0) {
                m_continues = goesOn(*m_page, paragraphs[i - 1], *m_page, paragraphs[i]);
            }
            writeParagraph(paragraphs[i]);
        }
        const auto end = static_cast<int64_t>(m_extract.text.size());
        unit.begin = m_isPageBegun ? m_pageBegin : end;
        unit.end = end;
        m_extract.units.push_back(std::move(unit));
    }

    void writeParagraph(const Paragraph& paragraph) {
        const bool isText = paragraph.kind == Paragraph::Kind::kText;
        for (size_t i = 0; i < paragraph.rows.size(); ++i) {
            const PageLine& first = m_page->lines[paragraph.rows[i].front()];
            const std::string_view word = m_page->wordText(m_page->words[first.wordsBegin]);
            if (i > 0 || m_continues) {
                breakLine(isText ? word : std::string_view());
            } else {
                breakParagraph();
            }
            writeRow(paragraph.rows[i]);
        }
        m_continues = false;
    }

    void breakParagraph() {
        settleHyphen();
        if (!m_extract.text.empty()) {
            m_extract.text += "\n\n";
        }
        m_isGlued = false;
    }

    // Ends a line before one that begins with `next`.
    void breakLine(std::string_view next) {
        const HyphenRules::Fate fate =
            next.empty() ? HyphenRules::Fate::kNone : m_hyphens.fateOf(m_lastWord, next);
        if (fate == HyphenRules::Fate::kDrop) {
            dropHyphen();
        } else {
            settleHyphen();
        }
        m_isGlued = fate != HyphenRules::Fate::kNone;
        if (!m_isGlued) {
            m_extract.text += '\n';
        }
    }

    void dropHyphen() {
        const size_t length = m_extract.text.ends_with('-')           ? 1
                              : m_extract.text.ends_with(kSoftHyphen) ? kSoftHyphen.size()
                                                                      : 3;  // U+2010
        m_extract.text.erase(m_extract.text.size() - length);
        fitPlaces();
    }

    // A soft hyphen that was drawn and does not part a word is a hyphen.
    void settleHyphen() {
        std::string& text = m_extract.text;
        if (text.ends_with(kSoftHyphen)) {
            text.erase(text.size() - kSoftHyphen.size());
            text += '-';
            fitPlaces();
        }
    }

    // Ends the last word and the last page where the text now ends.
    void fitPlaces() {
        const std::string& text = m_extract.text;
        const auto end = static_cast<uint32_t>(text.size());
        if (!m_extract.words.empty()) {
            WordBox& word = m_extract.words.back();
            word.end = std::min(word.end, end);
            word.begin = std::min(word.begin, end);
        }
        for (auto unit = m_extract.units.rbegin();
             unit != m_extract.units.rend() && unit->end > std::ssize(text);
             ++unit) {
            unit->end = std::ssize(text);
            unit->begin = std::min(unit->begin, unit->end);
        }
    }

    void writeRow(const std::vector<uint32_t>& row) {
        for (size_t cell = 0; cell < row.size(); ++cell) {
            const PageLine& line = m_page->lines[row[cell]];
            if (cell > 0) {
                m_extract.text += "  ";
            }
            for (uint32_t i = line.wordsBegin; i < line.wordsEnd; ++i) {
                const bool isRowEnd = cell + 1 == row.size() && i + 1 == line.wordsEnd;
                writeWord(m_page->words[i], isRowEnd);
                if (i + 1 < line.wordsEnd) {
                    writeSpace(m_page->words[i].hasSpaceAfter);
                }
            }
        }
    }

    // The first space after a word that was in two takes the line's end.
    void writeSpace(bool hasSpace) {
        if (hasSpace) {
            m_extract.text += m_isGlued ? '\n' : ' ';
            m_isGlued = false;
        }
    }

    void writeWord(const PageWord& word, bool isRowEnd) {
        std::string& text = m_extract.text;
        if (!m_isPageBegun) {
            m_isPageBegun = true;
            m_pageBegin = std::ssize(text);
        }
        m_lastWord = m_page->wordText(word);
        const size_t begin = text.size();
        text += m_lastWord;
        for (size_t at = text.find(kSoftHyphen, begin);
             at != std::string::npos && !(isRowEnd && at + kSoftHyphen.size() == text.size());
             at = text.find(kSoftHyphen, at)) {
            text[at] = '-';
            text.erase(at + 1, kSoftHyphen.size() - 1);
        }
        m_extract.words.push_back({static_cast<uint32_t>(begin),
                                   static_cast<uint32_t>(text.size()),
                                   share(word.box.left, m_page->width),
                                   share(word.box.top, m_page->height),
                                   share(word.box.right, m_page->width),
                                   share(word.box.bottom, m_page->height)});
    }

    const std::vector<PdfPage>& m_pages;
    Extract& m_extract;
    HyphenRules m_hyphens;
    std::vector<std::vector<bool>> m_isRunning;
    const PdfPage* m_page = nullptr;
    std::string_view m_lastWord;
    int64_t m_pageBegin = 0;
    bool m_isPageBegun = false;
    bool m_continues = false;  // the next paragraph goes on with the last one's sentence
    bool m_isGlued = false;    // the line began with the rest of a word
};

}  // namespace

void writeDocumentText(const std::vector<PdfPage>& pages, Extract& extract) {
    DocumentWriter(pages, extract).run();
}

}  // namespace tl
