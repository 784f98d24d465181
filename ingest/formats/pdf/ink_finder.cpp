// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/pdf/ink_finder.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tl {
namespace {

bool isLetterShaped(GfxState* state) {
    const GfxPath* path = state->getPath();
    return path != nullptr && path->getNumSubpaths() > 0 &&
           (path->getNumSubpaths() > 1 || path->getSubpath(0)->getNumPoints() > 5);
}

struct Range {
    size_t begin = 0;
    size_t end = 0;
};

// The cells whose middle lies between two coordinates of a page that is `length` long. Those of a
// broken file may be anything.
Range cellsBetween(double low, double high, double length, size_t cells) {
    if (!std::isfinite(low) || !std::isfinite(high) || length <= 0) {
        return {};
    }
    const auto most = static_cast<double>(cells);
    const auto cellAt = [&](double value) {
        return static_cast<size_t>(std::clamp(std::ceil(value / length * most - 0.5), 0.0, most));
    };
    return {cellAt(low), cellAt(high)};
}

}  // namespace

void PictureCover::add(GfxState* state) {
    // A picture is drawn into the unit square.
    std::array<double, 4> xs{};
    std::array<double, 4> ys{};
    for (size_t corner = 0; corner < xs.size(); ++corner) {
        const double right = corner % 2 == 0 ? 0 : 1;
        const double up = corner < 2 ? 0 : 1;
        state->transform(right, up, &xs[corner], &ys[corner]);
    }
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;
    state->getClipBBox(&left, &top, &right, &bottom);
    const Range columns = cellsBetween(std::max(left, std::ranges::min(xs)),
                                       std::min(right, std::ranges::max(xs)),
                                       state->getPageWidth(),
                                       kSide);
    const Range rows = cellsBetween(std::max(top, std::ranges::min(ys)),
                                    std::min(bottom, std::ranges::max(ys)),
                                    state->getPageHeight(),
                                    kSide);
    for (size_t row = rows.begin; row < rows.end; ++row) {
        for (size_t column = columns.begin; column < columns.end; ++column) {
            m_cells.set(row * kSide + column);
        }
    }
}

int PictureCover::percent() const {
    return static_cast<int>(100 * m_cells.count() / m_cells.size());
}

void InkFinder::fill(GfxState* state) {
    m_ink.hasDrawing |= isLetterShaped(state);
}

void InkFinder::eoFill(GfxState* state) {
    m_ink.hasDrawing |= isLetterShaped(state);
}

void InkFinder::takeImage(GfxState* state) {
    m_ink.hasImage = true;
    m_cover.add(state);
    m_ink.picturePercent = m_cover.percent();
}

// NOLINTBEGIN(readability-function-size): the arguments are Poppler's.
void InkFinder::drawImageMask(GfxState* state,
                              Object* ref,
                              Stream* stream,
                              int width,
                              int height,
                              bool invert,
                              bool interpolate,
                              bool isInline) {
    takeImage(state);
    if (isInline) {  // its bytes lie in the page's content and have to be passed over
        OutputDev::drawImageMask(state, ref, stream, width, height, invert, interpolate, isInline);
    }
}

void InkFinder::drawImage(GfxState* state,
                          Object* ref,
                          Stream* stream,
                          int width,
                          int height,
                          GfxImageColorMap* colours,
                          bool interpolate,
                          const int* maskColours,
                          bool isInline) {
    takeImage(state);
    if (isInline) {
        OutputDev::drawImage(
            state, ref, stream, width, height, colours, interpolate, maskColours, isInline);
    }
}

void InkFinder::drawMaskedImage(GfxState* state,
                                Object* /*ref*/,
                                Stream* /*stream*/,
                                int /*width*/,
                                int /*height*/,
                                GfxImageColorMap* /*colours*/,
                                bool /*interpolate*/,
                                Stream* /*maskStream*/,
                                int /*maskWidth*/,
                                int /*maskHeight*/,
                                bool /*maskInvert*/,
                                bool /*maskInterpolate*/) {
    takeImage(state);
}

void InkFinder::drawSoftMaskedImage(GfxState* state,
                                    Object* /*ref*/,
                                    Stream* /*stream*/,
                                    int /*width*/,
                                    int /*height*/,
                                    GfxImageColorMap* /*colours*/,
                                    bool /*interpolate*/,
                                    Stream* /*maskStream*/,
                                    int /*maskWidth*/,
                                    int /*maskHeight*/,
                                    GfxImageColorMap* /*maskColours*/,
                                    bool /*maskInterpolate*/) {
    takeImage(state);
}
// NOLINTEND(readability-function-size)

}  // namespace tl
