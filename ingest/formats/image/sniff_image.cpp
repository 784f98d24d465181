// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/image/sniff_image.h"

#include <algorithm>
#include <array>

#include "ingest/io/file_kinds.h"

namespace tl {
namespace {

using namespace std::string_view_literals;

constexpr std::array<std::string_view, 8> kExtensions{
    "bmp", "gif", "jpeg", "jpg", "png", "tif", "tiff", "webp"};

constexpr std::array<std::string_view, 6> kMagics{
    "\x89PNG\r\n\x1A\n"sv, "\xFF\xD8\xFF"sv, "II*\0"sv, "MM\0*"sv, "GIF87a"sv, "GIF89a"sv};

bool isWebp(std::string_view head) {
    return head.starts_with("RIFF") && head.substr(0, 12).ends_with("WEBP") && head.size() >= 12;
}

// Two letters would be little proof: four bytes that are reserved follow the file's size.
bool isBmp(std::string_view head) {
    return head.starts_with("BM") && head.size() >= 10 && head.substr(6, 4) == "\0\0\0\0"sv;
}

}  // namespace

int sniffImage(std::string_view name, std::string_view head) {
    const bool hasMagic = std::any_of(kMagics.begin(), kMagics.end(), [&](std::string_view magic) {
        return head.starts_with(magic);
    });
    if (hasMagic || isWebp(head) || isBmp(head)) {
        return 100;
    }
    return std::ranges::find(kExtensions, extensionOf(name)) != kExtensions.end() ? 50 : 0;
}

}  // namespace tl
