// SPDX-License-Identifier: Apache-2.0
// Phones write dates as their country does, and say nowhere how. So the date of a message is taken
// apart into three numbers, and the whole chat tells which is the day: one of them is above 12.
#include "ingest/formats/transcript/chat_lines.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "ingest/text/text_lines.h"

namespace tl {
namespace {

constexpr size_t kSample = size_t{1} << 16;

struct ChatHead {
    std::array<int, 3> date{};  // in the order in which they are written
    char separator = '/';
    bool isYearFirst = false;
    int hour = 0;
    int minute = 0;
    bool hasHalf = false;      // of the day: AM, PM
    std::string_view written;  // date and time as they stand
    std::string_view writer;   // empty: the program itself tells something
};

void skipAny(std::string_view& text, std::initializer_list<std::string_view> pieces) {
    for (bool isOn = true; isOn;) {
        isOn = false;
        for (const std::string_view piece : pieces) {
            if (text.starts_with(piece)) {
                text.remove_prefix(piece.size());
                isOn = true;
            }
        }
    }
}

// Marks of direction, which WhatsApp puts in front of dates and attachments.
void skipMarks(std::string_view& text) {
    skipAny(text, {"\xE2\x80\x8E", "\xE2\x80\x8F", "\xE2\x80\xAA", "\xE2\x80\xAC", "\xEF\xBB\xBF"});
}

// Space, no-break and narrow no-break space.
void skipSpaces(std::string_view& text) {
    skipAny(text, {" ", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x8E"});
}

std::optional<int> takeInt(std::string_view& text, size_t most) {
    size_t count = 0;
    int value = 0;
    while (count < text.size() && isAsciiDigit(text[count])) {
        value = count < 5 ? value * 10 + (text[count] - '0') : value;
        ++count;
    }
    if (count == 0 || count > most) {
        return std::nullopt;
    }
    text.remove_prefix(count);
    return value;
}

// "12/03/2024", "3.12.24", "2024-03-12", "2024. 3. 12.".
bool takeDate(std::string_view& text, ChatHead& head) {
    for (size_t i = 0; i < head.date.size(); ++i) {
        const size_t before = text.size();
        const auto number = takeInt(text, 4);
        if (!number) {
            return false;
        }
        head.date[i] = *number;
        head.isYearFirst = head.isYearFirst || (i == 0 && before - text.size() == 4);
        if (i == 2) {
            break;
        }
        if (text.empty() || std::string_view("/.-").find(text[0]) == std::string_view::npos ||
            (i > 0 && text[0] != head.separator)) {
            return false;
        }
        head.separator = text[0];
        text.remove_prefix(1);
        skipSpaces(text);
    }
    text.remove_prefix(head.separator == '.' && text.starts_with('.') ? 1 : 0);
    return true;
}

// Half of the day in the words of the languages whose phones have a clock of 12 hours.
struct DayHalf {
    std::string_view word;
    bool isAfternoon;
};
constexpr std::array<DayHalf, 13> kDayHalves{{{"a.m.", false},
                                              {"p.m.", true},
                                              {"a. m.", false},
                                              {"p. m.", true},
                                              {"am", false},
                                              {"pm", true},
                                              {"\xEC\x98\xA4\xEC\xA0\x84", false},
                                              {"\xEC\x98\xA4\xED\x9B\x84", true},
                                              {"\xE4\xB8\x8A\xE5\x8D\x88", false},
                                              {"\xE4\xB8\x8B\xE5\x8D\x88", true},
                                              {"\xE5\x8D\x88\xE5\x89\x8D", false},
                                              {"\xE5\x8D\x88\xE5\xBE\x8C", true},
                                              {"\xD9\x85", true}}};

std::optional<bool> takeDayHalf(std::string_view& text) {
    std::string_view rest = text;
    skipSpaces(rest);
    const std::string lower = asciiLower(rest.substr(0, 16));
    const std::string_view start = lower;
    for (const DayHalf& half : kDayHalves) {
        // Spanish phones write a no-break space within "a. m.".
        if (half.word.size() == 5 && half.word[2] == ' ' && start.size() > 6 &&
            start.starts_with(half.word.substr(0, 2)) &&
            start.substr(2).starts_with("\xC2\xA0m.")) {
            text = rest.substr(6);
            return half.isAfternoon;
        }
        if (start.starts_with(half.word)) {
            text = rest.substr(half.word.size());
            return half.isAfternoon;
        }
    }
    return std::nullopt;
}

// "9:14", "09:14:05", "9.14 PM"; the half of the day may come first.
bool takeTime(std::string_view& text, ChatHead& head, bool& hasSeconds) {
    std::optional<bool> half = takeDayHalf(text);
    skipSpaces(text);
    const auto hour = takeInt(text, 2);
    if (!hour || *hour > 24 || text.empty() || (text[0] != ':' && text[0] != '.')) {
        return false;
    }
    const char separator = text[0];
    text.remove_prefix(1);
    const auto minute = takeInt(text, 2);
    if (!minute || *minute > 59) {
        return false;
    }
    if (text.size() > 1 && text[0] == separator && isAsciiDigit(text[1])) {
        text.remove_prefix(1);
        hasSeconds = takeInt(text, 2).has_value();
    }
    half = half ? half : takeDayHalf(text);
    head.hasHalf = half.has_value();
    head.hour = half ? *hour % 12 + (*half ? 12 : 0) : *hour % 24;
    head.minute = *minute;
    return true;
}

// What stands between date and time: a comma, a space, or a word for "at".
bool takeBetween(std::string_view& text, bool& hasComma) {
    hasComma = text.starts_with(',');
    text.remove_prefix(hasComma ? 1 : 0);
    const size_t before = text.size();
    skipSpaces(text);
    for (const std::string_view word :
         {"at ", "um ", "kl. ", "klo ", "\xC3\xA0 ", "o ", "pukul "}) {
        if (text.starts_with(word)) {
            text.remove_prefix(word.size());
        }
    }
    return hasComma || text.size() < before;
}

// Logs look like chats whose members are called "INFO" and "ERROR".
bool isLogLevel(std::string_view writer) {
    constexpr std::array<std::string_view, 10> kLevels{"critical",
                                                       "debug",
                                                       "error",
                                                       "fatal",
                                                       "info",
                                                       "notice",
                                                       "severe",
                                                       "trace",
                                                       "warn",
                                                       "warning"};
    const std::string lower = asciiLower(writer);
    std::string_view rest = lower;
    while (!rest.empty()) {
        const size_t end = std::min(rest.find_first_of(" .[]()-_/<>"), rest.size());
        if (std::find(kLevels.begin(), kLevels.end(), rest.substr(0, end)) != kLevels.end()) {
            return true;
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}

// "Mara Lind: words" after the head; a number or any name that people give themselves counts.
std::string_view takeWriter(std::string_view rest) {
    constexpr size_t kLongest = 100;
    const size_t colon = rest.substr(0, kLongest).find(':');
    if (colon == std::string_view::npos || colon == 0 ||
        (colon + 1 < rest.size() && rest[colon + 1] != ' ')) {
        return {};
    }
    std::string_view writer = trimmed(rest.substr(0, colon));
    skipMarks(writer);
    const bool isSentence = std::count(writer.begin(), writer.end(), ' ') > 6 ||
                            writer.find('"') != std::string_view::npos;
    return isSentence || isLogLevel(writer) ? std::string_view() : writer;
}

std::optional<ChatHead> matchHead(std::string_view line) {
    ChatHead head;
    std::string_view rest = line;
    skipMarks(rest);
    const bool isBracketed = rest.starts_with('[');
    rest.remove_prefix(isBracketed ? 1 : 0);
    const char* begin = rest.data();
    bool hasComma = false;
    bool hasSeconds = false;
    if (!takeDate(rest, head) || !takeBetween(rest, hasComma) ||
        !takeTime(rest, head, hasSeconds)) {
        return std::nullopt;
    }
    if (rest.starts_with(" Uhr")) {
        rest.remove_prefix(4);
    }
    head.written = {begin, static_cast<size_t>(rest.data() - begin)};
    skipSpaces(rest);
    if (isBracketed) {
        // "[2024-03-12 09:14:05] ..." is how logs start.
        const bool isLog = head.isYearFirst && !hasComma && hasSeconds && !head.hasHalf;
        if (!rest.starts_with(']') || isLog) {
            return std::nullopt;
        }
        rest.remove_prefix(1);
    } else if ((rest.starts_with("- ") && !hasSeconds) ||
               (rest.starts_with(", ") && head.isYearFirst)) {  // the comma is Korean phones'
        rest.remove_prefix(2);
    } else if (rest.starts_with("\xE2\x80\x93 ")) {
        rest.remove_prefix(4);
    } else {
        return std::nullopt;
    }
    skipSpaces(rest);
    skipMarks(rest);
    head.writer = takeWriter(rest);
    return head;
}

// Which of the three numbers is the day and which the month.
enum class DateOrder { kYearMonthDay, kDayMonthYear, kMonthDayYear, kUnknown };

DateOrder orderOf(const std::vector<std::optional<ChatHead>>& heads) {
    bool isFirstDay = false;
    bool isSecondDay = false;
    bool hasDots = false;
    for (const auto& head : heads) {
        if (!head) {
            continue;
        }
        if (head->isYearFirst) {
            return DateOrder::kYearMonthDay;
        }
        isFirstDay = isFirstDay || head->date[0] > 12;
        isSecondDay = isSecondDay || head->date[1] > 12;
        hasDots = hasDots || head->separator == '.';
    }
    if (isFirstDay != isSecondDay) {
        return isFirstDay ? DateOrder::kDayMonthYear : DateOrder::kMonthDayYear;
    }
    // With points between them nobody puts the month first.
    return hasDots ? DateOrder::kDayMonthYear : DateOrder::kUnknown;
}

std::string isoDate(const ChatHead& head, DateOrder order) {
    const auto& [first, second, third] = head.date;
    int year = third;
    int month = second;
    int day = first;
    if (order == DateOrder::kUnknown) {
        return std::string(head.written);
    }
    if (order == DateOrder::kYearMonthDay) {
        year = first;
        day = third;
    } else if (order == DateOrder::kMonthDayYear) {
        month = first;
        day = second;
    }
    year += year < 100 ? 2000 : 0;
    if (month < 1 || month > 12 || day < 1 || day > 31) {
        return std::string(head.written);
    }
    std::array<char, 40> text{};
    std::snprintf(text.data(),
                  text.size(),
                  "%04d-%02d-%02dT%02d:%02d",
                  year,
                  month,
                  day,
                  head.hour,
                  head.minute);
    return text.data();
}

}  // namespace

bool looksLikeChat(std::string_view text) {
    size_t heads = 0;
    size_t written = 0;
    size_t lines = 0;
    for (const TextLine& line : splitLines(text.substr(0, kSample))) {
        if (trimmed(line.text).empty()) {
            continue;
        }
        ++lines;
        if (const auto head = matchHead(line.text)) {
            ++heads;
            written += head->writer.empty() ? 0 : 1;
        } else if (heads == 0 && lines > 3) {
            return false;
        }
    }
    return written >= 2 && written * 2 >= heads && heads * 5 >= lines;
}

Extract readChat(std::string_view text) {
    Extract extract;
    extract.kind = DocumentKind::kTranscript;
    extract.text = std::string(text);
    const std::vector<TextLine> lines = splitLines(text);
    std::vector<std::optional<ChatHead>> heads;
    heads.reserve(lines.size());
    for (const TextLine& line : lines) {
        heads.push_back(matchHead(line.text));
    }
    const DateOrder order = orderOf(heads);
    for (size_t i = 0; i < lines.size(); ++i) {
        const auto end = lines[i].begin + static_cast<int64_t>(lines[i].text.size());
        if (heads[i]) {
            Unit unit;
            unit.kind = UnitKind::kCue;
            unit.begin = lines[i].begin;
            unit.number = static_cast<int64_t>(extract.units.size()) + 1;
            unit.label = cleanText(heads[i]->writer);
            unit.date = cleanText(isoDate(*heads[i], order));
            unit.beginMs = unit.endMs = kNoTimeMs;
            extract.units.push_back(std::move(unit));
        }
        if (!extract.units.empty() && !trimmed(lines[i].text).empty()) {
            extract.units.back().end = end;
        }
    }
    if (order == DateOrder::kUnknown && !extract.units.empty()) {
        extract.notes.push_back({ReasonCode::kDatesAsWritten});
    }
    return extract;
}

}  // namespace tl
