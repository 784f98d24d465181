// SPDX-License-Identifier: Apache-2.0
#include "ingest/page/word_marks.h"

#include <cstddef>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "ingest/page/glyph_text.h"

namespace tl {
namespace {

char32_t lastCharacter(std::string_view word) {
    size_t begin = word.size();
    while (begin > 0) {
        --begin;
        if (!isContinuationByte(word[begin])) {
            return decodeUtf8(word.substr(begin)).code;
        }
    }
    return 0;
}

size_t lengthOfLast(std::string_view word) {
    size_t begin = word.size();
    while (begin > 0 && isContinuationByte(word[--begin])) {
    }
    return word.size() - begin;
}

bool isAlnum(char32_t code) {
    return u_isalnum(static_cast<UChar32>(code)) != 0;
}

bool isClosing(char32_t code) {
    return code == U'"' || code == U'\'' || code == U')' || code == U']' || code == 0x2019 ||
           code == 0x201D || code == 0xBB;
}

bool isHyphen(char32_t code) {
    return code == U'-' || code == 0x2010 || code == 0xAD;
}

}  // namespace

bool beginsInLowerCase(std::string_view word) {
    return !word.empty() && u_islower(static_cast<UChar32>(decodeUtf8(word).code)) != 0;
}

bool endsSentence(std::string_view word) {
    while (!word.empty() && isClosing(lastCharacter(word))) {
        word.remove_suffix(lengthOfLast(word));
    }
    const char32_t last = lastCharacter(word);
    return last == U'.' || last == U'!' || last == U'?' || last == U':' || last == 0x3002 ||
           last == 0x2026;
}

bool breaksOff(std::string_view word) {
    const char32_t last = lastCharacter(word);
    return last == U',' || last == U';' || isHyphen(last) || isAlnum(last) ||
           (isClosing(last) && !endsSentence(word));
}

size_t hyphenAtEnd(std::string_view word) {
    if (!isHyphen(lastCharacter(word))) {
        return 0;
    }
    const size_t length = lengthOfLast(word);
    word.remove_suffix(length);
    return isAlnum(lastCharacter(word)) ? length : 0;
}

std::string plainWord(std::string_view word) {
    while (!word.empty() && !isAlnum(lastCharacter(word))) {
        word.remove_suffix(lengthOfLast(word));
    }
    std::string plain;
    while (!word.empty()) {
        const Utf8Char letter = decodeUtf8(word);
        word.remove_prefix(letter.length);
        if (!plain.empty() || isAlnum(letter.code)) {
            appendUtf8(static_cast<char32_t>(u_tolower(static_cast<UChar32>(letter.code))), plain);
        }
    }
    return plain;
}

}  // namespace tl
