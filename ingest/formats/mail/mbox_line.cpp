// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/mail/mbox_line.h"

#include <algorithm>
#include <array>

namespace tl {
namespace {

constexpr size_t kLongestLine = 1000;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool hasMonth(std::string_view line) {
    constexpr std::array<std::string_view, 12> kMonths{" Jan ",
                                                       " Feb ",
                                                       " Mar ",
                                                       " Apr ",
                                                       " May ",
                                                       " Jun ",
                                                       " Jul ",
                                                       " Aug ",
                                                       " Sep ",
                                                       " Oct ",
                                                       " Nov ",
                                                       " Dec "};
    return std::any_of(kMonths.begin(), kMonths.end(), [&](std::string_view month) {
        return line.find(month) != std::string_view::npos;
    });
}

// "9:05" or "09:05".
bool hasTime(std::string_view line) {
    for (size_t colon = line.find(':'); colon != std::string_view::npos;
         colon = line.find(':', colon + 1)) {
        if (colon > 0 && isDigit(line[colon - 1]) && colon + 2 < line.size() &&
            isDigit(line[colon + 1]) && isDigit(line[colon + 2])) {
            return true;
        }
    }
    return false;
}

bool hasYear(std::string_view line) {
    size_t digits = 0;
    for (const char c : line) {
        digits = isDigit(c) ? digits + 1 : 0;
        if (digits == 4) {
            return true;
        }
    }
    return false;
}

}  // namespace

std::string_view headerFieldName(std::string_view line) {
    // As RFC 5322 has it: printable ASCII but the colon.
    const auto isName = [](char c) { return c > ' ' && c < 0x7F && c != ':'; };
    size_t end = 0;
    while (end < line.size() && isName(line[end])) {
        ++end;
    }
    return end < line.size() && line[end] == ':' ? line.substr(0, end) : std::string_view();
}

bool startsWithMboxLine(std::string_view rest) {
    if (!rest.starts_with("From ")) {
        return false;
    }
    const size_t end = rest.substr(0, kLongestLine).find('\n');
    if (end == std::string_view::npos) {
        return false;
    }
    const std::string_view line = rest.substr(0, end);
    if (!hasMonth(line) || !hasTime(line) || !hasYear(line)) {
        return false;
    }
    const std::string_view next = rest.substr(end + 1);
    return !headerFieldName(next.substr(0, kLongestLine)).empty() || next.starts_with(">From ");
}

}  // namespace tl
