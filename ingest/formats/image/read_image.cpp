// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/image/read_image.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "ingest/page/document_text.h"
#include "ingest/page/leptonica.h"
#include "ingest/page/ocr_words.h"
#include "ingest/page/page_report.h"
#include "ingest/page/tesseract.h"

namespace tl {
namespace {

struct ImagePages {
    std::vector<PdfPage> pages;
    int mostSure = 0;  // of those that were not sure enough
    bool hasText = false;
};

ReadStatus readPage(const DecodedImage& image, ImagePages& read) {
    PdfPage page;
    page.width = static_cast<float>(image.width);
    page.height = static_cast<float>(image.height);
    page.ink.hasImage = true;
    const Reading<std::vector<OcrWord>> words = recognise(image.view());
    if (!words.ok()) {
        return words.error();
    }
    if (!words.value().empty()) {
        PdfPage filled = page;
        placeOcrWords(words.value(), /*pointsPerPixel=*/1, filled);
        if (filled.ocrSureness >= kLeastSure) {
            page = std::move(filled);
            read.hasText = true;
        } else {
            read.mostSure = std::max(read.mostSure, filled.ocrSureness);
        }
    }
    read.pages.push_back(std::move(page));
    return readOk();
}

Reason noText(const ImagePages& read) {
    return read.mostSure == 0 ? Reason{ReasonCode::kImageNoText}
                              : Reason{.code = ReasonCode::kImageUnsure, .count = read.mostSure};
}

}  // namespace

Reading<Extract> readImage(const ReadRequest& request) {
    if (!request.ocr) {
        return Failure{ErrorCode::kUnsupported, {ReasonCode::kImageOcrOff}};
    }
    if (!hasTesseract()) {
        return Failure{ErrorCode::kUnsupported, {ReasonCode::kImageNoTesseract}};
    }
    ImagePages read;
    const Reading<bool> isWhole = decodeImages(
        request.bytes, [&](const DecodedImage& image) { return readPage(image, read); });
    if (!isWhole.ok()) {
        return isWhole.error();
    }
    if (!read.hasText) {
        return Failure{ErrorCode::kUnsupported, noText(read)};
    }
    Extract extract;
    extract.kind = DocumentKind::kImage;
    writeDocumentText(read.pages, extract);
    reportPages(read.pages, ReasonCode::kOcrFoundNothing, extract);
    if (!isWhole.value()) {
        extract.warnings.push_back(
            {.code = ReasonCode::kImageCut, .count = std::ssize(read.pages)});
    }
    return extract;
}

}  // namespace tl
