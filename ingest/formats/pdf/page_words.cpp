// SPDX-License-Identifier: Apache-2.0
// Poppler's TextPage finds words, lines, columns and their order; this file copies them to plain
// values, and counts on the way what the device was told to draw.
#include "ingest/formats/pdf/page_words.h"

#include <GfxState.h>
#include <OutputDev.h>
#include <PDFDoc.h>
#include <TextOutputDev.h>
#include <algorithm>
#include <cmath>
#include <string>

#include "ingest/formats/pdf/ink_finder.h"
#include "ingest/formats/pdf/poppler_setup.h"
#include "ingest/formats/pdf/visual_order.h"
#include "ingest/page/glyph_text.h"

namespace tl {
namespace {

constexpr double kPointsPerInch = 72;
constexpr char32_t kSoftHyphen = 0xAD;
constexpr Unicode kReplacement = 0xFFFD;
constexpr double kTinyPoints = 3;  // as in Poppler's TextPage

// The words of one Poppler page, in its order.
class WordCopier {
public:
    explicit WordCopier(PdfPage& page) : m_page(page) {}

    void copy(const TextFlow* flows) {
        for (const TextFlow* flow = flows; flow != nullptr; flow = flow->getNext()) {
            for (const TextBlock* block = flow->getBlocks(); block != nullptr;
                 block = block->getNext()) {
                for (const TextLine* line = block->getLines(); line != nullptr;
                     line = line->getNext()) {
                    copyLine(line);
                }
                ++m_block;
            }
        }
    }

private:
    void copyLine(const TextLine* textLine) {
        PageLine line;
        line.wordsBegin = static_cast<uint32_t>(m_page.words.size());
        line.block = m_block;
        m_lineBegin = m_page.words.size();
        m_isRightToLeft = false;
        m_joins = false;
        for (const TextWord* word = textLine->getWords(); word != nullptr; word = word->getNext()) {
            if (word->getLength() == 0) {
                continue;
            }
            if (line.fontSize == 0) {
                line.fontSize = static_cast<float>(word->getFontSize());
                line.baseline = static_cast<float>(word->getBaseline());
                line.turn = static_cast<uint8_t>(word->getRotation() & 3);
            }
            copyWord(word);
        }
        line.wordsEnd = static_cast<uint32_t>(m_page.words.size());
        if (line.wordsBegin == line.wordsEnd) {
            return;
        }
        if (m_isRightToLeft) {
            toReadingOrder(m_page, line);
        }
        line.box = unionOf(line);
        m_page.lines.push_back(line);
    }

    PdfBox unionOf(const PageLine& line) const {
        PdfBox box = m_page.words[line.wordsBegin].box;
        for (uint32_t i = line.wordsBegin + 1; i < line.wordsEnd; ++i) {
            grow(box, m_page.words[i].box);
        }
        return box;
    }

    static void grow(PdfBox& box, const PdfBox& other) {
        box.left = std::min(box.left, other.left);
        box.top = std::min(box.top, other.top);
        box.right = std::max(box.right, other.right);
        box.bottom = std::max(box.bottom, other.bottom);
    }

    // A change of the font splits Poppler's words; such parts without a space are joined again.
    // Ideographs get a box each.
    void copyWord(const TextWord* textWord) {
        double left = 0;
        double top = 0;
        double right = 0;
        double bottom = 0;
        textWord->getBBox(&left, &top, &right, &bottom);
        const int length = textWord->getLength();
        bool hasIdeographs = false;
        const auto begin = static_cast<uint32_t>(m_page.text.size());
        for (int i = 0; i < length; ++i) {
            const char32_t code = *textWord->getChar(i);
            hasIdeographs |= isIdeographic(code);
            m_isRightToLeft |= isRightToLeft(code);
            appendCharacter(textWord, i, length);
        }
        if (m_page.text.size() != begin) {
            if (hasIdeographs && !m_isRightToLeft) {
                m_page.text.resize(begin);
                copyIdeographs(textWord, length);
            } else {
                addWord(begin, sane(left, top, right, bottom));
            }
        }
        finishWord(textWord->hasSpaceAfter());
    }

    void finishWord(bool hasSpaceAfter) {
        m_joins = !hasSpaceAfter && !m_endsIdeograph;
        if (m_page.words.size() > m_lineBegin && hasSpaceAfter) {
            m_page.words.back().hasSpaceAfter = true;
        }
        m_endsIdeograph = false;
    }

    void addWord(uint32_t begin, const PdfBox& box) {
        const auto end = static_cast<uint32_t>(m_page.text.size());
        if (m_joins && m_page.words.size() > m_lineBegin) {
            PageWord& last = m_page.words.back();
            last.end = end;
            grow(last.box, box);
        } else {
            m_page.words.push_back({begin, end, false, box});
        }
        m_joins = true;
    }

    void copyIdeographs(const TextWord* textWord, int length) {
        for (int i = 0; i < length; ++i) {
            const bool stands = isIdeographic(*textWord->getChar(i));
            double left = 0;
            double top = 0;
            double right = 0;
            double bottom = 0;
            textWord->getCharBBox(i, &left, &top, &right, &bottom);
            const auto begin = static_cast<uint32_t>(m_page.text.size());
            appendCharacter(textWord, i, length);
            if (m_page.text.size() == begin) {
                continue;
            }
            m_joins = m_joins && !stands && !m_endsIdeograph;
            addWord(begin, sane(left, top, right, bottom));
            m_endsIdeograph = stands;
        }
    }

    void appendCharacter(const TextWord* word, int index, int length) {
        const char32_t code = *word->getChar(index);
        if (code == kSoftHyphen) {
            // Many producers draw every hyphen as a soft one; those without a width are not drawn.
            const bool isDrawn = std::abs(word->getEdge(index + 1) - word->getEdge(index)) > 0.01;
            if (isDrawn) {
                appendUtf8(index + 1 == length ? kSoftHyphen : U'-', m_page.text);
            }
            return;
        }
        // A run of unknown characters in a word is one gap.
        if (code == kReplacement && index > 0 && *word->getChar(index - 1) == kReplacement) {
            return;
        }
        appendGlyph(code, m_page.text);
    }

    // Coordinates in a broken file may be anything.
    static PdfBox sane(double left, double top, double right, double bottom) {
        const auto coordinate = [](double value) {
            constexpr double kMost = 1e6;
            return static_cast<float>(std::isfinite(value) ? std::clamp(value, -kMost, kMost) : 0);
        };
        return {coordinate(std::min(left, right)),
                coordinate(std::min(top, bottom)),
                coordinate(std::max(left, right)),
                coordinate(std::max(top, bottom))};
    }

    PdfPage& m_page;
    uint32_t m_block = 0;
    size_t m_lineBegin = 0;  // the line's first word
    bool m_joins = false;    // the next letters belong to the last word
    bool m_endsIdeograph = false;
    bool m_isRightToLeft = false;
};

}  // namespace

class PageWordReader::Device : public TextOutputDev {
public:
    Device()
        : TextOutputDev(nullptr,
                        /*physLayoutA=*/false,
                        /*fixedPitchA=*/0,
                        /*rawOrderA=*/false,
                        /*append=*/false) {}

    void setPage(PdfPage& page) { m_page = &page; }

    void startPage(int number, GfxState* state, XRef* xref) override {
        m_page->width = static_cast<float>(state->getPageWidth());
        m_page->height = static_cast<float>(state->getPageHeight());
        TextOutputDev::startPage(number, state, xref);
    }

    // A glyph that no table leads to a character leaves a mark; Poppler would drop it.
    // NOLINTNEXTLINE(readability-function-size): the arguments are Poppler's.
    void drawChar(GfxState* state,
                  double x,
                  double y,
                  double dx,
                  double dy,
                  double originX,
                  double originY,
                  CharCode code,
                  int byteCount,
                  const Unicode* letters,
                  int length) override {
        count(state, dx, dy, letters, length);
        const bool isUnmapped = length == 0 || (length == 1 && letters[0] == 0);
        TextOutputDev::drawChar(state,
                                x,
                                y,
                                dx,
                                dy,
                                originX,
                                originY,
                                code,
                                byteCount,
                                isUnmapped ? &kReplacement : letters,
                                isUnmapped ? 1 : length);
    }

private:
    void count(GfxState* state, double dx, double dy, const Unicode* letters, int length) {
        PageInk& ink = m_page->ink;
        if (length == 1 && (letters[0] == U' ' || letters[0] == 0xA0)) {
            return;
        }
        ++ink.glyphs;
        if (length == 0 || std::any_of(letters, letters + length, isUnknownCharacter)) {
            ++ink.unknownGlyphs;
        }
        double width = 0;
        double height = 0;
        state->transformDelta(dx, dy, &width, &height);
        if (std::abs(width) < kTinyPoints && std::abs(height) < kTinyPoints) {
            ++ink.tinyGlyphs;
        }
    }

    PdfPage* m_page = nullptr;
};

PageWordReader::PageWordReader(PDFDoc& document)
    : m_document(document), m_device(std::make_unique<Device>()) {}

PageWordReader::~PageWordReader() = default;

PdfPage PageWordReader::read(int number) {
    PdfPage page;
    if (m_document.getPage(number) == nullptr) {
        page.isMissing = true;
        return page;
    }
    const auto display = [&](OutputDev& device) {
        m_document.displayPage(&device,
                               number,
                               kPointsPerInch,
                               kPointsPerInch,
                               /*rotate=*/0,
                               /*useMediaBox=*/false,
                               /*crop=*/true,
                               /*printing=*/false);
    };
    const int64_t before = popplerDamageCount();
    m_device->setPage(page);
    display(*m_device);
    WordCopier(page).copy(m_device->getFlows());
    page.ink.damages = popplerDamageCount() - before;
    if (page.words.empty() || page.ink.glyphs < kFewGlyphs) {
        InkFinder finder(page.ink);
        display(finder);
    }
    return page;
}

}  // namespace tl
