// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"

#include <cassert>
#include <cstring>

namespace tl {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr std::string_view kReplacementBytes = "\xEF\xBF\xBD";

// What a lead byte promises (The Unicode Standard, table 3-7). The range of the second byte keeps
// out over-long forms, surrogates and codes above U+10FFFF; later bytes are 80..BF.
struct Lead {
    uint32_t length;  // 0: no lead byte
    uint8_t secondLow;
    uint8_t secondHigh;
};

Lead leadOf(uint8_t byte) {
    if (byte < 0xC2) {
        return {0, 0, 0};
    }
    if (byte < 0xE0) {
        return {2, 0x80, 0xBF};
    }
    if (byte < 0xF0) {
        const uint8_t low = byte == 0xE0 ? 0xA0 : 0x80;
        const uint8_t high = byte == 0xED ? 0x9F : 0xBF;
        return {3, low, high};
    }
    if (byte < 0xF5) {
        const uint8_t low = byte == 0xF0 ? 0x90 : 0x80;
        const uint8_t high = byte == 0xF4 ? 0x8F : 0xBF;
        return {4, low, high};
    }
    return {0, 0, 0};
}

// Bytes of pure ASCII at the start of `text`, in steps of eight.
size_t asciiPrefix(std::string_view text) {
    size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        uint64_t chunk = 0;
        std::memcpy(&chunk, text.data() + i, sizeof(chunk));
        if ((chunk & 0x8080808080808080U) != 0) {
            break;
        }
    }
    return i;
}

}  // namespace

Utf8Char decodeUtf8(std::string_view text) {
    assert(!text.empty());
    const uint8_t first = static_cast<uint8_t>(text[0]);
    if (first < 0x80) {
        return {first, 1, Utf8Status::kValid};
    }
    const Lead lead = leadOf(first);
    if (lead.length == 0) {
        return {kReplacement, 1, Utf8Status::kInvalid};
    }
    char32_t code = first & (0x7FU >> lead.length);
    for (uint32_t i = 1; i < lead.length; ++i) {
        if (i >= text.size()) {
            return {kReplacement, i, Utf8Status::kIncomplete};
        }
        const uint8_t next = static_cast<uint8_t>(text[i]);
        const uint8_t low = i == 1 ? lead.secondLow : 0x80;
        const uint8_t high = i == 1 ? lead.secondHigh : 0xBF;
        if (next < low || next > high) {
            return {kReplacement, i, Utf8Status::kInvalid};
        }
        code = (code << 6) | (next & 0x3FU);
    }
    return {code, lead.length, Utf8Status::kValid};
}

bool isValidUtf8(std::string_view text) {
    while (!text.empty()) {
        text.remove_prefix(asciiPrefix(text));
        if (text.empty()) {
            return true;
        }
        const Utf8Char c = decodeUtf8(text);
        if (c.status != Utf8Status::kValid) {
            return false;
        }
        text.remove_prefix(c.length);
    }
    return true;
}

void Utf8Assembler::push(std::string_view piece, std::string& out) {
    m_pending += piece;
    std::string_view rest = m_pending;
    while (!rest.empty()) {
        const Utf8Char c = decodeUtf8(rest);
        if (c.status == Utf8Status::kIncomplete) {
            break;
        }
        out += c.status == Utf8Status::kValid ? rest.substr(0, c.length) : kReplacementBytes;
        rest.remove_prefix(c.length);
    }
    m_pending.erase(0, m_pending.size() - rest.size());
}

void Utf8Assembler::finish(std::string& out) {
    // What is left is the beginning of one character: one mark for all of it.
    if (!m_pending.empty()) {
        out += kReplacementBytes;
    }
    m_pending.clear();
}

}  // namespace tl
