// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "ingest/page/tesseract.h"
#include "ingest/reason.h"

namespace tl {

// A decoded picture, made larger where its letters are likely to be small.
struct DecodedImage {
    std::vector<uint8_t> pixels;  // eight bits each, 0 is black, row after row
    int width = 0;
    int height = 0;
    int dotsPerInch = 300;

    GreyImage view() const { return {pixels.data(), width, height, width, dotsPerInch}; }
};

// Takes Leptonica's functions from the library that was opened for Tesseract, which needs it.
bool loadLeptonica(void* library);

// Calls `take` with the pictures in a file of any format that sniffImage() knows: one, or a TIFF's
// pages in turn. True when all were decoded, false when something is broken after the last.
// kCorrupt when there is none; kUnsupported for more than 100 million pixels; errors of `take`.
// REQUIRES: hasTesseract()
Reading<bool> decodeImages(std::string_view bytes,
                           const std::function<ReadStatus(const DecodedImage&)>& take);

}  // namespace tl
