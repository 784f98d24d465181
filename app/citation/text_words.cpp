// SPDX-License-Identifier: Apache-2.0
#include "app/citation/text_words.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace tl {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isAsciiWordByte(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

unsigned char byteAt(std::string_view text, size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
}

// Length of the character at `i` if it belongs to a word, else 0. Beyond ASCII everything does
// but U+0080..U+00BF (no-break space, guillemets, signs) and U+2000..U+206F (dashes, curly quotes,
// ellipsis).
size_t wordCharLength(std::string_view text, size_t i) {
    const unsigned char lead = byteAt(text, i);
    if (lead < 0x80) {
        return isAsciiWordByte(text[i]) ? 1 : 0;
    }
    // Below 0xC0 are the later bytes of a character that was passed over.
    if (lead <= 0xC2 ||
        (lead == 0xE2 && (byteAt(text, i + 1) == 0x80 || byteAt(text, i + 1) == 0x81))) {
        return 0;
    }
    size_t length = 1;
    while ((byteAt(text, i + length) & 0xC0) == 0x80) {
        ++length;
    }
    return length;
}

// True where text[i] is a mark inside a number: the point of 5.5 or the comma of 1,024.
bool isInsideNumber(std::string_view text, size_t i) {
    if (i == 0 || i + 1 >= text.size() || !isDigit(text[i - 1]) || !isDigit(text[i + 1])) {
        return false;
    }
    if (text[i] == '.') {
        return true;
    }
    const bool threeDigits = i + 3 < text.size() && isDigit(text[i + 2]) && isDigit(text[i + 3]) &&
                             (i + 4 == text.size() || !isDigit(text[i + 4]));
    return text[i] == ',' && threeDigits;
}

// True where text[i] is the sign of a number that starts here, not a dash between two words.
bool isSign(std::string_view text, size_t i) {
    const bool opens = i == 0 || !(isAsciiWordByte(text[i - 1]) || byteAt(text, i - 1) >= 0x80 ||
                                   text[i - 1] == '-' || text[i - 1] == ')');
    return text[i] == '-' && opens && i + 1 < text.size() && isDigit(text[i + 1]);
}

std::string fold(std::string_view word) {
    std::string folded;
    folded.reserve(word.size());
    for (const char c : word) {
        if (c != ',') {
            folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    return folded;
}

// Numbers that are commonly written as words; -1 for other words.
int numberOfWord(std::string_view folded) {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"zero",     "one",     "two",     "three",     "four",     "five",     "six",
         "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",   "thirteen",
         "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"});
    static constexpr auto kTens = std::to_array<std::string_view>(
        {"thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"});
    const auto* const word = std::find(kWords.begin(), kWords.end(), folded);
    if (word != kWords.end()) {
        return static_cast<int>(word - kWords.begin());
    }
    const auto* const ten = std::find(kTens.begin(), kTens.end(), folded);
    return ten == kTens.end() ? -1 : 10 * static_cast<int>(ten - kTens.begin() + 3);
}

// "twenty-one" is one number: its second part directly behind its first, or behind one mark.
bool continuesNumber(const Word& tens, int tensNumber, const Word& word, int number) {
    return tensNumber >= 20 && tensNumber % 10 == 0 && number >= 1 && number <= 9 &&
           word.begin == tens.end + 1;
}

// Writes number words as digits, so that "nine" and 9 are the same word.
std::vector<Word> withDigits(std::vector<Word> words) {
    std::vector<Word> out;
    out.reserve(words.size());
    int before = -1;
    for (Word& word : words) {
        const int number = numberOfWord(word.folded);
        if (before >= 0 && continuesNumber(out.back(), before, word, number)) {
            out.back().folded = std::to_string(before + number);
            out.back().end = word.end;
            before = -1;
            continue;
        }
        if (number >= 0) {
            word.folded = std::to_string(number);
        }
        before = number;
        out.push_back(std::move(word));
    }
    return out;
}

// Markdown writes _emphasis_ with underscores; inner ones belong to identifiers.
void appendWord(std::string_view text, size_t begin, size_t end, std::vector<Word>& words) {
    while (begin < end && text[begin] == '_') {
        ++begin;
    }
    while (end > begin && text[end - 1] == '_') {
        --end;
    }
    if (begin < end) {
        words.push_back({fold(text.substr(begin, end - begin)),
                         static_cast<int64_t>(begin),
                         static_cast<int64_t>(end)});
    }
}

constexpr auto kFunctionWords = std::to_array<std::string_view>(
    {"a",    "about",  "also", "am",    "an",     "and",  "are",   "as",      "at",      "be",
     "been", "being",  "but",  "by",    "called", "can",  "could", "defined", "did",     "do",
     "does", "for",    "from", "given", "had",    "has",  "have",  "he",      "her",     "his",
     "how",  "i",      "if",   "in",    "into",   "is",   "it",    "its",     "located", "many",
     "me",   "much",   "my",   "named", "of",     "on",   "or",    "our",     "s",       "set",
     "she",  "should", "so",   "than",  "that",   "the",  "their", "then",    "there",   "these",
     "they", "this",   "to",   "was",   "we",     "were", "what",  "when",    "where",   "which",
     "who",  "why",    "will", "with",  "you"});
static_assert(std::is_sorted(kFunctionWords.begin(), kFunctionWords.end()));

}  // namespace

std::vector<Word> splitWords(std::string_view text) {
    std::vector<Word> words;
    size_t i = 0;
    while (i < text.size()) {
        const size_t begin = i;
        if (isSign(text, i)) {
            ++i;
        }
        while (i < text.size()) {
            const size_t length = wordCharLength(text, i);
            if (length == 0 && !isInsideNumber(text, i)) {
                break;
            }
            i += std::max<size_t>(length, 1);
        }
        if (i == begin) {
            ++i;
        } else {
            appendWord(text, begin, i, words);
        }
    }
    return withDigits(std::move(words));
}

bool isFunctionWord(std::string_view folded) {
    return std::binary_search(kFunctionWords.begin(), kFunctionWords.end(), folded);
}

int64_t findRun(const std::vector<Word>& words, const std::vector<Word>& wanted, int64_t from) {
    const auto same = [](const Word& a, const Word& b) { return a.folded == b.folded; };
    const auto found =
        std::search(words.begin() + from, words.end(), wanted.begin(), wanted.end(), same);
    return found == words.end() || wanted.empty() ? -1 : found - words.begin();
}

}  // namespace tl
