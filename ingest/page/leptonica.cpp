// SPDX-License-Identifier: Apache-2.0
// Leptonica's C interface (allheaders.h, version 1.82), declared here as far as it is used.
#include "ingest/page/leptonica.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <dlfcn.h>
#include <memory>
#include <string>
#include <utility>

#include "ingest/io/file_kinds.h"

namespace tl {
namespace {

constexpr int64_t kMaxPixels = 100'000'000;
constexpr int kScreenDotsPerInch = 150;           // below it, or not said: a screen's
constexpr int kScreenScale = 3;                   // its letters are some 10 pixels high
constexpr int64_t kMaxScaledPixels = 20'000'000;  // photographs are large enough as they are
constexpr int kSilence = 6;                       // L_SEVERITY_NONE
constexpr size_t kMaxPages = 10'000;

struct Pix;

struct Functions {
    int (*setSeverity)(int) = nullptr;
    int (*readHeader)(const uint8_t*,
                      size_t,
                      int* format,
                      int* width,
                      int* height,
                      int* bits,
                      int* samples,
                      int* isMapped) = nullptr;
    Pix* (*read)(const uint8_t*, size_t) = nullptr;
    Pix* (*readPage)(const uint8_t*, size_t, size_t* offset) = nullptr;
    Pix* (*withoutAlpha)(Pix*) = nullptr;
    Pix* (*toGrey)(Pix*, int keepMap) = nullptr;
    Pix* (*scale)(Pix*, float, float) = nullptr;
    int (*samples)(const Pix*) = nullptr;
    int (*dotsPerInch)(const Pix*) = nullptr;
    int (*width)(const Pix*) = nullptr;
    int (*height)(const Pix*) = nullptr;
    int (*wordsPerLine)(const Pix*) = nullptr;
    uint32_t* (*data)(Pix*) = nullptr;
    void (*destroy)(Pix**) = nullptr;
};

Functions lept;  // set once, by loadLeptonica()

template <typename Fn>
bool find(void* library, const char* name, Fn& function) {
    function = reinterpret_cast<Fn>(::dlsym(library, name));
    return function != nullptr;
}

struct PixDeleter {
    void operator()(Pix* pix) const { lept.destroy(&pix); }
};
using PixHandle = std::unique_ptr<Pix, PixDeleter>;

// Before anything is decoded: a few bytes can stand for gigabytes of one colour. A header that
// cannot be read is left to the decoder.
ReadStatus checkSize(std::string_view bytes) {
    int width = 0;
    int height = 0;
    int ignored = 0;
    const int failed = lept.readHeader(reinterpret_cast<const uint8_t*>(bytes.data()),
                                       bytes.size(),
                                       &ignored,
                                       &width,
                                       &height,
                                       &ignored,
                                       &ignored,
                                       &ignored);
    if (failed != 0 || int64_t{width} * height <= kMaxPixels) {
        return readOk();
    }
    return Failure{ErrorCode::kUnsupported,
                   {.code = ReasonCode::kImageTooLarge, .count = width, .limit = height}};
}

// Leptonica keeps rows of 32-bit words with the leftmost pixel in the highest byte.
void copyPixels(Pix* grey, DecodedImage& image) {
    const auto* data = reinterpret_cast<const uint8_t*>(lept.data(grey));
    const auto rowBytes = static_cast<size_t>(lept.wordsPerLine(grey)) * sizeof(uint32_t);
    constexpr size_t kSwap = std::endian::native == std::endian::little ? 3 : 0;
    const auto width = static_cast<size_t>(image.width);
    image.pixels.resize(width * static_cast<size_t>(image.height));
    for (size_t y = 0; y < static_cast<size_t>(image.height); ++y) {
        for (size_t x = 0; x < width; ++x) {
            image.pixels[y * width + x] = data[y * rowBytes + (x ^ kSwap)];
        }
    }
}

// Empty pixels when memory does not suffice for what has to be done.
DecodedImage greyOf(PixHandle pix) {
    DecodedImage image;
    const int dots = lept.dotsPerInch(pix.get());
    if (lept.samples(pix.get()) == 4) {
        pix.reset(lept.withoutAlpha(pix.get()));
    }
    pix.reset(pix ? lept.toGrey(pix.get(), /*keepMap=*/0) : nullptr);
    if (!pix) {
        return image;
    }
    const int64_t pixels = int64_t{lept.width(pix.get())} * lept.height(pix.get());
    if (dots < kScreenDotsPerInch && pixels * kScreenScale * kScreenScale <= kMaxScaledPixels) {
        pix.reset(lept.scale(pix.get(), kScreenScale, kScreenScale));
    }
    if (!pix) {
        return image;
    }
    image.dotsPerInch = std::clamp(dots, 300, 2400);
    image.width = lept.width(pix.get());
    image.height = lept.height(pix.get());
    copyPixels(pix.get(), image);
    return image;
}

PixHandle nextPage(std::string_view bytes, bool isTiff, size_t& offset) {
    const auto* data = reinterpret_cast<const uint8_t*>(bytes.data());
    return PixHandle(isTiff ? lept.readPage(data, bytes.size(), &offset)
                            : lept.read(data, bytes.size()));
}

}  // namespace

bool loadLeptonica(void* library) {
    const bool isWhole =
        find(library, "setMsgSeverity", lept.setSeverity) &&
        find(library, "pixReadHeaderMem", lept.readHeader) &&
        find(library, "pixReadMem", lept.read) &&
        find(library, "pixReadMemFromMultipageTiff", lept.readPage) &&
        find(library, "pixRemoveAlpha", lept.withoutAlpha) &&
        find(library, "pixConvertTo8", lept.toGrey) && find(library, "pixScale", lept.scale) &&
        find(library, "pixGetSpp", lept.samples) && find(library, "pixGetXRes", lept.dotsPerInch) &&
        find(library, "pixGetWidth", lept.width) && find(library, "pixGetHeight", lept.height) &&
        find(library, "pixGetWpl", lept.wordsPerLine) && find(library, "pixGetData", lept.data) &&
        find(library, "pixDestroy", lept.destroy);
    if (isWhole) {
        lept.setSeverity(kSilence);
    }
    return isWhole;
}

Reading<bool> decodeImages(std::string_view bytes,
                           const std::function<ReadStatus(const DecodedImage&)>& take) {
    if (ReadStatus right = checkSize(bytes); !right.ok()) {
        return right.error();
    }
    size_t offset = 0;  // of a TIFF's next page; 0 after the last
    for (size_t page = 0; page < kMaxPages; ++page) {
        PixHandle pix = nextPage(bytes, isTiff(bytes), offset);
        const DecodedImage image = pix ? greyOf(std::move(pix)) : DecodedImage();
        if (image.pixels.empty()) {
            return page > 0 ? Reading<bool>(false)
                            : Failure{ErrorCode::kCorrupt, {ReasonCode::kImageDamaged}};
        }
        if (ReadStatus taken = take(image); !taken.ok()) {
            return taken.error();
        }
        if (offset == 0) {
            return true;
        }
    }
    return false;
}

}  // namespace tl
