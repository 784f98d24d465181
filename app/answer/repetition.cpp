// SPDX-License-Identifier: Apache-2.0
#include "app/answer/repetition.h"

#include <algorithm>
#include <span>
#include <vector>

#include "base/utf8.h"

namespace tl {

namespace {

constexpr size_t kTailBytes = 4096;
constexpr size_t kMaxPeriod = 80;  // words
constexpr size_t kMaxPeriodBytes = 72;
constexpr size_t kManyDots = 10;  // more than three times an ellipsis
// Repeated words, copies or dots that may become a loop.
constexpr size_t kSuspicious = 3;
// Words that a loop without letters has at least.
constexpr size_t kMinWordsWithoutLetters = 24;

struct Piece {
    std::string_view text;
    size_t begin = 0;
    size_t end = 0;
};

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
}

// "-", "*", "12." or "3)" at the begin of a line: what differs between the lines of a loop.
bool isListMark(std::string_view word) {
    if (word == "-" || word == "*" || word == "+") {
        return true;
    }
    const size_t digits = word.find_first_not_of("0123456789");
    return digits != 0 && digits + 1 == word.size() && (word[digits] == '.' || word[digits] == ')');
}

std::vector<Piece> splitPieces(std::string_view text, size_t from) {
    std::vector<Piece> pieces;
    bool opensLine = true;
    for (size_t i = from; i < text.size();) {
        if (isSpace(text[i])) {
            opensLine = opensLine || text[i] == '\n';
            ++i;
            continue;
        }
        const size_t begin = i;
        while (i < text.size() && !isSpace(text[i])) {
            ++i;
        }
        const std::string_view word = text.substr(begin, i - begin);
        if (!opensLine || !isListMark(word)) {
            pieces.push_back({word, begin, i});
        }
        opensLine = false;
    }
    return pieces;
}

size_t copiesNeeded(size_t period, bool hasLetters) {
    if (!hasLetters) {
        return std::max<size_t>(3, (kMinWordsWithoutLetters + period - 1) / period);
    }
    return period <= 2 ? 6 : period == 3 ? 4 : 3;
}

// How many pieces at the end equal the one that stands `period` before them.
size_t repeatedPieces(const std::vector<Piece>& pieces, size_t period) {
    size_t count = 0;
    while (count + period < pieces.size() && pieces[pieces.size() - 1 - count].text ==
                                                 pieces[pieces.size() - 1 - count - period].text) {
        ++count;
    }
    return count;
}

bool hasLetter(std::string_view text) {
    return std::ranges::any_of(text, isLetter);
}

std::optional<Repetition> findLoopOfWords(std::string_view text, size_t from) {
    const std::vector<Piece> pieces = splitPieces(text, from);
    std::optional<Repetition> found;
    for (size_t period = 1; period <= kMaxPeriod && period < pieces.size(); ++period) {
        const size_t repeated = repeatedPieces(pieces, period);
        if (repeated < kSuspicious) {
            continue;
        }
        const auto copy = std::span(pieces).last(period);
        const bool hasLetters =
            std::ranges::any_of(copy, hasLetter, [](const Piece& piece) { return piece.text; });
        const size_t begin = pieces[pieces.size() - repeated - 1].end;
        if (repeated + period >= period * copiesNeeded(period, hasLetters)) {
            return Repetition{begin, /*isCertain=*/true};
        }
        found = Repetition{found ? std::min(found->begin, begin) : begin, /*isCertain=*/false};
    }
    return found;
}

// Loops within a word, and those of scripts that write no blanks.
std::optional<Repetition> findLoopOfBytes(std::string_view text, size_t from) {
    for (size_t period = 1; period <= kMaxPeriodBytes && from + period < text.size(); ++period) {
        size_t begin = text.size();
        while (begin > from + period && text[begin - 1] == text[begin - 1 - period]) {
            --begin;
        }
        const size_t size = text.size() - begin + period;
        if (size < kSuspicious * period || size < kMinWordsWithoutLetters) {
            continue;
        }
        const size_t needed = hasLetter(text.substr(text.size() - period)) ? 60 : 200;
        while (begin < text.size() && isContinuationByte(text[begin])) {
            ++begin;
        }
        return Repetition{begin, size >= std::max(needed, 6 * period)};
    }
    return std::nullopt;
}

std::optional<Repetition> findDots(std::string_view text) {
    size_t dots = 0;
    size_t begin = text.size();
    for (size_t i = text.size(); i > 0 && (text[i - 1] == '.' || text[i - 1] == ' '); --i) {
        if (text[i - 1] == '.') {
            begin = i - 1;
            ++dots;
        }
    }
    return dots < kSuspicious ? std::nullopt : std::optional(Repetition{begin, dots >= kManyDots});
}

}  // namespace

std::optional<Repetition> findRepetition(std::string_view text) {
    const size_t from = text.size() > kTailBytes ? text.size() - kTailBytes : 0;
    std::optional<Repetition> suspected;
    for (const auto& found :
         {findDots(text), findLoopOfWords(text, from), findLoopOfBytes(text, from)}) {
        if (found && found->isCertain) {
            return found;
        }
        if (found && (!suspected || found->begin < suspected->begin)) {
            suspected = found;
        }
    }
    return suspected;
}

}  // namespace tl
