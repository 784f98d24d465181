// SPDX-License-Identifier: Apache-2.0
#include "app/reason/reason_text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <string_view>
#include <vector>

#include "app/reason/reason_words.h"

namespace tl {

namespace {

constexpr size_t kMaxRanges = 12;  // of pages, in one line
constexpr size_t kMaxNumbers = 10;

enum class Form { kText, kKind };

std::string oneDecimal(double value, const char* unit) {
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.1f %s", value, unit);
    return text.data();
}

std::string timeText(int64_t milliseconds) {
    constexpr int64_t kPerSecond = 1000;
    return milliseconds % kPerSecond == 0
               ? std::to_string(milliseconds / kPerSecond) + " s"
               : oneDecimal(static_cast<double>(milliseconds) / kPerSecond, "s");
}

std::string memoryText(int64_t bytes) {
    constexpr int64_t kMebi = 1 << 20;
    constexpr int64_t kGibi = 1 << 30;
    return bytes < kGibi ? std::to_string(bytes / kMebi) + " MiB"
                         : oneDecimal(static_cast<double>(bytes) / kGibi, "GiB");
}

std::string numberText(int64_t number, std::string_view unit) {
    return unit == "bytes"    ? bytesText(number)
           : unit == "memory" ? memoryText(number)
           : unit == "time"   ? timeText(number)
                              : std::to_string(number);
}

std::string rangeText(int64_t first, int64_t last) {
    return first == last ? std::to_string(last)
                         : std::to_string(first) + " to " + std::to_string(last);
}

std::string firstPlaceText(const Reason& reason) {
    return reason.places.empty() ? std::string() : std::to_string(reason.places.front().first);
}

std::string behindText(const Reason& reason, Form form) {
    if (reason.because.empty()) {
        return {};
    }
    const Reason& behind = reason.because.front();
    return form == Form::kText ? reasonText(behind) : reasonKind(behind);
}

// What stands for a pair of braces; `isMissing` where the reason has nothing to put there.
std::string valueOf(std::string_view key, const Reason& reason, Form form, bool& isMissing) {
    const size_t colon = std::min(key.find(':'), key.size());
    const std::string_view unit = key.substr(std::min(colon + 1, key.size()));
    const std::string_view field = key.substr(0, colon);
    if (field == "count" || field == "limit") {
        const int64_t number = field == "count" ? reason.count : reason.limit;
        isMissing = number == 0;
        return numberText(number, unit);
    }
    std::string value = field == "name"     ? reason.name
                        : field == "detail" ? reason.detail
                        : field == "range"  ? rangeText(reason.count, reason.limit)
                        : field == "first"  ? firstPlaceText(reason)
                                            : behindText(reason, form);
    isMissing = value.empty();
    return value;
}

// The words with what the reason puts in; a value is never looked into for braces.
std::string filled(std::string_view words, const Reason& reason, Form form) {
    std::string text;
    size_t optionalAt = 0;  // where the stretch in brackets begins
    bool leavesOut = false;
    while (!words.empty()) {
        const char c = words.front();
        const size_t end = c == '{' ? words.find('}') + 1 : 1;
        if (c == '{') {
            bool isMissing = false;
            text += valueOf(words.substr(1, end - 2), reason, form, isMissing);
            leavesOut = leavesOut || isMissing;
        } else if (c == '[') {
            optionalAt = text.size();
            leavesOut = false;
        } else if (c == ']') {
            text.resize(leavesOut ? optionalAt : text.size());
        } else {
            text += c;
        }
        words.remove_prefix(end);
    }
    return text;
}

std::string_view placeName(PlaceKind kind) {
    constexpr std::array<std::string_view, 9> kNames{
        "", "page", "slide", "chapter", "message", "cell", "row", "line", "segment"};
    return kNames[static_cast<size_t>(kind)];
}

// "3-40, 42 and others (50 in all)"
std::string rangesText(const std::vector<PlaceRange>& places) {
    std::string text;
    const size_t shown = std::min(places.size(), kMaxRanges);
    for (size_t i = 0; i < shown; ++i) {
        const auto [first, last] = places[i];
        text += (i == 0 ? "" : ", ") + std::to_string(first);
        if (last > first) {
            text += (last == first + 1 ? ", " : "-") + std::to_string(last);
        }
    }
    if (shown < places.size()) {
        text += " and others (" + std::to_string(placeCount(places)) + " in all)";
    }
    return text;
}

// "4, 9 and 12", "1, 2, ... and 7 more"
std::string numbersText(const std::vector<PlaceRange>& places) {
    std::vector<int64_t> numbers;
    for (const PlaceRange& range : places) {
        for (int64_t i = range.first; i <= range.last && numbers.size() < kMaxNumbers; ++i) {
            numbers.push_back(i);
        }
    }
    const int64_t count = placeCount(places);
    std::string text;
    for (size_t i = 0; i < numbers.size(); ++i) {
        const bool isLast = static_cast<int64_t>(i) + 1 == count;
        text += i == 0 ? "" : isLast ? " and " : ", ";
        text += std::to_string(numbers[i]);
    }
    if (std::ssize(numbers) < count) {
        text += " and " + std::to_string(count - std::ssize(numbers)) + " more";
    }
    return text;
}

// "pages 3-40: ", "row 7: "; empty without places.
std::string placesText(const Reason& reason) {
    if (reason.places.empty()) {
        return {};
    }
    std::string text(placeName(reason.placeKind));
    text += placeCount(reason.places) == 1 ? " " : "s ";
    text += reason.placeKind == PlaceKind::kMessage ? numbersText(reason.places)
                                                    : rangesText(reason.places);
    return text + ": ";
}

}  // namespace

std::string reasonText(const Reason& reason) {
    const ReasonWords& words = wordsOf(reason.code);
    const bool hasRange = words.text.find("{range}") != std::string_view::npos;
    const bool isOne = (hasRange ? reason.limit : reason.count) == 1;
    const bool saysPlace = words.text.find("{first}") != std::string_view::npos;
    return (saysPlace ? "" : placesText(reason)) +
           filled(isOne && !words.textOfOne.empty() ? words.textOfOne : words.text,
                  reason,
                  Form::kText);
}

std::string reasonKind(const Reason& reason) {
    const ReasonWords& words = wordsOf(reason.code);
    return filled(words.kind.empty() ? words.text : words.kind, reason, Form::kKind);
}

Remark remarkOf(const Reason& reason) {
    return {std::string(wordsOf(reason.code).name), reasonKind(reason), reasonText(reason)};
}

std::vector<Remark> remarksOf(std::span<const Reason> reasons) {
    std::vector<Remark> remarks;
    remarks.reserve(reasons.size());
    for (const Reason& reason : reasons) {
        remarks.push_back(remarkOf(reason));
    }
    return remarks;
}

std::string bytesText(int64_t bytes) {
    if (bytes < 1024) {
        return std::to_string(bytes) + (bytes == 1 ? " byte" : " bytes");
    }
    const bool isKib = bytes < (1 << 20);
    const double value = static_cast<double>(bytes) / (isKib ? 1 << 10 : 1 << 20);
    return oneDecimal(value, isKib ? "KiB" : "MiB");
}

}  // namespace tl
