// SPDX-License-Identifier: Apache-2.0
// Poppler's TextPage finds words, lines, columns and their order; word_copier takes them from it,
// and this file counts on the way what the device was told to draw.
#include "ingest/formats/pdf/page_words.h"

#include <GfxState.h>
#include <OutputDev.h>
#include <PDFDoc.h>
#include <Page.h>
#include <TextOutputDev.h>
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "ingest/formats/pdf/form_fields.h"
#include "ingest/formats/pdf/ink_finder.h"
#include "ingest/formats/pdf/pdf_strings.h"
#include "ingest/formats/pdf/poppler_setup.h"
#include "ingest/formats/pdf/slanted_text.h"
#include "ingest/formats/pdf/word_copier.h"
#include "ingest/page/glyph_text.h"

namespace tl {
namespace {

constexpr double kPointsPerInch = 72;
constexpr Unicode kReplacement = 0xFFFD;
constexpr double kLevel = 0.5;  // points between characters of one baseline
// Shares of a field that its letters take, of their size.
constexpr double kFieldShare = 0.8;
constexpr double kLeastFieldSize = 6;  // points
constexpr double kMostFieldSize = 12;
constexpr double kFieldLetter = 0.6;
constexpr double kHalfCapital = 0.35;
constexpr double kLeastSlant = 0.1;  // rise by run; Poppler too calls less straight
constexpr double kTinyPoints = 3;    // as in Poppler's TextPage

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

    void setFields(std::vector<FieldText> fields, const Page& page) {
        m_fields = std::move(fields);
        m_fieldPage = &page;
    }

    static bool isDrawn(Annot* annot, void* device) {
        const std::vector<FieldText>& fields = static_cast<const Device*>(device)->m_fields;
        return std::none_of(fields.begin(), fields.end(), [annot](const FieldText& field) {
            return field.annot == annot;
        });
    }

    void endPage() override {
        if (!m_fields.empty()) {
            putFields();
        }
        TextOutputDev::endPage();
    }

    // Text that a producer gives for glyphs is in reading order, the glyphs are as they are seen.
    void beginActualText(GfxState* state, const GooString* letters) override {
        const GooString seen(asSeen(letters->toStr()));
        TextOutputDev::beginActualText(state, &seen);
    }

    // A glyph that no table leads to a character leaves a mark; Poppler would drop it. The letters
    // of a right-to-left ligature are put as all others of their script, as they are seen.
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
        if (isSlanted(*state)) {
            addSlanted(*state, x, y, dx, dy, letters, length);
            return;
        }
        partFromOtherBaseline(*state, x, y);
        if (length > 1 && std::any_of(letters, letters + length, isRightToLeft)) {
            m_letters.assign(letters, letters + length);
            std::reverse(m_letters.begin(), m_letters.end());
            letters = m_letters.data();
        }
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

    SlantedText& slanted() { return m_slanted; }

private:
    static bool isSlanted(const GfxState& state) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        state.getFontTransMat(&a, &b, &c, &d);
        return std::min(std::abs(a), std::abs(b)) >
               kLeastSlant * std::max(std::abs(a), std::abs(b));
    }

    // NOLINTNEXTLINE(readability-function-size): the arguments are those of drawChar().
    void addSlanted(const GfxState& state,
                    double x,
                    double y,
                    double dx,
                    double dy,
                    const Unicode* letters,
                    int length) {
        SlantedText::Glyph glyph;
        glyph.letters.assign(letters, letters + length);
        state.transform(x, y, &glyph.x, &glyph.y);
        state.transformDelta(dx, dy, &glyph.dx, &glyph.dy);
        glyph.size = state.getTransformedFontSize();
        m_slanted.add(glyph);
    }

    // What fields say becomes letters in their place, upright on the page as it is shown, so that
    // Poppler finds their line, their column and what stands beside them.
    void putFields() {
        const int turn = m_fieldPage->getRotate();
        GfxState state(
            kPointsPerInch, kPointsPerInch, m_fieldPage->getCropBox(), turn, upsideDown());
        const double x = turn == 0 ? 1 : turn == 180 ? -1 : 0;  // the direction of letters
        const double y = turn == 90 ? 1 : turn == 270 ? -1 : 0;
        state.setTextMat(x, y, -y, x, 0, 0);
        for (const FieldText& field : m_fields) {
            putField(field, x, y, state);
        }
    }

    void putField(const FieldText& field, double x, double y, GfxState& state) {
        const double wide = field.right - field.left;
        const double high = field.top - field.bottom;
        const double length = std::abs(x) * wide + std::abs(y) * high;
        const double height = std::abs(x) * high + std::abs(y) * wide;
        const double size = std::clamp(kFieldShare * height, kLeastFieldSize, kMostFieldSize);
        const auto count = static_cast<double>(field.letters.size());
        const double step = std::min(size * kFieldLetter, kFieldShare * length / count);
        const double start = (field.letters.size() == 1 ? -step : -kFieldShare * length) / 2;
        state.setFont(nullptr, size);
        updateFont(&state);
        const double middleX = (field.left + field.right) / 2 + kHalfCapital * size * y;
        const double middleY = (field.bottom + field.top) / 2 - kHalfCapital * size * x;
        for (size_t i = 0; i < field.letters.size(); ++i) {
            const double at = start + step * static_cast<double>(i);
            const Unicode letter = field.letters[i];
            TextOutputDev::drawChar(&state,
                                    middleX + at * x,
                                    middleY + at * y,
                                    step * x,
                                    step * y,
                                    /*originX=*/0,
                                    /*originY=*/0,
                                    /*code=*/0,
                                    /*byteCount=*/1,
                                    &letter,
                                    1);
        }
        incCharCount(1);
    }

    // Poppler joins words of one font that touch, a raised number in letters of full size with its
    // word too. It does not where characters of the page lie between them.
    void partFromOtherBaseline(const GfxState& state, double x, double y) {
        double column = 0;
        double row = 0;
        state.transform(x, y, &column, &row);
        if (std::abs(row - m_row) > kLevel && std::abs(column - m_column) > kLevel) {
            incCharCount(1);
        }
        m_column = column;
        m_row = row;
    }

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
    double m_column = 0;  // where the last character stood
    double m_row = 0;
    std::vector<Unicode> m_letters;   // of a ligature
    SlantedText m_slanted;            // of the page
    std::vector<FieldText> m_fields;  // of the page
    const Page* m_fieldPage = nullptr;
};

PageWordReader::PageWordReader(PDFDoc& document)
    : m_document(document), m_device(std::make_unique<Device>()) {}

PageWordReader::~PageWordReader() = default;

PdfPage PageWordReader::read(int number) {
    PdfPage page;
    Page* source = m_document.getPage(number);
    if (source == nullptr) {
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
                               /*printing=*/false,
                               /*abortCheckCbk=*/nullptr,
                               /*abortCheckCbkData=*/nullptr,
                               Device::isDrawn,
                               m_device.get());
    };
    const int64_t before = popplerDamageCount();
    m_device->setPage(page);
    m_device->setFields(fieldTextsOf(*source), *source);
    display(*m_device);
    copyWords(m_device->getFlows(), page);
    m_device->slanted().moveTo(page);
    page.ink.damages = popplerDamageCount() - before;
    if (page.words.empty() || page.ink.glyphs < kFewGlyphs) {
        InkFinder finder(page.ink);
        display(finder);
    }
    return page;
}

}  // namespace tl
