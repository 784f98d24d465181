// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/pdf/ocr_page.h"

#include <PDFDoc.h>
#include <SplashOutputDev.h>
#include <algorithm>
#include <cmath>
#include <splash/SplashBitmap.h>
#include <vector>

#include "ingest/page/ocr_words.h"
#include "ingest/page/page_report.h"
#include "ingest/page/tesseract.h"

namespace tl {
namespace {

constexpr double kPointsPerInch = 72;
constexpr double kDotsPerInch = 300;     // what Tesseract was trained for
constexpr double kMinDotsPerInch = 100;  // letters of 10 points are 14 pixels high
constexpr double kMaxPixels = 40'000'000;

// 0 when the page is larger than can be read.
double resolutionFor(const PdfPage& page) {
    const double squareInches = (page.width / kPointsPerInch) * (page.height / kPointsPerInch);
    if (squareInches <= 0) {
        return 0;
    }
    const double dots = std::min(kDotsPerInch, std::sqrt(kMaxPixels / squareInches));
    return dots < kMinDotsPerInch ? 0 : dots;
}

std::vector<OcrWord> wordsOfPicture(PDFDoc& document, int number, double dotsPerInch) {
    SplashColor white = {0xFF, 0xFF, 0xFF, 0xFF};
    SplashOutputDev device(splashModeMono8, /*rowPad=*/4, /*reverseVideo=*/false, white);
    device.startDoc(&document);
    document.displayPage(&device,
                         number,
                         dotsPerInch,
                         dotsPerInch,
                         /*rotate=*/0,
                         /*useMediaBox=*/false,
                         /*crop=*/true,
                         /*printing=*/false);
    SplashBitmap* bitmap = device.getBitmap();
    if (bitmap == nullptr || bitmap->getDataPtr() == nullptr) {
        return {};
    }
    GreyImage image;
    image.pixels = bitmap->getDataPtr();
    image.width = bitmap->getWidth();
    image.height = bitmap->getHeight();
    image.bytesPerRow = bitmap->getRowSize();
    image.dotsPerInch = static_cast<int>(dotsPerInch);
    Reading<std::vector<OcrWord>> words = recognise(image);
    return words.ok() ? std::move(words).value() : std::vector<OcrWord>();
}

}  // namespace

void readPageByOcr(PDFDoc& document, int number, PdfPage& page) {
    const OcrUse use = ocrUseOf(page);
    const double dotsPerInch = use == OcrUse::kNone ? 0 : resolutionFor(page);
    if (dotsPerInch == 0) {
        return;
    }
    const std::vector<OcrWord> words = wordsOfPicture(document, number, dotsPerInch);
    if (use == OcrUse::kBesides) {
        addOcrWords(words, kPointsPerInch / dotsPerInch, page);
    } else if (!words.empty()) {
        placeOcrWords(words, kPointsPerInch / dotsPerInch, page);
    }
}

}  // namespace tl
