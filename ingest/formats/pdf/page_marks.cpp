// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/pdf/page_marks.h"

#include <Annot.h>
#include <Catalog.h>
#include <FileSpec.h>
#include <Link.h>
#include <PDFDoc.h>
#include <Page.h>
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "ingest/formats/pdf/attached_files.h"
#include "ingest/formats/pdf/link_target.h"
#include "ingest/formats/pdf/pdf_strings.h"

namespace tl {
namespace {

constexpr size_t kMaxLinks = 20'000;
constexpr size_t kMaxTargetBytes = 2048;  // longer ones carry data, not an address

struct ShownBox {
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;

    bool holdsMiddleOf(const WordBox& word) const {
        const double x = (static_cast<double>(word.left) + static_cast<double>(word.right)) / 2;
        const double y = (static_cast<double>(word.top) + static_cast<double>(word.bottom)) / 2;
        return left <= x && x <= right && top <= y && y <= bottom;
    }
};

// From the page's own space to shares of its crop box as it is shown.
class ShownPage {
public:
    explicit ShownPage(const Page& page) : m_box(*page.getCropBox()), m_turn(page.getRotate()) {}

    ShownBox boxOf(const PDFRectangle& rect) const {
        const auto [x1, y1] = shown(rect.x1, rect.y1);
        const auto [x2, y2] = shown(rect.x2, rect.y2);
        return {std::min(x1, x2), std::min(y1, y2), std::max(x1, x2), std::max(y1, y2)};
    }

private:
    std::pair<double, double> shown(double x, double y) const {
        const double right = (x - m_box.x1) / (m_box.x2 - m_box.x1);
        const double up = (y - m_box.y1) / (m_box.y2 - m_box.y1);
        switch (m_turn) {
            case 90:
                return {up, right};
            case 180:
                return {1 - right, up};
            case 270:
                return {1 - up, 1 - right};
            default:
                return {right, 1 - up};
        }
    }

    const PDFRectangle m_box;
    const int m_turn;
};

bool isNote(const Annot& annot) {
    switch (annot.getType()) {
        case Annot::typeText:
        case Annot::typeHighlight:
        case Annot::typeUnderline:
        case Annot::typeSquiggly:
        case Annot::typeStrikeOut:
        case Annot::typeCaret:
            return annot.getContents() != nullptr && annot.getContents()->getLength() > 0;
        default:
            return false;
    }
}

class MarkReader {
public:
    MarkReader(PDFDoc& document, const ReadRequest& request, Extract& extract)
        : m_document(document), m_extract(extract), m_files(request, extract) {}

    void run() {
        for (size_t i = 0; i < m_extract.units.size(); ++i) {
            if (Page* page = m_document.getPage(static_cast<int>(i) + 1)) {
                readPage(*page, m_extract.units[i]);
            }
        }
        std::stable_sort(m_extract.links.begin(),
                         m_extract.links.end(),
                         [](const Link& a, const Link& b) { return a.begin < b.begin; });
        Catalog* catalog = m_document.getCatalog();
        for (int i = 0; i < catalog->numEmbeddedFiles(); ++i) {
            m_files.take(*catalog->embeddedFile(i));
        }
        m_files.finish();
        tell();
    }

private:
    void readPage(Page& page, const Unit& unit) {
        const auto& words = m_extract.words;
        while (m_firstWord < words.size() && int64_t{words[m_firstWord].begin} < unit.begin) {
            ++m_firstWord;
        }
        m_endWord = m_firstWord;
        while (m_endWord < words.size() && int64_t{words[m_endWord].begin} < unit.end) {
            ++m_endWord;
        }
        const ShownPage shown(page);
        for (Annot* annot : page.getAnnots()->getAnnots()) {
            if (annot->getType() == Annot::typeLink) {
                readLink(static_cast<const AnnotLink&>(*annot), shown);
            } else if (annot->getType() == Annot::typeFileAttachment) {
                FileSpec file(static_cast<AnnotFileAttachment&>(*annot).getFile());
                m_files.take(file);
            } else if (isNote(*annot)) {
                ++m_notes;
            }
        }
    }

    void readLink(const AnnotLink& link, const ShownPage& shown) {
        const std::string target = targetTextOf(link.getAction());
        if (target.empty() || target.size() > kMaxTargetBytes) {
            return;
        }
        // A link over several lines may say where its pieces lie.
        AnnotQuadrilaterals* pieces = link.getQuadrilaterals();
        const int count = pieces == nullptr ? 0 : pieces->getQuadrilateralsLength();
        for (int i = 0; i < count; ++i) {
            const auto [left, right] = std::minmax(
                {pieces->getX1(i), pieces->getX2(i), pieces->getX3(i), pieces->getX4(i)});
            const auto [low, high] = std::minmax(
                {pieces->getY1(i), pieces->getY2(i), pieces->getY3(i), pieces->getY4(i)});
            addLinks(shown.boxOf({left, low, right, high}), target);
        }
        if (count == 0) {
            addLinks(shown.boxOf(link.getRect()), target);
        }
    }

    std::string targetTextOf(const LinkAction* action) {
        if (action != nullptr && action->getKind() == actionURI) {
            return fromPdfString(static_cast<const LinkURI*>(action)->getURI());
        }
        const PdfTarget target = targetOf(m_document, action);
        const bool isPage = target.page > 0 && target.page <= std::ssize(m_extract.units);
        return isPage ? "#page=" + std::to_string(target.page) : std::string();
    }

    // One for each run of words that lie under the box.
    void addLinks(const ShownBox& box, const std::string& target) {
        bool isRun = false;
        for (size_t i = m_firstWord; i < m_endWord; ++i) {
            const WordBox& word = m_extract.words[i];
            if (!box.holdsMiddleOf(word)) {
                isRun = false;
                continue;
            }
            if (!isRun && m_extract.links.size() == kMaxLinks) {
                m_isCut = true;
                return;
            }
            if (!isRun) {
                m_extract.links.push_back({word.begin, word.end, target});
            }
            m_extract.links.back().end = word.end;
            isRun = true;
        }
    }

    void tell() {
        if (m_isCut) {
            m_extract.warnings.push_back({.code = ReasonCode::kLinksCut, .limit = kMaxLinks});
        }
        if (m_notes > 0) {
            m_extract.warnings.push_back({.code = ReasonCode::kNotesNotRead, .count = m_notes});
        }
    }

    PDFDoc& m_document;
    Extract& m_extract;
    AttachedFiles m_files;
    size_t m_firstWord = 0;  // of the page
    size_t m_endWord = 0;
    int64_t m_notes = 0;
    bool m_isCut = false;
};

}  // namespace

void readMarks(PDFDoc& document, const ReadRequest& request, Extract& extract) {
    MarkReader(document, request, extract).run();
}

}  // namespace tl
