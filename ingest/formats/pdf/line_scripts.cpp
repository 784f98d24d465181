// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/pdf/line_scripts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <unicode/uchar.h>
#include <utility>

#include "base/utf8.h"

namespace tl {
namespace {

// In sizes of the line's own letters.
constexpr float kLargestMark = 0.92F;  // browsers shrink to 0.83, TeX to 0.7, Word to 0.65
constexpr float kSameSize = 1.02F;
constexpr float kLeastSpace = 0.12F;  // a word's space is 0.2 and more
constexpr float kMostOverlap = 0.1F;
constexpr float kDropCap = 2.2F;  // so much larger than all others is an initial
constexpr float kLeastRise = 0.15F;
constexpr float kMostRise = 0.8F;
constexpr float kLeastRiseAtFullSize = 0.25F;
constexpr float kLeastFall = 0.08F;
constexpr float kMostFall = 0.5F;
constexpr float kBaselineSlack = 0.08F;
constexpr float kMostGap = 0.35F;      // between a mark and what it stands at
constexpr float kMostLabelGap = 0.5F;  // between a note's own mark and its text
constexpr size_t kMostMarkLetters = 24;
constexpr size_t kMostLabelBytes = 3;
constexpr size_t kMostFullSizeBytes = 6;

enum class Level { kLine, kRaised, kLowered };

char32_t firstOf(std::string_view text) {
    return text.empty() ? U' ' : decodeUtf8(text).code;
}

char32_t lastOf(std::string_view text) {
    size_t begin = text.size();
    while (begin > 0 && isContinuationByte(text[--begin])) {
    }
    return firstOf(text.substr(begin));
}

bool isLetter(char32_t code) {
    return u_isalpha(static_cast<UChar32>(code)) != 0;
}

bool isDigit(char32_t code) {
    return u_isdigit(static_cast<UChar32>(code)) != 0;
}

bool isSign(char32_t code) {
    return code == U'+' || code == U'-' || code == 0x2212;
}

bool isSlash(std::string_view text) {
    return text == "/" || text == "\xE2\x81\x84";
}

bool hasMatter(std::string_view text) {
    while (!text.empty()) {
        const Utf8Char letter = decodeUtf8(text);
        if (isLetter(letter.code) || isDigit(letter.code) || isSign(letter.code)) {
            return true;
        }
        text.remove_prefix(letter.length);
    }
    return false;
}

// What many languages raise at the end of a number or an abbreviation, and nobody reads as a power.
bool isOrdinal(std::string_view text) {
    constexpr std::array<std::string_view, 18> kEndings{"st",
                                                        "nd",
                                                        "rd",
                                                        "th",
                                                        "er",
                                                        "re",
                                                        "me",
                                                        "mes",
                                                        "lle",
                                                        "lles",
                                                        "nde",
                                                        "ndes",
                                                        "TM",
                                                        "SM",
                                                        "ST",
                                                        "ND",
                                                        "RD",
                                                        "TH"};
    return std::find(kEndings.begin(), kEndings.end(), text) != kEndings.end();
}

// "1", "-3", "2,", "a": what is raised in letters of full size, if anything is.
bool isShortMark(std::string_view text) {
    if (text.size() == 1 && isLetter(firstOf(text))) {
        return true;
    }
    bool isMark = !text.empty() && text.size() <= kMostFullSizeBytes;
    while (!text.empty()) {
        const Utf8Char letter = decodeUtf8(text);
        isMark &= isDigit(letter.code) || isSign(letter.code) || letter.code == U',';
        text.remove_prefix(letter.length);
    }
    return isMark;
}

bool isRaised(const LinePiece& piece, float lineSize, float rise) {
    const bool isSmall = piece.size <= kLargestMark * lineSize;
    const float least = isSmall ? kLeastRise : kLeastRiseAtFullSize;
    return (isSmall || (piece.size <= kSameSize * lineSize && isShortMark(piece.text))) &&
           rise >= least * lineSize && rise <= kMostRise * lineSize;
}

class ScriptFinder {
public:
    ScriptFinder(std::vector<LinePiece> pieces, bool isRightToLeft)
        : m_pieces(std::move(pieces))
        , m_isRightToLeft(isRightToLeft)
        , m_levels(m_pieces.size(), Level::kLine)
        , m_scripts(m_pieces.size()) {}

    std::vector<PieceScript> run() {
        const bool hasMarks = findLine();
        if (hasMarks) {
            findLevels();
            joinMarks();
        }
        for (size_t i = 0; i < m_pieces.size(); ++i) {
            const bool isByBox =
                m_pieces[i].isBox || (i + 1 < m_pieces.size() && m_pieces[i + 1].isBox);
            m_scripts[i].joinsNext = m_pieces[i].joinsNext && !isByBox;
        }
        if (hasMarks) {
            for (size_t begin = 0; begin < m_pieces.size();) {
                const size_t end = endOfRun(begin);
                if (m_levels[begin] != Level::kLine) {
                    write(begin, end);
                }
                begin = end;
            }
        }
        return std::move(m_scripts);
    }

private:
    // The size and the baseline of the line's own letters. False where all are alike.
    bool findLine() {
        float largest = 0;
        float second = 0;  // among what is not an initial
        for (const LinePiece& piece : m_pieces) {
            largest = std::max(largest, piece.isBox ? 0.0F : piece.size);
        }
        if (largest == 0) {
            return false;
        }
        for (const LinePiece& piece : m_pieces) {
            second = piece.size * kDropCap < largest ? std::max(second, piece.size) : second;
        }
        const auto isLarge = [&](const LinePiece& piece, float size) {
            return piece.size <= size && piece.size > kLargestMark * size;
        };
        size_t large = 0;
        for (const LinePiece& piece : m_pieces) {
            large += isLarge(piece, largest) ? piece.text.size() : 0;
        }
        m_size = second > 0 && large == 1 ? second : largest;
        size_t most = 0;
        bool differs = false;
        for (const LinePiece& piece : m_pieces) {
            size_t letters = 0;
            for (const LinePiece& other : m_pieces) {
                const bool isLevel =
                    std::abs(other.height - piece.height) <= kBaselineSlack * m_size;
                letters += isLevel && isLarge(other, m_size) ? other.text.size() : 0;
                differs |= !isLevel;
            }
            if (letters > most) {
                most = letters;
                m_height = piece.height;
            }
        }
        return differs && most > 0;
    }

    void findLevels() {
        for (size_t i = 0; i < m_pieces.size(); ++i) {
            m_levels[i] = levelOf(m_pieces[i]);
        }
        // What touches neither letters of the line nor another mark is no mark.
        for (size_t begin = 0; begin < m_pieces.size();) {
            const size_t end = endOfRun(begin);
            if (m_levels[begin] != Level::kLine && !touchesLine(begin, end)) {
                std::fill(m_levels.begin() + static_cast<std::ptrdiff_t>(begin),
                          m_levels.begin() + static_cast<std::ptrdiff_t>(end),
                          Level::kLine);
            }
            begin = end;
        }
    }

    // TeX leaves half a point after a mark, where Poppler sees a space already.
    void joinMarks() {
        for (size_t i = 0; i + 1 < m_pieces.size(); ++i) {
            if (m_levels[i] != Level::kLine || m_levels[i + 1] != Level::kLine) {
                m_pieces[i].joinsNext =
                    m_pieces[i + 1].begin - m_pieces[i].end <= kLeastSpace * m_size;
            }
        }
    }

    Level levelOf(const LinePiece& piece) const {
        if (piece.isBox) {
            return Level::kLine;
        }
        if (isRaised(piece, m_size, piece.height - m_height)) {
            return Level::kRaised;
        }
        const float fall = (m_height - piece.height) / m_size;
        return piece.size <= kLargestMark * m_size && fall >= kLeastFall && fall <= kMostFall
                   ? Level::kLowered
                   : Level::kLine;
    }

    size_t endOfRun(size_t begin) const {
        size_t end = begin + 1;
        while (end < m_pieces.size() && m_levels[end] == m_levels[begin] &&
               m_levels[begin] != Level::kLine &&
               m_pieces[end].begin - m_pieces[end - 1].end <= kMostGap * m_size) {
            ++end;
        }
        return end;
    }

    bool touchesLine(size_t begin, size_t end) const {
        size_t letters = 0;
        for (size_t i = begin; i < end; ++i) {
            letters += m_pieces[i].text.size();
        }
        const bool isAfter =
            begin > 0 && m_pieces[begin].begin - m_pieces[begin - 1].end <= kMostGap * m_size;
        const float gap = begin == 0 ? kMostLabelGap : kMostGap;
        const bool isBefore =
            end < m_pieces.size() && m_pieces[end].begin - m_pieces[end - 1].end <= gap * m_size;
        return letters <= kMostMarkLetters && (isAfter || isBefore);
    }

    std::string textOf(size_t begin, size_t end) const {
        std::string text;
        for (size_t i = begin; i < end; ++i) {
            text += m_pieces[i].text;
        }
        return text;
    }

    // Of a right-to-left line a mark follows what stands at its right, unless it stands at the
    // right end of a number.
    bool followsRight(size_t begin) const {
        return m_isRightToLeft && !(begin > 0 && m_pieces[begin - 1].joinsNext &&
                                    isDigit(lastOf(m_pieces[begin - 1].text)));
    }

    // What stands before a run of marks as it is read; a space where nothing touches it.
    char32_t letterBefore(size_t begin, size_t end) const {
        if (followsRight(begin)) {
            return end < m_pieces.size() && m_pieces[end - 1].joinsNext
                       ? firstOf(m_pieces[end].text)
                       : U' ';
        }
        return begin > 0 && m_pieces[begin - 1].joinsNext ? lastOf(m_pieces[begin - 1].text) : U' ';
    }

    void write(size_t begin, size_t end) {
        for (size_t i = begin; i < end; ++i) {
            m_scripts[i].isMark = true;
        }
        const std::string text = textOf(begin, end);
        const char32_t before = letterBefore(begin, end);
        if (m_levels[begin] == Level::kLowered) {
            if (isDigit(before) && isDigit(firstOf(text))) {
                m_scripts[begin].prefix = "_";
            }
        } else if (isFraction(begin, end)) {
            if (begin > 0 && isDigit(before)) {
                m_scripts[begin - 1].joinsNext = false;
            }
        } else {
            writeRaised(begin, end, text, before);
        }
        if (followsRight(begin) && !m_scripts[begin].prefix.empty()) {
            // Pieces are turned round, so what comes first is put last.
            std::swap(m_scripts[begin].prefix, m_scripts[end - 1].suffix);
            m_scripts[end - 1].joinsNext = false;
        }
    }

    void writeRaised(size_t begin, size_t end, const std::string& text, char32_t before) {
        const bool joinsNext = end < m_pieces.size() && m_pieces[end - 1].joinsNext;
        const bool isInWord =
            isLetter(before) && joinsNext && isLetter(firstOf(m_pieces[end].text));
        const bool isLabel = begin == 0 && !m_isRightToLeft;
        const bool isWord = isLetter(firstOf(text)) && isLetter(lastOf(text));
        const bool isLogo = text == "A" && (before == U'L' || isLabel);
        if (isLabel && text.size() > kMostLabelBytes) {
            return;
        }
        if (isLabel && !isLogo) {
            m_scripts[end - 1].joinsNext = false;
        }
        if (!hasMatter(text) || isLogo ||
            (isWord && (isInWord || isOrdinal(text) || (before == U' ' && !isLabel)))) {
            return;
        }
        m_scripts[begin].prefix = "^";
        if (before != U' ' && hasSpaceAmongLetters(begin, end)) {
            m_scripts[begin].prefix = "^(";
            m_scripts[end - 1].suffix = ")";
        }
    }

    // "n + 1" in an exponent; a list of notes "1, 2" stays as it is.
    bool hasSpaceAmongLetters(size_t begin, size_t end) const {
        bool hasSpace = false;
        for (size_t i = begin; i + 1 < end; ++i) {
            hasSpace |= !m_pieces[i].joinsNext && m_pieces[i].text.back() != ',';
        }
        return hasSpace;
    }

    // A raised number, a slash and a small one.
    bool isFraction(size_t begin, size_t end) const {
        return end + 1 < m_pieces.size() && m_levels[end] == Level::kLine &&
               isSlash(m_pieces[end].text) && m_pieces[end - 1].joinsNext &&
               m_pieces[end + 1].size <= kLargestMark * m_size &&
               isDigit(firstOf(m_pieces[begin].text)) && isDigit(firstOf(m_pieces[end + 1].text));
    }

    std::vector<LinePiece> m_pieces;
    const bool m_isRightToLeft;
    std::vector<Level> m_levels;
    std::vector<PieceScript> m_scripts;
    float m_size = 0;    // of the line's own letters
    float m_height = 0;  // of their baseline
};

}  // namespace

std::vector<PieceScript> scriptsOf(std::vector<LinePiece> pieces, bool isRightToLeft) {
    return ScriptFinder(std::move(pieces), isRightToLeft).run();
}

bool isMarkOf(const LinePiece& mark, const LinePiece& word, bool isLabel) {
    if (!isRaised(mark, word.size, mark.height - word.height)) {
        return false;
    }
    const float gap = isLabel ? word.begin - mark.end : mark.begin - word.end;
    return gap >= -kMostOverlap * word.size &&
           gap <= (isLabel ? kMostLabelGap : kMostGap) * word.size;
}

}  // namespace tl
