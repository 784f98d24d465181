// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/pdf/visual_order.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "ingest/page/glyph_text.h"

namespace tl {
namespace {

struct Letters {
    std::u32string codes;
    int rightToLeft = 0;
    int leftToRight = 0;  // letters and digits
};

bool isStrong(char32_t code) {
    return (code >= U'0' && code <= U'9') || (code >= U'A' && code <= U'Z') ||
           (code >= U'a' && code <= U'z') || (code >= 0xC0 && code < 0x590) ||
           (code >= 0x0660 && code <= 0x0669) || (code >= 0x06F0 && code <= 0x06F9);
}

Letters lettersOf(std::string_view text) {
    Letters letters;
    while (!text.empty()) {
        const Utf8Char letter = decodeUtf8(text);
        text.remove_prefix(letter.length);
        letters.codes.push_back(letter.code);
        letters.rightToLeft += isRightToLeft(letter.code) ? 1 : 0;
        letters.leftToRight += isStrong(letter.code) ? 1 : 0;
    }
    return letters;
}

// Reverses all but the runs of letters and digits that read from left to right.
void reverseLetters(std::u32string& codes) {
    std::reverse(codes.begin(), codes.end());
    for (auto at = codes.begin(); at != codes.end();) {
        const auto first = std::find_if(at, codes.end(), isStrong);
        const auto last = std::find_if_not(first, codes.end(), [](char32_t code) {
            return isStrong(code) || code == U'.' || code == U',' || code == U':';
        });
        auto end = last;
        while (end != first && !isStrong(*(end - 1))) {
            --end;
        }
        std::reverse(first, end);
        at = last;
    }
}

struct LineWord {
    PageWord word;
    Letters letters;
};

// Turns the runs of words that read the other way than the line does.
template <typename IsAgainst>
void reverseRuns(std::vector<LineWord>& words, const IsAgainst& isAgainst) {
    for (auto at = words.begin(); at != words.end();) {
        const auto first = std::find_if(at, words.end(), isAgainst);
        auto last = first;
        auto end = first;
        // Words of signs alone between two of a run belong to it.
        for (; end != words.end() && (isAgainst(*end) || (end->letters.rightToLeft == 0 &&
                                                          end->letters.leftToRight == 0));
             ++end) {
            if (isAgainst(*end)) {
                last = end + 1;
            }
        }
        std::reverse(first, last);
        at = end;
    }
}

}  // namespace

void toReadingOrder(PdfPage& page, const PageLine& line) {
    std::vector<LineWord> words;
    int rightToLeft = 0;
    int leftToRight = 0;
    for (uint32_t i = line.wordsBegin; i < line.wordsEnd; ++i) {
        LineWord& word = words.emplace_back();
        word.word = page.words[i];
        word.letters = lettersOf(page.wordText(word.word));
        rightToLeft += word.letters.rightToLeft;
        leftToRight += word.letters.leftToRight;
    }
    if (rightToLeft >= leftToRight) {
        std::reverse(words.begin(), words.end());
        reverseRuns(words, [](const LineWord& word) {
            return word.letters.leftToRight > word.letters.rightToLeft;
        });
    } else {
        reverseRuns(words, [](const LineWord& word) { return word.letters.rightToLeft > 0; });
    }
    const uint32_t begin = page.words[line.wordsBegin].begin;
    std::string text;
    for (size_t i = 0; i < words.size(); ++i) {
        LineWord& word = words[i];
        if (word.letters.rightToLeft > 0) {
            reverseLetters(word.letters.codes);
        }
        word.word.begin = begin + static_cast<uint32_t>(text.size());
        for (const char32_t code : word.letters.codes) {
            appendUtf8(code, text);
        }
        word.word.end = begin + static_cast<uint32_t>(text.size());
        word.word.hasSpaceAfter = i + 1 < words.size();
        page.words[line.wordsBegin + i] = word.word;
    }
    page.text.replace(begin, std::string::npos, text);
}

}  // namespace tl
