// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/pdf/word_copier.h"

#include <TextOutputDev.h>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "ingest/formats/pdf/line_scripts.h"
#include "ingest/formats/pdf/visual_order.h"
#include "ingest/page/block_shape.h"
#include "ingest/page/glyph_text.h"

namespace tl {
namespace {

constexpr char32_t kSoftHyphen = 0xAD;
constexpr Unicode kReplacement = 0xFFFD;
constexpr double kLevel = 0.5;  // points; Poppler too begins a word where baselines differ more
constexpr size_t kMostLoneLetters = 4;
constexpr size_t kMostComparisons = 4'000'000;  // of lines of a few letters with all others

class WordCopier {
public:
    explicit WordCopier(PdfPage& page) : m_page(page) {}

    void copy(const TextFlow* flows) {
        takeLines(flows);
        bringMarksHome();
        for (const Line& line : m_lines) {
            if (!line.words.empty()) {
                copyLine(line);
            }
        }
    }

private:
    struct Line {
        std::vector<const TextWord*> words;
        uint32_t block = 0;
    };

    void takeLines(const TextFlow* flows) {
        uint32_t number = 0;
        for (const TextFlow* flow = flows; flow != nullptr; flow = flow->getNext()) {
            for (const TextBlock* block = flow->getBlocks(); block != nullptr;
                 block = block->getNext()) {
                for (const TextLine* line = block->getLines(); line != nullptr;
                     line = line->getNext()) {
                    takeLine(*line, number);
                }
                ++number;
            }
        }
    }

    void takeLine(const TextLine& textLine, uint32_t block) {
        Line line;
        line.block = block;
        size_t letters = 0;
        for (const TextWord* word = textLine.getWords(); word != nullptr; word = word->getNext()) {
            if (word->getLength() > 0) {
                line.words.push_back(word);
                letters += static_cast<size_t>(word->getLength());
            }
        }
        if (!line.words.empty()) {
            if (letters <= kMostLoneLetters) {
                m_lone.push_back(m_lines.size());
            }
            m_lines.push_back(std::move(line));
        }
    }

    // Poppler gives a mark that is raised high a line of its own, above the one it belongs to.
    void bringMarksHome() {
        for (const size_t lone : m_lone) {
            if (m_lone.size() * m_lines.size() > kMostComparisons) {
                return;
            }
            std::vector<const TextWord*>& words = m_lines[lone].words;
            if (words.size() > 1) {
                continue;
            }
            const LinePiece mark = pieceOf(*words[0]);
            const int turn = words[0]->getRotation();
            for (Line& line : m_lines) {
                if (line.words.empty() || &line == &m_lines[lone] ||
                    line.words[0]->getRotation() != turn) {
                    continue;
                }
                const size_t place = placeOfMark(mark, line);
                if (place <= line.words.size()) {
                    line.words.insert(line.words.begin() + static_cast<std::ptrdiff_t>(place),
                                      words[0]);
                    words.clear();
                    break;
                }
            }
        }
    }

    // Where a line has room for a mark that belongs to it; more than its size for none.
    static size_t placeOfMark(const LinePiece& mark, const Line& line) {
        const size_t none = line.words.size() + 1;
        const TextWord& first = *line.words.front();
        if (std::abs(heightOf(first) - static_cast<double>(mark.height)) > first.getFontSize()) {
            return none;
        }
        if (isMarkOf(mark, shapeOf(first), /*isLabel=*/true)) {
            return 0;
        }
        for (size_t i = line.words.size(); i-- > 0;) {
            const LinePiece word = shapeOf(*line.words[i]);
            if (isMarkOf(mark, word, /*isLabel=*/false)) {
                const bool hasRoom =
                    i + 1 == line.words.size() ||
                    shapeOf(*line.words[i + 1]).begin > (mark.begin + mark.end) / 2;
                return hasRoom ? i + 1 : none;
            }
        }
        return none;
    }

    static bool isFormBox(const TextWord& word) {
        return word.getLength() == 1 && isBox(*word.getChar(0));
    }

    static double heightOf(const TextWord& word) {
        // Letters of a line that is turned by one or two quarters have their feet at the smaller
        // coordinate.
        const int turn = word.getRotation() & 3;
        return turn == 0 || turn == 3 ? -word.getBaseline() : word.getBaseline();
    }

    // The piece without its text.
    static LinePiece shapeOf(const TextWord& word) {
        LinePiece piece;
        piece.size = static_cast<float>(word.getFontSize());
        piece.height = static_cast<float>(heightOf(word));
        const double begin = word.getEdge(0);
        const double end = word.getEdge(word.getLength());
        piece.begin = static_cast<float>(std::min(begin, end));
        piece.end = static_cast<float>(std::max(begin, end));
        piece.joinsNext = !word.hasSpaceAfter();
        piece.isBox = isFormBox(word);
        return piece;
    }

    static LinePiece pieceOf(const TextWord& word) {
        LinePiece piece = shapeOf(word);
        for (int i = 0; i < word.getLength(); ++i) {
            appendGlyph(*word.getChar(i), piece.text);
        }
        return piece;
    }

    void copyLine(const Line& taken) {
        PageLine line;
        line.wordsBegin = static_cast<uint32_t>(m_page.words.size());
        line.block = taken.block;
        m_lineBegin = m_page.words.size();
        m_joins = false;
        m_isRightToLeft = hasRightToLeft(taken);
        const std::vector<PieceScript> scripts = marksOf(taken);
        for (size_t i = 0; i < taken.words.size(); ++i) {
            const TextWord& word = *taken.words[i];
            const bool isMark = !scripts.empty() && scripts[i].isMark;
            if (line.fontSize == 0 && (!isMark || i + 1 == taken.words.size())) {
                line.fontSize = static_cast<float>(word.getFontSize());
                line.baseline = static_cast<float>(word.getBaseline());
                line.turn = static_cast<uint8_t>(word.getRotation() & 3);
            }
            if (scripts.empty()) {
                const bool isApart = word.hasSpaceAfter() || isFormBox(word);
                copyWord(&word, {.joinsNext = !isApart});
            } else {
                copyWord(&word, scripts[i]);
            }
        }
        line.wordsEnd = static_cast<uint32_t>(m_page.words.size());
        if (line.wordsBegin == line.wordsEnd) {
            return;
        }
        if (m_isRightToLeft) {
            toReadingOrder(m_page, line);
        }
        line.box = unionOf(line);
        m_page.lines.push_back(line);
    }

    static bool hasRightToLeft(const Line& line) {
        for (const TextWord* word : line.words) {
            for (int i = 0; i < word->getLength(); ++i) {
                if (isRightToLeft(*word->getChar(i))) {
                    return true;
                }
            }
        }
        return false;
    }

    // Nothing where all words stand on one baseline, as nearly all lines' do.
    std::vector<PieceScript> marksOf(const Line& line) const {
        const double base = line.words[0]->getBaseline();
        if (std::all_of(line.words.begin(), line.words.end(), [&](const TextWord* word) {
                return std::abs(word->getBaseline() - base) < kLevel;
            })) {
            return {};
        }
        std::vector<LinePiece> pieces;
        for (const TextWord* word : line.words) {
            pieces.push_back(pieceOf(*word));
        }
        return scriptsOf(std::move(pieces), m_isRightToLeft);
    }

    PdfBox unionOf(const PageLine& line) const {
        PdfBox box = m_page.words[line.wordsBegin].box;
        for (uint32_t i = line.wordsBegin + 1; i < line.wordsEnd; ++i) {
            grow(box, m_page.words[i].box);
        }
        return box;
    }

    // A change of the font splits Poppler's words; such parts without a space are joined again.
    // Ideographs get a box each.
    void copyWord(const TextWord* textWord, const PieceScript& script) {
        double left = 0;
        double top = 0;
        double right = 0;
        double bottom = 0;
        textWord->getBBox(&left, &top, &right, &bottom);
        const int length = textWord->getLength();
        bool hasIdeographs = false;
        const auto begin = static_cast<uint32_t>(m_page.text.size());
        m_page.text += script.prefix;
        for (int i = 0; i < length; ++i) {
            const char32_t code = *textWord->getChar(i);
            hasIdeographs |= isIdeographic(code);
            appendCharacter(textWord, i, length);
        }
        m_page.text += script.suffix;
        if (m_page.text.size() != begin) {
            if (hasIdeographs && !m_isRightToLeft) {
                m_page.text.resize(begin);
                copyIdeographs(textWord, length);
            } else {
                addWord(begin, sane(left, top, right, bottom));
                m_page.words.back().isFormBox |= isFormBox(*textWord);
            }
        }
        finishWord(!script.joinsNext);
    }

    void finishWord(bool hasSpaceAfter) {
        m_joins = !hasSpaceAfter && !m_endsIdeograph;
        if (m_page.words.size() > m_lineBegin && hasSpaceAfter) {
            m_page.words.back().hasSpaceAfter = true;
        }
        m_endsIdeograph = false;
    }

    void addWord(uint32_t begin, const PdfBox& box) {
        const auto end = static_cast<uint32_t>(m_page.text.size());
        if (m_joins && m_page.words.size() > m_lineBegin) {
            PageWord& last = m_page.words.back();
            last.end = end;
            grow(last.box, box);
        } else {
            m_page.words.push_back({begin, end, false, box});
        }
        m_joins = true;
    }

    void copyIdeographs(const TextWord* textWord, int length) {
        for (int i = 0; i < length; ++i) {
            const bool stands = isIdeographic(*textWord->getChar(i));
            double left = 0;
            double top = 0;
            double right = 0;
            double bottom = 0;
            textWord->getCharBBox(i, &left, &top, &right, &bottom);
            const auto begin = static_cast<uint32_t>(m_page.text.size());
            appendCharacter(textWord, i, length);
            if (m_page.text.size() == begin) {
                continue;
            }
            m_joins = m_joins && !stands && !m_endsIdeograph;
            addWord(begin, sane(left, top, right, bottom));
            m_endsIdeograph = stands;
        }
    }

    void appendCharacter(const TextWord* word, int index, int length) {
        const char32_t code = *word->getChar(index);
        if (code == kSoftHyphen) {
            // Many producers draw every hyphen as a soft one; those without a width are not drawn.
            const bool isDrawn = std::abs(word->getEdge(index + 1) - word->getEdge(index)) > 0.01;
            if (isDrawn) {
                appendUtf8(index + 1 == length ? kSoftHyphen : U'-', m_page.text);
            }
            return;
        }
        // A run of unknown characters in a word is one gap.
        if (code == kReplacement && index > 0 && *word->getChar(index - 1) == kReplacement) {
            return;
        }
        if (m_isRightToLeft && isRightToLeft(code)) {
            appendUtf8(code, m_page.text);  // toReadingOrder() takes ligatures apart
        } else {
            appendGlyph(code, m_page.text);
        }
    }

    // Coordinates in a broken file may be anything.
    static PdfBox sane(double left, double top, double right, double bottom) {
        const auto coordinate = [](double value) {
            constexpr double kMost = 1e6;
            return static_cast<float>(std::isfinite(value) ? std::clamp(value, -kMost, kMost) : 0);
        };
        return {coordinate(std::min(left, right)),
                coordinate(std::min(top, bottom)),
                coordinate(std::max(left, right)),
                coordinate(std::max(top, bottom))};
    }

    PdfPage& m_page;
    std::vector<Line> m_lines;
    std::vector<size_t> m_lone;  // lines of a few letters
    size_t m_lineBegin = 0;      // the line's first word
    bool m_joins = false;        // the next letters belong to the last word
    bool m_endsIdeograph = false;
    bool m_isRightToLeft = false;  // the line has letters of such a script
};

}  // namespace

void copyWords(const TextFlow* flows, PdfPage& page) {
    WordCopier(page).copy(flows);
}

}  // namespace tl
