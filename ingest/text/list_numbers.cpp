// SPDX-License-Identifier: Apache-2.0
#include "ingest/text/list_numbers.h"

#include <algorithm>

namespace tl {
namespace {

std::string letters(int value) {
    constexpr int kLetters = 26;
    constexpr int kMost = 10 * kLetters;
    if (value < 1 || value > kMost) {
        return std::to_string(value);
    }
    std::string text;
    for (int left = value; left > 0; left -= kLetters) {
        text += static_cast<char>('a' + (value - 1) % kLetters);
    }
    return text;
}

std::string roman(int value) {
    constexpr int kMost = 3999;
    if (value < 1 || value > kMost) {
        return std::to_string(value);
    }
    struct Step {
        int value;
        const char* sign;
    };
    constexpr Step kSteps[] = {{1000, "m"},
                               {900, "cm"},
                               {500, "d"},
                               {400, "cd"},
                               {100, "c"},
                               {90, "xc"},
                               {50, "l"},
                               {40, "xl"},
                               {10, "x"},
                               {9, "ix"},
                               {5, "v"},
                               {4, "iv"},
                               {1, "i"}};
    std::string text;
    for (const Step& step : kSteps) {
        for (; value >= step.value; value -= step.value) {
            text += step.sign;
        }
    }
    return text;
}

std::string inCapitals(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return text;
}

}  // namespace

std::string listNumber(int value, NumberStyle style) {
    switch (style) {
        case NumberStyle::kZeroPadded:
            return std::string(value >= 0 && value < 10 ? "0" : "").append(std::to_string(value));
        case NumberStyle::kLowerLetter:
            return letters(value);
        case NumberStyle::kUpperLetter:
            return inCapitals(letters(value));
        case NumberStyle::kLowerRoman:
            return roman(value);
        case NumberStyle::kUpperRoman:
            return inCapitals(roman(value));
        case NumberStyle::kDecimal:
            break;
    }
    return std::to_string(value);
}

}  // namespace tl
