// SPDX-License-Identifier: Apache-2.0
#include "ingest/page/margin_numbers.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/page/block_shape.h"
#include "ingest/page/word_marks.h"

namespace tl {
namespace {

constexpr size_t kMaxDigits = 4;
constexpr size_t kLeastNumbers = 5;
constexpr int kMostStep = 10;        // each tenth line is counted
constexpr float kAlignSlack = 0.3F;  // in font sizes, as those below
constexpr float kLeastGap = 0.5F;    // between a number and its line
constexpr float kBaselineSlack = 0.35F;
constexpr float kMostLineStep = 3.5F;
constexpr float kStepSlack = 0.15F;  // of the usual step
// Shares of all.
constexpr float kInStep = 0.85F;     // numbers that count on from the one above
constexpr float kBeside = 0.4F;      // numbers with a line beside them; court papers number blanks
constexpr float kFilled = 0.85F;     // of the longest line's width
constexpr float kGoOn = 0.25F;       // lines that begin in lower case
constexpr float kLeastWords = 4.5F;  // in a line, on average

struct Number {
    uint32_t line = 0;
    int value = 0;
    PdfBox box;
    float baseline = 0;
    float fontSize = 0;
};

class MarginFinder {
public:
    explicit MarginFinder(PdfPage& page) : m_page(page) {}

    void run() {
        std::vector<Number> numbers = countedNumbers();
        if (numbers.size() >= kLeastNumbers && countsProse(numbers)) {
            m_page.hasLineNumbers = true;
            remove(numbers);
            joinLines();
        }
    }

private:
    std::optional<Number> numberOf(uint32_t index) const {
        const PageLine& line = m_page.lines[index];
        const PageWord& word = m_page.words[line.wordsBegin];
        const std::string_view text = m_page.wordText(word);
        if (line.turn != 0 || line.isApart || text.size() > kMaxDigits ||
            text.find_first_not_of("0123456789") != std::string_view::npos) {
            return {};
        }
        if (line.wordsEnd - line.wordsBegin > 1 &&
            m_page.words[line.wordsBegin + 1].box.left - word.box.right <
                kLeastGap * line.fontSize) {
            return {};
        }
        int value = 0;
        for (const char digit : text) {
            value = 10 * value + (digit - '0');
        }
        return Number{index, value, word.box, line.baseline, std::max(line.fontSize, 1.0F)};
    }

    // The largest set of numbers below each other that count on; from top to bottom.
    std::vector<Number> countedNumbers() const {
        std::vector<Number> all;
        for (uint32_t i = 0; i < m_page.lines.size(); ++i) {
            if (const std::optional<Number> number = numberOf(i)) {
                all.push_back(*number);
            }
        }
        if (all.size() < kLeastNumbers) {
            return {};
        }
        std::ranges::stable_sort(all, {}, &Number::baseline);
        // The leftmost column of numbers is the margin's.
        const auto leftmost =
            std::ranges::min_element(all, {}, [](const Number& number) { return number.box.left; });
        const Number margin = *leftmost;
        std::erase_if(all, [&](const Number& number) {
            const float slack = kAlignSlack * margin.fontSize;
            return std::abs(number.box.right - margin.box.right) > slack + margin.box.width() &&
                   std::abs(number.box.left - margin.box.left) > slack;
        });
        return all;
    }

    static bool isCount(const std::vector<Number>& numbers) {
        std::vector<int> steps;
        for (size_t i = 1; i < numbers.size(); ++i) {
            steps.push_back(numbers[i].value - numbers[i - 1].value);
        }
        std::vector<int> sorted = steps;
        std::ranges::sort(sorted);
        const int usual = sorted[sorted.size() / 2];
        const auto inStep = std::ranges::count(steps, usual);
        return usual >= 1 && usual <= kMostStep &&
               static_cast<float>(inStep) >= kInStep * static_cast<float>(steps.size());
    }

    bool countsProse(const std::vector<Number>& numbers) const {
        if (!isCount(numbers)) {
            return false;
        }
        std::vector<bool> isNumber(m_page.lines.size());
        float right = numbers[0].box.right;
        for (const Number& number : numbers) {
            isNumber[number.line] = true;
            right = std::max(right, number.box.right);
        }
        int lines = 0;
        int words = 0;
        int goOn = 0;
        int beside = 0;
        for (uint32_t i = 0; i < m_page.lines.size(); ++i) {
            const PageLine& line = m_page.lines[i];
            const uint32_t first = line.wordsBegin + (isNumber[i] ? 1 : 0);
            if (line.turn != 0 || line.isApart || first == line.wordsEnd ||
                line.baseline < numbers.front().baseline - line.fontSize ||
                line.baseline > numbers.back().baseline + line.fontSize) {
                continue;
            }
            if (m_page.words[first].box.left < right) {
                return false;  // the numbers stand within the text
            }
            ++lines;
            words += static_cast<int>(line.wordsEnd - first);
            goOn += beginsInLowerCase(m_page.wordText(m_page.words[first])) ? 1 : 0;
            beside += std::ranges::any_of(numbers,
                                          [&](const Number& number) {
                                              return std::abs(number.baseline - line.baseline) <=
                                                     kBaselineSlack *
                                                         std::max(line.fontSize, number.fontSize);
                                          })
                          ? 1
                          : 0;
        }
        const auto count = static_cast<float>(lines);
        return lines > 0 && isFilled(isNumber, numbers) &&
               static_cast<float>(words) >= kLeastWords * count &&
               static_cast<float>(goOn) >= kGoOn * count &&
               static_cast<float>(beside) >= kBeside * static_cast<float>(numbers.size());
    }

    // Lines of prose end where the column does, and in the midst of sentences; items of a list end
    // where they end.
    bool isFilled(const std::vector<bool>& isNumber, const std::vector<Number>& numbers) const {
        std::vector<float> rights;
        size_t open = 0;
        for (uint32_t i = 0; i < m_page.lines.size(); ++i) {
            const PageLine& line = m_page.lines[i];
            if (line.turn != 0 || line.isApart || (isNumber[i] && isAlone(line)) ||
                line.baseline < numbers.front().baseline - line.fontSize ||
                line.baseline > numbers.back().baseline + line.fontSize) {
                continue;
            }
            const std::string_view last = m_page.wordText(m_page.words[line.wordsEnd - 1]);
            open +=
                !endsSentence(last) && breaksOff(last) && last.back() != ',' && last.back() != ';'
                    ? 1
                    : 0;
            rights.push_back(line.box.right);
        }
        const float widest = *std::ranges::max_element(rights) - numbers[0].box.right;
        const auto filled = std::ranges::count_if(
            rights, [&](float right) { return right - numbers[0].box.right >= kFilled * widest; });
        return 2 * open >= rights.size() && 2 * static_cast<size_t>(filled) >= rights.size();
    }

    static bool isAlone(const PageLine& line) { return line.wordsEnd - line.wordsBegin == 1; }

    void remove(const std::vector<Number>& numbers) {
        const float size = usualSize(numbers);
        for (const Number& number : numbers) {
            PageLine& line = m_page.lines[number.line];
            ++line.wordsBegin;
            if (line.wordsBegin == line.wordsEnd) {
                continue;
            }
            line.box = m_page.words[line.wordsBegin].box;
            for (uint32_t i = line.wordsBegin + 1; i < line.wordsEnd; ++i) {
                grow(line.box, m_page.words[i].box);
            }
            line.fontSize = std::max(line.fontSize, size);
        }
        std::erase_if(m_page.lines,
                      [](const PageLine& line) { return line.wordsBegin == line.wordsEnd; });
    }

    // Of lines without a number in front, since that may be smaller than its line; 0 for none.
    float usualSize(const std::vector<Number>& numbers) const {
        std::vector<float> sizes;
        for (uint32_t i = 0; i < m_page.lines.size(); ++i) {
            const bool hasNumber = std::ranges::any_of(
                numbers, [i](const Number& number) { return number.line == i; });
            if (!hasNumber && m_page.lines[i].turn == 0 && !m_page.lines[i].isApart) {
                sizes.push_back(m_page.lines[i].fontSize);
            }
        }
        std::ranges::sort(sizes);
        return sizes.empty() ? 0 : sizes[sizes.size() / 2];
    }

    // Lines of one step below each other are one block.
    void joinLines() {
        std::vector<float> steps;
        for (size_t i = 1; i < m_page.lines.size(); ++i) {
            if (isBelow(m_page.lines[i - 1], m_page.lines[i])) {
                steps.push_back(m_page.lines[i].baseline - m_page.lines[i - 1].baseline);
            }
        }
        if (steps.empty()) {
            return;
        }
        std::ranges::sort(steps);
        const float usual = steps[steps.size() / 2];
        uint32_t block = 0;
        std::vector<uint32_t> blocks(1, 0);
        for (size_t i = 1; i < m_page.lines.size(); ++i) {
            const PageLine& above = m_page.lines[i - 1];
            const PageLine& line = m_page.lines[i];
            const float step = line.baseline - above.baseline;
            const bool isJoined =
                isBelow(above, line) && std::abs(step - usual) <= kStepSlack * usual;
            block += isJoined || line.block == above.block ? 0 : 1;
            blocks.push_back(block);
        }
        for (size_t i = 0; i < m_page.lines.size(); ++i) {
            m_page.lines[i].block = blocks[i];
        }
    }

    static bool isBelow(const PageLine& above, const PageLine& line) {
        const float step = line.baseline - above.baseline;
        return above.turn == 0 && line.turn == 0 && !above.isApart && !line.isApart && step > 0 &&
               step <= kMostLineStep * line.fontSize && above.box.left < line.box.right &&
               line.box.left < above.box.right;
    }

    PdfPage& m_page;
};

}  // namespace

void removeMarginNumbers(PdfPage& page) {
    MarginFinder(page).run();
}

}  // namespace tl
