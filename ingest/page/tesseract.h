// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "ingest/reason.h"

namespace tl {

// Where its language files may be, to be readable in the sandbox; the first one that has any is
// used.
inline constexpr std::array<const char*, 3> kTesseractFolders = {
    "/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tessdata", "/usr/local/share/tessdata"};

// A word that was recognised, with its box in pixels of the image.
struct OcrWord {
    std::string text;  // valid UTF-8 without white space
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;
    float sureness = 0;  // percent
    bool endsLine = false;
    bool endsParagraph = false;
};

// Eight bits a pixel, 0 is black.
struct GreyImage {
    const uint8_t* pixels = nullptr;
    int width = 0;
    int height = 0;
    int bytesPerRow = 0;
    int dotsPerInch = 300;
};

// Loads libtesseract where it is installed, so that it is there once files are out of reach. Gives
// the line for the user: "OCR: Tesseract 5.3.0 (eng)", "OCR: Tesseract is not installed".
std::string prepareTesseract();
bool hasTesseract();

// The image's words in reading order. kUnsupported where Tesseract is not installed or its language
// files cannot be read. One call at a time.
Reading<std::vector<OcrWord>> recognise(const GreyImage& image);

}  // namespace tl
