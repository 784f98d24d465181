// SPDX-License-Identifier: Apache-2.0
#include "ingest/text/binary_check.h"

#include <algorithm>
#include <array>

namespace tl {
namespace {

struct Signature {
    std::string_view bytes;
    std::string_view format;
    size_t offset = 0;
};

// A string literal with its NUL bytes.
template <size_t N>
constexpr std::string_view raw(const char (&bytes)[N]) {
    return {bytes, N - 1};
}

// Only signatures that no text starts with by chance.
constexpr std::array<Signature, 36> kSignatures{{
    {"%PDF-", "PDF document"},
    {"\x7F"
     "ELF",
     "ELF program or library"},
    {"\x89PNG\r\n", "PNG image"},
    {"\xFF\xD8\xFF", "JPEG image"},
    {"GIF87a", "GIF image"},
    {"GIF89a", "GIF image"},
    {raw("II*\0"), "TIFF image"},
    {raw("MM\0*"), "TIFF image"},
    {raw("\0\0\1\0"), "icon"},
    {"PK\3\4", "ZIP archive or office document"},
    {"PK\5\6", "ZIP archive"},
    {"\x1F\x8B\x08", "gzip archive"},
    {"BZh91AY&SY", "bzip2 archive"},
    {raw("\xFD"
         "7zXZ\0"),
     "xz archive"},
    {"\x28\xB5\x2F\xFD", "zstd archive"},
    {"\x04\x22\x4D\x18", "lz4 archive"},
    {"7z\xBC\xAF\x27\x1C", "7-Zip archive"},
    {"Rar!\x1A\x07", "RAR archive"},
    {"!<arch>\n", "library archive"},
    {"ustar", "tar archive", 257},
    {raw("SQLite format 3\0"), "SQLite database"},
    {raw("GGUF\3\0\0\0"), "GGUF model"},
    {raw("GGUF\2\0\0\0"), "GGUF model"},
    {"\xCA\xFE\xBA\xBE", "Java class or Mach-O program"},
    {"\xCF\xFA\xED\xFE", "Mach-O program"},
    {"\xCE\xFA\xED\xFE", "Mach-O program"},
    {raw("\0asm"), "WebAssembly program"},
    {raw("OggS\0"), "Ogg media"},
    {raw("fLaC\0"), "FLAC audio"},
    {"ID3\2", "MP3 audio"},
    {"ID3\3", "MP3 audio"},
    {"ID3\4", "MP3 audio"},
    {raw("wOFF\0"), "font"},
    {raw("wOF2\0"), "font"},
    {raw("OTTO\0"), "font"},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "old office document"},
}};

bool isOddControl(char c) {
    const auto byte = static_cast<unsigned char>(c);
    const bool isUsual = (byte >= '\b' && byte <= '\r') || byte == 0x1B;
    return byte != 0 && (byte == 0x7F || (byte < 0x20 && !isUsual));
}

}  // namespace

std::string_view formatBySignature(std::string_view bytes) {
    for (const Signature& signature : kSignatures) {
        if (bytes.size() >= signature.offset &&
            bytes.substr(signature.offset).starts_with(signature.bytes)) {
            return signature.format;
        }
    }
    return {};
}

bool hasManyControls(std::string_view bytes) {
    constexpr size_t kSample = size_t{1} << 16;
    const std::string_view sample = bytes.substr(0, kSample);
    const auto count = std::count_if(sample.begin(), sample.end(), isOddControl);
    return count * 50 > static_cast<std::ptrdiff_t>(sample.size());
}

}  // namespace tl
