// SPDX-License-Identifier: Apache-2.0
#include "engine/text/byte_alphabet.h"

#include <array>

#include "base/utf8.h"

namespace tl {
namespace {

constexpr char32_t kFirstStandIn = 0x100;
constexpr size_t kStandIns = 68;

constexpr bool standsForItself(unsigned byte) {
    return (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
}

// The bytes that have stand-ins, in order.
constexpr std::array<unsigned char, kStandIns> kStoodFor = [] {
    std::array<unsigned char, kStandIns> bytes{};
    size_t count = 0;
    for (unsigned byte = 0; byte < 256; ++byte) {
        if (!standsForItself(byte)) {
            bytes[count++] = static_cast<unsigned char>(byte);
        }
    }
    return bytes;
}();
static_assert(kStoodFor[32] == ' ' && kStoodFor.back() == 0xAD);

}  // namespace

std::string spellByte(unsigned char byte) {
    char32_t code = byte;
    if (!standsForItself(byte)) {
        code = kFirstStandIn;
        while (kStoodFor[code - kFirstStandIn] != byte) {
            ++code;
        }
    }
    if (code < 0x80) {
        return {static_cast<char>(code)};
    }
    return {static_cast<char>(0xC0 | (code >> 6)), static_cast<char>(0x80 | (code & 0x3F))};
}

std::optional<std::string> spelledBytes(std::string_view text) {
    std::string bytes;
    while (!text.empty()) {
        const Utf8Char c = decodeUtf8(text);
        if (c.code < kFirstStandIn && standsForItself(c.code)) {
            bytes += static_cast<char>(c.code);
        } else if (c.code >= kFirstStandIn && c.code < kFirstStandIn + kStandIns) {
            bytes += static_cast<char>(kStoodFor[c.code - kFirstStandIn]);
        } else {
            return std::nullopt;
        }
        text.remove_prefix(c.length);
    }
    return bytes;
}

}  // namespace tl
