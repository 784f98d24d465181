// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/pdf/pdf_outline.h"

#include <Outline.h>
#include <PDFDoc.h>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/formats/pdf/link_target.h"
#include "ingest/formats/pdf/pdf_strings.h"
#include "ingest/text/symbols_of_headings.h"

namespace tl {
namespace {

constexpr int kMaxDepth = 16;
constexpr size_t kMaxHeadings = 20'000;

// Where the words of a page may be found whatever their spaces and case.
struct PlainText {
    std::string letters;           // lower case, without white space
    std::vector<int64_t> offsets;  // of each byte in the text
};

PlainText plainTextOf(std::string_view text, int64_t begin) {
    PlainText plain;
    for (size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c != ' ' && c != '\n' && c != '^') {
            plain.letters += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
            plain.offsets.push_back(begin + static_cast<int64_t>(i));
        }
    }
    return plain;
}

class OutlineReader {
public:
    OutlineReader(PDFDoc& document, Extract& extract) : m_document(document), m_extract(extract) {}

    void run() {
        Outline* outline = m_document.getOutline();
        if (outline == nullptr || outline->getItems() == nullptr) {
            return;
        }
        take(*outline->getItems(), 1);
        std::stable_sort(m_headings.begin(),
                         m_headings.end(),
                         [](const Heading& a, const Heading& b) { return a.begin < b.begin; });
        m_extract.symbols = symbolsOfHeadings(m_extract.text, m_headings);
        if (m_lost > 0) {
            m_extract.warnings.push_back(
                {.code = ReasonCode::kContentsLeadNowhere, .count = m_lost});
        }
        if (m_headings.size() == kMaxHeadings) {
            m_extract.warnings.push_back({.code = ReasonCode::kContentsCut, .limit = kMaxHeadings});
        }
    }

private:
    // NOLINTNEXTLINE(misc-no-recursion): as deep as kMaxDepth
    void take(const std::vector<OutlineItem*>& items, int level) {
        for (OutlineItem* item : items) {
            if (m_headings.size() >= kMaxHeadings) {
                return;
            }
            takeItem(*item, level);
            const std::vector<OutlineItem*>* kids = level < kMaxDepth ? item->getKids() : nullptr;
            if (kids != nullptr) {
                take(*kids, level + 1);
            }
        }
    }

    void takeItem(const OutlineItem& item, int level) {
        Heading heading;
        heading.name = fromPdfCharacters(item.getTitle(), item.getTitleLength());
        heading.level = level;
        const PdfTarget target = targetOf(m_document, item.getAction());
        if (heading.name.empty() || target.page < 1 || target.page > std::ssize(m_extract.units)) {
            ++m_lost;
            return;
        }
        place(target, heading);
        m_headings.push_back(std::move(heading));
    }

    // At the heading's words, those next to the target where they stand more than once on the page;
    // else at the first word below the target; else where the page begins.
    void place(const PdfTarget& target, Heading& heading) {
        const Unit& page = m_extract.units[static_cast<size_t>(target.page) - 1];
        heading.begin = page.begin;
        heading.end = page.begin;
        if (target.page != m_plainPage) {
            const auto begin = static_cast<size_t>(page.begin);
            const auto size = static_cast<size_t>(page.end - page.begin);
            m_plain = plainTextOf(std::string_view(m_extract.text).substr(begin, size), page.begin);
            m_plainPage = target.page;
        }
        const std::string title = plainTextOf(heading.name, 0).letters;
        float nearest = 2;
        for (size_t at = m_plain.letters.find(title); at != std::string::npos;
             at = m_plain.letters.find(title, at + 1)) {
            const float distance =
                std::abs(topAt(m_plain.offsets[at]) - std::max(target.top, 0.0F));
            if (distance < nearest) {
                nearest = distance;
                heading.begin = m_plain.offsets[at];
                heading.end = m_plain.offsets[at + title.size() - 1] + 1;
            }
        }
        if (nearest > 1 && target.top >= 0) {
            heading.begin = heading.end = firstBelow(page, target.top);
        }
    }

    size_t wordAt(int64_t offset) const {
        const auto found = std::upper_bound(
            m_extract.words.begin(),
            m_extract.words.end(),
            offset,
            [](int64_t value, const WordBox& word) { return value < int64_t{word.end}; });
        return static_cast<size_t>(found - m_extract.words.begin());
    }

    float topAt(int64_t offset) const {
        const size_t word = wordAt(offset);
        return word < m_extract.words.size() ? m_extract.words[word].top : 1;
    }

    int64_t firstBelow(const Unit& page, float top) const {
        constexpr float kSlack = 0.005F;
        for (size_t i = wordAt(page.begin);
             i < m_extract.words.size() && int64_t{m_extract.words[i].begin} < page.end;
             ++i) {
            if (m_extract.words[i].top >= top - kSlack) {
                return int64_t{m_extract.words[i].begin};
            }
        }
        return page.begin;
    }

    PDFDoc& m_document;
    Extract& m_extract;
    std::vector<Heading> m_headings;
    PlainText m_plain;  // of page m_plainPage
    int m_plainPage = 0;
    int m_lost = 0;
};

}  // namespace

void readOutline(PDFDoc& document, Extract& extract) {
    OutlineReader(document, extract).run();
}

}  // namespace tl
