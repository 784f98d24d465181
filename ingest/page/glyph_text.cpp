// SPDX-License-Identifier: Apache-2.0
#include "ingest/page/glyph_text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

namespace tl {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

struct Range {
    char32_t first;
    char32_t last;
};

template <size_t N>
bool isIn(const std::array<Range, N>& ranges, char32_t code) {
    return std::any_of(ranges.begin(), ranges.end(), [code](const Range& range) {
        return range.first <= code && code <= range.last;
    });
}

constexpr std::array<Range, 4> kRightToLeft{
    {{0x0590, 0x08FF}, {0xFB1D, 0xFDFF}, {0xFE70, 0xFEFC}, {0x10800, 0x10FFF}}};

constexpr std::array<Range, 8> kIdeographic{{{0x1100, 0x11FF},
                                             {0x2E80, 0x2FFF},
                                             {0x3000, 0x33FF},
                                             {0x3400, 0x9FFF},
                                             {0xAC00, 0xD7AF},
                                             {0xF900, 0xFAFF},
                                             {0xFF00, 0xFFEF},
                                             {0x20000, 0x3FFFF}}};

// Latin and Armenian ligatures, Hebrew and Arabic presentation forms.
constexpr std::array<Range, 3> kLigatures{{{0xFB00, 0xFB4F}, {0xFB50, 0xFDFF}, {0xFE70, 0xFEFC}}};

constexpr std::array<Range, 5> kSpaces{
    {{0x20, 0x20}, {0xA0, 0xA0}, {0x2000, 0x200B}, {0x2028, 0x2029}, {0x3000, 0x3000}}};

bool isPrivateUse(char32_t code) {
    return (code >= 0xE000 && code <= 0xF8FF) || (code >= 0xF0000 && code <= 0x10FFFF);
}

bool isNoCharacter(char32_t code) {
    return code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF) ||
           (code >= 0xFDD0 && code <= 0xFDEF) || (code & 0xFFFEU) == 0xFFFEU;
}

bool isControl(char32_t code) {
    return code < 0x20 || (code >= 0x7F && code <= 0x9F);
}

// Bullets of Symbol and Wingdings as word processors write them.
bool isSymbolBullet(char32_t code) {
    return code == 0xF0B7 || code == 0xF0A7 || code == 0xF0A8 || code == 0xF06C;
}

// Empty for what is no box. Ticked ones of fonts are U+2611, U+2612 and two of Wingdings.
std::string_view boxTextOf(char32_t code) {
    switch (code) {
        case kCheckBoxOn:
        case 0x2611:
        case 0x2612:
        case 0xF0FD:
        case 0xF0FE:
            return "[x]";
        case kCheckBoxOff:
        case 0x2610:
            return "[ ]";
        case kRadioOn:
            return "(x)";
        case kRadioOff:
            return "( )";
        default:
            return {};
    }
}

void appendDecomposed(char32_t code, std::string& out) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(status);
    icu::UnicodeString parts;
    if (U_FAILURE(status) != 0 || nfkc->getDecomposition(static_cast<UChar32>(code), parts) == 0) {
        appendUtf8(code, out);
        return;
    }
    std::string letters;
    parts.toUTF8String(letters);
    // U+FE70 and its like are a space that carries an accent.
    std::copy_if(
        letters.begin(), letters.end(), std::back_inserter(out), [](char c) { return c != ' '; });
}

}  // namespace

bool isUnknownCharacter(char32_t code) {
    if (code < 0x7F) {
        return code < 0x20;
    }
    return isControl(code) || code == kReplacement || isNoCharacter(code) ||
           (isPrivateUse(code) && !isSymbolBullet(code) && boxTextOf(code).empty());
}

bool isBox(char32_t code) {
    return !boxTextOf(code).empty();
}

bool isRightToLeft(char32_t code) {
    const bool isArabicDigit =
        (code >= 0x0660 && code <= 0x0669) || (code >= 0x06F0 && code <= 0x06F9);
    return code >= 0x0590 && !isArabicDigit && isIn(kRightToLeft, code);
}

bool isIdeographic(char32_t code) {
    return code >= 0x1100 && isIn(kIdeographic, code);
}

void appendUtf8(char32_t code, std::string& out) {
    const auto put = [&out](char32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | (code >> 6));
        put(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        put(0xE0 | (code >> 12));
        put(0x80 | ((code >> 6) & 0x3F));
        put(0x80 | (code & 0x3F));
    } else {
        put(0xF0 | (code >> 18));
        put(0x80 | ((code >> 12) & 0x3F));
        put(0x80 | ((code >> 6) & 0x3F));
        put(0x80 | (code & 0x3F));
    }
}

void appendGlyph(char32_t code, std::string& out) {
    if (code > 0x20 && code < 0x7F) {
        out.push_back(static_cast<char>(code));
        return;
    }
    if (isIn(kSpaces, code) || code == 0xFEFF) {
        return;
    }
    if (const std::string_view box = boxTextOf(code); !box.empty()) {
        out += box;
    } else if (isIn(kLigatures, code) && !isNoCharacter(code)) {
        appendDecomposed(code, out);
    } else if (isSymbolBullet(code)) {
        appendUtf8(0x2022, out);
    } else if (isNoCharacter(code) || (isUnknownCharacter(code) && !isPrivateUse(code))) {
        appendUtf8(kReplacement, out);
    } else {
        appendUtf8(code, out);
    }
}

}  // namespace tl
