// SPDX-License-Identifier: Apache-2.0
// Any bytes as a picture, up to where Tesseract takes it. Leptonica and its decoders, which are the
// system's own libraries, are not instrumented; without Tesseract they are not there.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "ingest/page/leptonica.h"
#include "tests/fuzz/format_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
    static const std::string engine = tl::prepareTesseract();
    if (!tl::hasTesseract()) {
        return 0;
    }
    const auto take = [](const tl::DecodedImage& image) {
        const auto pixels = static_cast<size_t>(image.width) * static_cast<size_t>(image.height);
        tl::requireSound(image.pixels.size() == pixels && pixels > 0);
        tl::requireSound(image.dotsPerInch >= 300 && image.dotsPerInch <= 2400);
        return tl::readOk();
    };
    const auto decoded = tl::decodeImages({reinterpret_cast<const char*>(bytes), size}, take);
    tl::requireSound(decoded.ok() || !decoded.error().reason.isNone());
    return 0;
}
