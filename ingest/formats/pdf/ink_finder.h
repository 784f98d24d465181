// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <GfxState.h>
#include <OutputDev.h>
#include <bitset>
#include <cstddef>

#include "ingest/page/pdf_page.h"

namespace tl {

// How much of a page pictures cover, on a grid: the strips of a scan add up, layers do not.
class PictureCover {
public:
    // A picture where `state` says, within its clip.
    void add(GfxState* state);
    int percent() const;

private:
    static constexpr size_t kSide = 32;
    std::bitset<kSide * kSide> m_cells;
};

// What a page with little or no text shows besides: pictures or drawings. Nothing is decoded.
class InkFinder : public OutputDev {
public:
    explicit InkFinder(PageInk& ink) : m_ink(ink) {}

    bool upsideDown() override { return true; }
    bool useDrawChar() override { return true; }
    bool interpretType3Chars() override { return false; }

    void stroke(GfxState* /*state*/) override { m_ink.hasDrawing = true; }
    // A white page-wide background is a drawing too, but nobody would miss its text.
    void fill(GfxState* state) override;
    void eoFill(GfxState* state) override;

    void drawImageMask(GfxState* state,
                       Object* ref,
                       Stream* stream,
                       int width,
                       int height,
                       bool invert,
                       bool interpolate,
                       bool isInline) override;
    void drawImage(GfxState* state,
                   Object* ref,
                   Stream* stream,
                   int width,
                   int height,
                   GfxImageColorMap* colours,
                   bool interpolate,
                   const int* maskColours,
                   bool isInline) override;
    void drawMaskedImage(GfxState* state,
                         Object* ref,
                         Stream* stream,
                         int width,
                         int height,
                         GfxImageColorMap* colours,
                         bool interpolate,
                         Stream* maskStream,
                         int maskWidth,
                         int maskHeight,
                         bool maskInvert,
                         bool maskInterpolate) override;
    void drawSoftMaskedImage(GfxState* state,
                             Object* ref,
                             Stream* stream,
                             int width,
                             int height,
                             GfxImageColorMap* colours,
                             bool interpolate,
                             Stream* maskStream,
                             int maskWidth,
                             int maskHeight,
                             GfxImageColorMap* maskColours,
                             bool maskInterpolate) override;

private:
    void takeImage(GfxState* state);

    PageInk& m_ink;
    PictureCover m_cover;
};

}  // namespace tl
