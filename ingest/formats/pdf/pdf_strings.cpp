// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/pdf/pdf_strings.h"

#include <CharTypes.h>
#include <UTF.h>
#include <algorithm>
#include <cstddef>
#include <goo/gmem.h>
#include <string_view>

#include "ingest/page/glyph_text.h"

namespace tl {

std::string fromPdfCharacters(const unsigned int* codes, int count) {
    std::string line;
    bool hasSpace = false;
    for (int i = 0; i < count; ++i) {
        const char32_t code = codes[i];
        std::string letter;
        if (code > 0x20) {
            appendGlyph(code, letter);
        }
        if (letter.empty()) {
            hasSpace = !line.empty();
            continue;
        }
        if (hasSpace) {
            line += ' ';
            hasSpace = false;
        }
        line += letter;
    }
    return line;
}

namespace {

// Whether each second byte, from the first one, is 0: UTF-16 of Latin letters.
bool lacksMark(const std::string& text) {
    for (size_t i = 0; i < text.size(); i += 2) {
        if (text[i] != '\0') {
            return false;
        }
    }
    return !text.empty() && text.size() % 2 == 0;
}

}  // namespace

std::string fromPdfString(const std::string& text) {
    Unicode* codes = nullptr;
    constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";  // since PDF 2.0
    const int count = text.starts_with(kUtf8Mark)
                          ? utf8ToUCS4(text.c_str() + kUtf8Mark.size(), &codes)
                          : TextStringToUCS4(lacksMark(text) ? "\xFE\xFF" + text : text, &codes);
    std::string line = fromPdfCharacters(codes, count);
    gfree(codes);
    return line;
}

std::string asSeen(const std::string& text) {
    Unicode* codes = nullptr;
    const int count = TextStringToUCS4(text, &codes);
    std::string seen = text;
    if (std::any_of(codes, codes + count, isRightToLeft)) {
        seen = "\xFE\xFF";
        const auto put = [&seen](char32_t unit) {
            seen += static_cast<char>(unit >> 8);
            seen += static_cast<char>(unit & 0xFF);
        };
        for (int i = count; i-- > 0;) {
            const char32_t code = codes[i];
            if (code < 0x10000) {
                put(code);
            } else {
                put(0xD800 + ((code - 0x10000) >> 10));
                put(0xDC00 + ((code - 0x10000) & 0x3FF));
            }
        }
    }
    gfree(codes);
    return seen;
}

std::string isoDateOf(const std::string& pdfDate) {
    const std::string digits = pdfDate.substr(pdfDate.starts_with("D:") ? 2 : 0, 8);
    if (digits.size() != 8 || digits.find_first_not_of("0123456789") != std::string::npos) {
        return {};
    }
    return digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" + digits.substr(6);
}

}  // namespace tl
