// SPDX-License-Identifier: Apache-2.0
#include "app/citation/text_words.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utext.h>
#include <utility>

#include "base/ascii.h"
#include "base/utf8.h"

namespace tl {

namespace {

bool isAsciiWordByte(char c) {
    return isAsciiDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

unsigned char byteAt(std::string_view text, size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
}

char charAt(std::string_view text, size_t i) {
    return i < text.size() ? text[i] : '\0';
}

bool isAscii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// The character at `i` and how many bytes it has; negative where the bytes are no UTF-8.
UChar32 characterAt(std::string_view text, size_t i, size_t& length) {
    const Utf8Char character = decodeUtf8(text.substr(i));
    length = character.length;
    return character.status == Utf8Status::kValid ? static_cast<UChar32>(character.code) : -1;
}

// Length of the character at `i` if it belongs to a word, else 0: letters, their marks, and digits
// of all scripts; beyond those what is not seen (soft hyphens, joiners).
size_t wordCharLength(std::string_view text, size_t i) {
    if (byteAt(text, i) < 0x80) {
        return isAsciiWordByte(text[i]) ? 1 : 0;
    }
    constexpr uint32_t kWordTypes = U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK;
    size_t length = 0;
    const UChar32 character = characterAt(text, i, length);
    const bool isWord =
        character >= 0 && ((U_MASK(u_charType(character)) & kWordTypes) != 0 ||
                           u_hasBinaryProperty(character, UCHAR_DEFAULT_IGNORABLE_CODE_POINT));
    return isWord ? length : 0;
}

// True where text[i] is a mark inside a number: the point of 5.5 or the comma of 1,024.
bool isInsideNumber(std::string_view text, size_t i) {
    if (i == 0 || i + 1 >= text.size() || !isAsciiDigit(text[i - 1]) ||
        !isAsciiDigit(text[i + 1])) {
        return false;
    }
    if (text[i] == '.') {
        return true;
    }
    const bool threeDigits = i + 3 < text.size() && isAsciiDigit(text[i + 2]) &&
                             isAsciiDigit(text[i + 3]) &&
                             (i + 4 == text.size() || !isAsciiDigit(text[i + 4]));
    return text[i] == ',' && threeDigits;
}

// True where text[i] is the sign of a number that starts here, not a dash between two words.
bool isSign(std::string_view text, size_t i) {
    const bool opens = i == 0 || !(isAsciiWordByte(text[i - 1]) || byteAt(text, i - 1) >= 0x80 ||
                                   text[i - 1] == '-' || text[i - 1] == ')');
    return text[i] == '-' && opens && i + 1 < text.size() && isAsciiDigit(text[i + 1]);
}

// Full case folding (Unicode 15, 5.18), composed, without what is not seen.
std::string foldCharacters(std::string_view word) {
    const icu::UnicodeString folded =
        icu::UnicodeString::fromUTF8(
            icu::StringPiece(word.data(), static_cast<int32_t>(word.size())))
            .foldCase();
    icu::UnicodeString seen;
    for (int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
        const UChar32 character = folded.char32At(i);
        if (u_hasBinaryProperty(character, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) == 0) {
            seen.append(character);
        }
    }
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* composer = icu::Normalizer2::getNFCInstance(status);
    std::string utf8;
    (U_SUCCESS(status) != 0 ? composer->normalize(seen, status) : seen).toUTF8String(utf8);
    return utf8;
}

std::string fold(std::string_view word) {
    if (!isAscii(word)) {
        return foldCharacters(word);
    }
    std::string folded;
    folded.reserve(word.size());
    for (const char c : word) {
        if (c != ',') {
            folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    return folded;
}

// Which of a word's letters are capitals.
LetterCase letterCaseOf(std::string_view word) {
    int capitals = 0;
    int letters = 0;
    bool firstIsCapital = false;
    for (size_t i = 0, length = 1; i < word.size(); i += length) {
        const UChar32 character = characterAt(word, i, length);
        const bool isCapital = character >= 0 && u_isUUppercase(character) != 0;
        if (isCapital || (character >= 0 && u_isalpha(character) != 0)) {
            firstIsCapital = letters == 0 ? isCapital : firstIsCapital;
            capitals += isCapital ? 1 : 0;
            ++letters;
        }
    }
    if (capitals == 0) {
        return LetterCase::kLower;
    }
    // "V2" is a capital at the begin of a word, "V" alone a name.
    if (firstIsCapital && capitals == 1 && (letters > 1 || word.size() > 1)) {
        return LetterCase::kCapital;
    }
    return capitals == letters ? LetterCase::kUpper : LetterCase::kMixed;
}

// The dashes of an option: one or two before its first letter, with nothing of a word before them.
int dashesBefore(std::string_view text, size_t begin) {
    int dashes = 0;
    while (begin > 0 && text[begin - 1] == '-') {
        --begin;
        ++dashes;
    }
    constexpr std::string_view kOpening = " \t\n([{<\"'`,|/=*:";
    const bool opens = begin == 0 || kOpening.find(text[begin - 1]) != std::string_view::npos ||
                       static_cast<unsigned char>(text[begin - 1]) >= 0x80;
    return opens && dashes <= 2 ? dashes : 0;
}

// What stands around a name of code: name(), a::name, x->name, x.name, $NAME; or an underscore
// within it. "file(s)" is a word with its plural.
bool isNameOfCode(std::string_view text, size_t begin, size_t end) {
    const auto joins = [&](size_t at) {
        const std::string_view two = text.substr(std::min(at, text.size()), 2);
        return two == "::" || two == "->";
    };
    const bool isMember = begin >= 2 && charAt(text, begin - 1) == '.' &&
                          isAsciiWordByte(text[begin - 2]) && !isAsciiDigit(text[begin - 2]);
    const bool hasMember = charAt(text, end) == '.' && isAsciiWordByte(charAt(text, end + 1)) &&
                           !isAsciiDigit(charAt(text, end + 1));
    const bool isCall = charAt(text, end) == '(' && text.substr(end, 3) != "(s)";
    return isCall || isMember || hasMember || joins(end) || (begin >= 2 && joins(begin - 2)) ||
           (begin >= 1 && text[begin - 1] == '$') ||
           text.substr(begin, end - begin).find('_') != std::string_view::npos;
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

// "twenty-one" is one number: its second part directly after its first, or after one mark.
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
    if (begin == end) {
        return;
    }
    const std::string_view written = text.substr(begin, end - begin);
    Word word{fold(written), static_cast<int64_t>(begin), static_cast<int64_t>(end)};
    if (word.folded.empty()) {
        return;
    }
    word.letterCase = letterCaseOf(written);
    word.isName = word.letterCase == LetterCase::kMixed || isNameOfCode(text, begin, end);
    word.dashes = isAsciiDigit(written[0]) ? 0 : dashesBefore(text, begin);
    if (word.folded != written) {
        word.written = written;
    }
    words.push_back(std::move(word));
}

// Scripts that write no blanks between words, where a dictionary tells them apart.
bool needsDictionary(std::string_view chunk) {
    for (size_t i = 0, length = 1; i < chunk.size(); i += length) {
        const UChar32 character = characterAt(chunk, i, length);
        if (character < 0x0E00) {
            continue;
        }
        const int32_t breaks = u_getIntPropertyValue(character, UCHAR_LINE_BREAK);
        if (breaks == U_LB_COMPLEX_CONTEXT || breaks == U_LB_IDEOGRAPHIC ||
            breaks == U_LB_CONDITIONAL_JAPANESE_STARTER) {
            return true;
        }
    }
    return false;
}

icu::BreakIterator* wordBreaks() {
    static thread_local const auto kBreaks = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::BreakIterator> breaks(
            icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
        return U_SUCCESS(status) != 0 ? std::move(breaks) : nullptr;
    }();
    return kBreaks.get();
}

// A chunk of word characters as the words it is: one, but where scripts write no blanks.
void appendChunk(std::string_view text, size_t begin, size_t end, std::vector<Word>& words) {
    const std::string_view chunk = text.substr(begin, end - begin);
    icu::BreakIterator* breaks = !isAscii(chunk) && needsDictionary(chunk) ? wordBreaks() : nullptr;
    UErrorCode status = U_ZERO_ERROR;
    UText utf8 = UTEXT_INITIALIZER;
    utext_openUTF8(&utf8, chunk.data(), std::ssize(chunk), &status);
    if (breaks != nullptr) {
        breaks->setText(&utf8, status);
    }
    if (breaks == nullptr || U_FAILURE(status) != 0) {
        appendWord(text, begin, end, words);
    } else {
        int32_t from = breaks->first();
        for (int32_t to = breaks->next(); to != icu::BreakIterator::DONE; to = breaks->next()) {
            appendWord(
                text, begin + static_cast<size_t>(from), begin + static_cast<size_t>(to), words);
            from = to;
        }
    }
    utext_close(&utf8);
}

// Words between backticks of one line are code. Capitals of headings and of shouting are none of a
// name: those of a word among others in capitals, or alone on its line.
void markContext(std::string_view text, std::vector<Word>& words) {
    const auto onOneLine = [&](size_t a, size_t b) {
        const auto begin = static_cast<size_t>(words[a].end);
        const auto end = static_cast<size_t>(words[b].begin);
        return text.substr(begin, end - begin).find('\n') == std::string_view::npos;
    };
    const auto isUpper = [&](size_t i) {
        return words[i].letterCase == LetterCase::kUpper && words[i].end - words[i].begin > 1;
    };
    bool isInCode = false;
    size_t seen = 0;
    for (size_t i = 0; i < words.size(); ++i) {
        for (; seen < static_cast<size_t>(words[i].begin); ++seen) {
            isInCode = text[seen] != '\n' && (text[seen] == '`' ? !isInCode : isInCode);
        }
        words[i].isName = words[i].isName || isInCode;
        const bool hasBefore = i > 0 && onOneLine(i - 1, i);
        const bool hasBehind = i + 1 < words.size() && onOneLine(i, i + 1);
        const bool isCapitals = words[i].letterCase == LetterCase::kUpper;
        words[i].isShouted =
            isCapitals && ((hasBefore && isUpper(i - 1)) || (hasBehind && isUpper(i + 1)));
        words[i].isAlone = isUpper(i) && !hasBefore && !hasBehind;
    }
}

std::string_view lettersOf(const Word& word) {
    return word.written.empty() ? std::string_view(word.folded) : std::string_view(word.written);
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
            appendChunk(text, begin, i, words);
        }
    }
    markContext(text, words);
    return withDigits(std::move(words));
}

bool isFunctionWord(std::string_view folded) {
    return std::binary_search(kFunctionWords.begin(), kFunctionWords.end(), folded);
}

bool sameWord(const Word& said, const Word& there) {
    const bool isShortOption = there.dashes == 1 && lettersOf(there).size() == 1;
    if (said.folded != there.folded || (said.dashes > 0 && said.dashes != there.dashes) ||
        (isShortOption && said.dashes == 0)) {
        return false;
    }
    if (lettersOf(said) == lettersOf(there)) {
        return true;
    }
    if (said.dashes > 0 || there.dashes > 0) {
        return false;
    }
    if (said.isShouted || there.isShouted || there.isAlone) {
        return said.folded.find('_') == std::string::npos;
    }
    const bool isAcronym =
        (said.letterCase == LetterCase::kUpper) != (there.letterCase == LetterCase::kUpper) &&
        (said.letterCase == LetterCase::kLower || there.letterCase == LetterCase::kLower);
    return !said.isName && !there.isName && !isAcronym;
}

int64_t findRun(const std::vector<Word>& words, const std::vector<Word>& wanted, int64_t from) {
    const auto same = [](const Word& there, const Word& said) { return sameWord(said, there); };
    const auto found =
        std::search(words.begin() + from, words.end(), wanted.begin(), wanted.end(), same);
    return found == words.end() || wanted.empty() ? -1 : found - words.begin();
}

}  // namespace tl
