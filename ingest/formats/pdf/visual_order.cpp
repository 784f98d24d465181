// SPDX-License-Identifier: Apache-2.0
// ICU's bidirectional algorithm turns text that is read into text that is seen; run over what is
// seen, it gives back what is read. Ligatures are taken apart only after that, since their letters
// stand in reading order.
#include "ingest/formats/pdf/visual_order.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unicode/ubidi.h>
#include <unicode/uchar.h>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "ingest/page/block_shape.h"
#include "ingest/page/glyph_text.h"

namespace tl {
namespace {

constexpr size_t kSpace = static_cast<size_t>(-1);  // belongs to no word

struct Letter {
    char32_t code = 0;
    size_t word = kSpace;  // of the line, from 0
    bool isTurned = false;
};

bool isDigit(char32_t code) {
    return u_isdigit(static_cast<UChar32>(code)) != 0;
}

bool isMark(char32_t code) {
    return u_getCombiningClass(static_cast<UChar32>(code)) != 0;
}

class LineTurner {
public:
    LineTurner(PdfPage& page, const PageLine& line) : m_page(page), m_line(line) {}

    void run() {
        takeLetters();
        if (order()) {
            mirrorBrackets();
            putMarksBehind();
            writeBack();
        }
    }

private:
    void takeLetters() {
        for (uint32_t i = m_line.wordsBegin; i < m_line.wordsEnd; ++i) {
            if (i > m_line.wordsBegin) {
                m_letters.push_back({U' '});
            }
            std::string_view text = m_page.wordText(m_page.words[i]);
            while (!text.empty()) {
                const Utf8Char letter = decodeUtf8(text);
                text.remove_prefix(letter.length);
                m_letters.push_back({letter.code, i - m_line.wordsBegin});
            }
        }
    }

    // Numbers say nothing of a line's direction.
    bool isRightToLeftLine() const {
        int64_t balance = 0;
        for (const Letter& letter : m_letters) {
            if (isRightToLeft(letter.code)) {
                ++balance;
            } else if (u_isalpha(static_cast<UChar32>(letter.code)) != 0) {
                --balance;
            }
        }
        return balance >= 0;
    }

    // What the algorithm is shown in place of a letter: the same for all letters of one kind, so
    // that each is one UTF-16 unit. What stands between two digits is a digit: dates stay as
    // printed.
    UChar kindOf(size_t at) const {
        const char32_t code = m_letters[at].code;
        const bool isWithinNumber =
            at > 0 && at + 1 < m_letters.size() && isDigit(m_letters[at - 1].code) &&
            isDigit(m_letters[at + 1].code) &&
            std::u32string_view(U".,:/-^").find(code) != std::u32string_view::npos;
        if (isWithinNumber) {
            return u'0';
        }
        if (code < 0xD800) {
            return static_cast<UChar>(code);
        }
        return isRightToLeft(code) ? u'\u05D0' : u'\uFFFD';
    }

    bool order() {
        std::vector<UChar> kinds;
        for (size_t i = 0; i < m_letters.size(); ++i) {
            kinds.push_back(kindOf(i));
        }
        const std::unique_ptr<UBiDi, decltype(&ubidi_close)> bidi(ubidi_open(), ubidi_close);
        UErrorCode status = U_ZERO_ERROR;
        const auto count = static_cast<int32_t>(kinds.size());
        std::vector<int32_t> places(kinds.size());
        ubidi_setReorderingMode(bidi.get(), UBIDI_REORDER_INVERSE_LIKE_DIRECT);
        ubidi_setPara(
            bidi.get(), kinds.data(), count, isRightToLeftLine() ? 1 : 0, nullptr, &status);
        ubidi_getVisualMap(bidi.get(), places.data(), &status);
        if (U_FAILURE(status) != 0) {
            return false;
        }
        std::vector<Letter> ordered;
        for (const int32_t place : places) {
            Letter letter = m_letters[static_cast<size_t>(place)];
            letter.isTurned = (ubidi_getLevelAt(bidi.get(), place) & 1U) != 0;
            ordered.push_back(letter);
        }
        m_letters = std::move(ordered);
        return true;
    }

    // Some producers name the bracket that is drawn, others the one that is meant. What gives pairs
    // is right.
    void mirrorBrackets() {
        std::vector<Letter> mirrored = m_letters;
        for (Letter& letter : mirrored) {
            if (letter.isTurned) {
                letter.code =
                    static_cast<char32_t>(u_charMirror(static_cast<UChar32>(letter.code)));
            }
        }
        if (unpaired(mirrored) < unpaired(m_letters)) {
            m_letters = std::move(mirrored);
        }
    }

    static int unpaired(const std::vector<Letter>& letters) {
        constexpr std::u32string_view kOpening = U"([{\u00AB";
        constexpr std::u32string_view kClosing = U")]}\u00BB";
        int open = 0;
        int count = 0;
        for (const Letter& letter : letters) {
            if (kOpening.find(letter.code) != std::u32string_view::npos) {
                ++open;
            } else if (kClosing.find(letter.code) != std::u32string_view::npos) {
                count += open == 0 ? 1 : 0;
                open -= open == 0 ? 0 : 1;
            }
        }
        return count + open;
    }

    // A word cannot begin with an accent: where it does, each stands before its letter.
    void putMarksBehind() {
        for (size_t begin = 0; begin < m_letters.size();) {
            size_t end = begin;
            while (end < m_letters.size() && m_letters[end].word != kSpace) {
                ++end;
            }
            if (begin < end && isMark(m_letters[begin].code)) {
                putMarksBehind(begin, end);
            }
            begin = end + 1;
        }
    }

    void putMarksBehind(size_t begin, size_t end) {
        size_t first = begin;  // of the marks before the next letter
        for (size_t i = begin; i < end; ++i) {
            if (!isMark(m_letters[i].code)) {
                const auto at = m_letters.begin() + static_cast<std::ptrdiff_t>(first);
                std::rotate(at,
                            at + static_cast<std::ptrdiff_t>(i - first),
                            at + static_cast<std::ptrdiff_t>(i - first + 1));
                first = i + 1;
            }
        }
    }

    // There are as many spaces as before, so as many words.
    void writeBack() {
        const std::vector<PageWord> seen(m_page.words.begin() + m_line.wordsBegin,
                                         m_page.words.begin() + m_line.wordsEnd);
        const uint32_t begin = seen.front().begin;
        std::string text;
        size_t at = 0;
        for (size_t i = 0; i < seen.size(); ++i, ++at) {
            PageWord& word = m_page.words[m_line.wordsBegin + i];
            word.box = seen[at < m_letters.size() ? m_letters[at].word : i].box;
            word.begin = begin + static_cast<uint32_t>(text.size());
            for (; at < m_letters.size() && m_letters[at].word != kSpace; ++at) {
                appendGlyph(m_letters[at].code, text);
                grow(word.box, seen[m_letters[at].word].box);
            }
            word.end = begin + static_cast<uint32_t>(text.size());
            word.hasSpaceAfter = i + 1 < seen.size();
        }
        m_page.text.replace(begin, std::string::npos, text);
    }

    PdfPage& m_page;
    const PageLine& m_line;
    std::vector<Letter> m_letters;
};

}  // namespace

void toReadingOrder(PdfPage& page, const PageLine& line) {
    LineTurner(page, line).run();
}

}  // namespace tl
