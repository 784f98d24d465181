// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/sheet/cell_values.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <unordered_map>

#include "base/ascii.h"
#include "ingest/xml/xml_tree.h"

namespace tl {
namespace {

constexpr int64_t kSecondsOfDay = 86'400;

// Numbers of formats that are not written down, ECMA-376 part 1, 18.8.30.
NumberFormat builtInFormat(int number) {
    if (number == 9 || number == 10) {
        return NumberFormat::kPercent;
    }
    if (number == 22) {
        return NumberFormat::kDateTime;
    }
    if ((number >= 14 && number <= 17) || (number >= 27 && number <= 31) || number == 36 ||
        (number >= 50 && number <= 58)) {
        return NumberFormat::kDate;
    }
    const bool isTime = (number >= 18 && number <= 21) || (number >= 32 && number <= 35) ||
                        (number >= 45 && number <= 47);
    return isTime ? NumberFormat::kTime : NumberFormat::kPlain;
}

// The letters of a format's code, without quoted words, colours and locales in brackets, and
// escaped characters; [h] counts hours on and so is a time.
std::string codeLetters(std::string_view code) {
    std::string letters;
    code = code.substr(0, code.find(';'));
    for (size_t i = 0; i < code.size(); ++i) {
        if (code[i] == '"') {
            i = std::min(code.find('"', i + 1), code.size());
        } else if (code[i] == '\\' || code[i] == '_' || code[i] == '*') {
            ++i;
        } else if (code[i] == '[') {
            const size_t end = std::min(code.find(']', i), code.size());
            const std::string inside = asciiLower(code.substr(i + 1, end - i - 1));
            letters += inside == "h" || inside == "hh" ? "h" : "";
            i = end;
        } else {
            letters += asciiLower(code.substr(i, 1));
        }
    }
    return letters;
}

std::string dateText(double days, NumberFormat format, bool from1904) {
    constexpr double kMostDays = 2'958'466;  // the year 9999
    if (!std::isfinite(days) || days < 0 || days > kMostDays) {
        return {};
    }
    const auto all = static_cast<int64_t>(std::llround(days * static_cast<double>(kSecondsOfDay)));
    const int64_t seconds = all % kSecondsOfDay;
    std::array<char, 40> text{};
    if (format == NumberFormat::kTime) {
        std::snprintf(text.data(),
                      text.size(),
                      "%02d:%02d:%02d",
                      static_cast<int>(all / 3600),
                      static_cast<int>(seconds / 60 % 60),
                      static_cast<int>(seconds % 60));
        return text.data();
    }
    // Day 60 is the 29th of February 1900, which there was not.
    int64_t day = all / kSecondsOfDay;
    day += from1904 || day >= 60 ? 0 : 1;
    using std::chrono::sys_days;
    const sys_days zero = from1904 ? sys_days(std::chrono::year(1904) / 1 / 1)
                                   : sys_days(std::chrono::year(1899) / 12 / 30);
    const std::chrono::year_month_day date(zero + std::chrono::days(day));
    const int size = std::snprintf(text.data(),
                                   text.size(),
                                   "%04d-%02u-%02u",
                                   static_cast<int>(date.year()),
                                   static_cast<unsigned>(date.month()),
                                   static_cast<unsigned>(date.day()));
    std::string result(text.data(), static_cast<size_t>(size));
    if (format == NumberFormat::kDateTime && seconds != 0) {
        std::snprintf(text.data(),
                      text.size(),
                      " %02d:%02d",
                      static_cast<int>(seconds / 3600),
                      static_cast<int>(seconds / 60 % 60));
        result += text.data();
    }
    return result;
}

// As programs show it: 15 digits, so that sums have no tail of rounding.
std::string plainNumber(double value) {
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%.15g", value);
    return text.data();
}

}  // namespace

NumberFormat formatOfCode(std::string_view code) {
    const std::string letters = codeLetters(code);
    if (letters.find('%') != std::string::npos) {
        return NumberFormat::kPercent;
    }
    if (letters == "general" || letters.find_first_of("0#?@") != std::string::npos) {
        // "mm:ss.0" has a digit and is a time all the same.
        if (letters.find("ss") == std::string::npos) {
            return NumberFormat::kPlain;
        }
    }
    const bool hasTime = letters.find_first_of("hs") != std::string::npos;
    const bool hasDay = letters.find_first_of("yd") != std::string::npos;
    const bool hasMonth = letters.find('m') != std::string::npos && !hasTime;
    return hasDay && hasTime    ? NumberFormat::kDateTime
           : hasDay || hasMonth ? NumberFormat::kDate
           : hasTime            ? NumberFormat::kTime
                                : NumberFormat::kPlain;
}

std::vector<NumberFormat> numberFormats(pugi::xml_node styleSheet) {
    std::unordered_map<int, NumberFormat> own;
    for (const pugi::xml_node format : childOf(styleSheet, "numFmts").children()) {
        own.emplace(intAttributeOf(format, "numFmtId", 0),
                    formatOfCode(attributeOf(format, "formatCode")));
    }
    std::vector<NumberFormat> formats;
    for (const pugi::xml_node style : childOf(styleSheet, "cellXfs").children()) {
        const int number = intAttributeOf(style, "numFmtId", 0);
        const auto at = own.find(number);
        formats.push_back(at != own.end() ? at->second : builtInFormat(number));
    }
    return formats;
}

std::string numberText(std::string_view stored, NumberFormat format, bool from1904) {
    double value = 0;
    const char* end = stored.data() + stored.size();
    const auto [stop, failure] = std::from_chars(stored.data(), end, value);
    if (failure != std::errc() || stop != end) {
        return std::string(stored);
    }
    if (format == NumberFormat::kPercent) {
        return plainNumber(value * 100) + " %";
    }
    if (format != NumberFormat::kPlain) {
        if (std::string date = dateText(value, format, from1904); !date.empty()) {
            return date;
        }
    }
    return plainNumber(value);
}

int columnOf(std::string_view reference) {
    constexpr int kMostColumns = 16'384;
    int column = 0;
    for (const char c : reference) {
        if (c < 'A' || c > 'Z' || column > kMostColumns) {
            break;
        }
        column = column * 26 + (c - 'A' + 1);
    }
    return column > kMostColumns ? -1 : column - 1;
}

}  // namespace tl
