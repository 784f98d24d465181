// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/mail/mbox_line.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace tl {
namespace {

constexpr size_t kLongestLine = 1000;

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
        if (colon > 0 && isAsciiDigit(line[colon - 1]) && colon + 2 < line.size() &&
            isAsciiDigit(line[colon + 1]) && isAsciiDigit(line[colon + 2])) {
            return true;
        }
    }
    return false;
}

bool hasYear(std::string_view line) {
    size_t digits = 0;
    for (const char c : line) {
        digits = isAsciiDigit(c) ? digits + 1 : 0;
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

std::string_view withoutByteCount(std::string_view file) {
    constexpr size_t kLongestCount = 12;
    size_t bytes = 0;
    size_t at = 0;
    while (at < std::min(file.size(), kLongestCount) && isAsciiDigit(file[at])) {
        bytes = bytes * 10 + static_cast<size_t>(file[at] - '0');
        ++at;
    }
    const size_t lineEnd = file.find('\n');
    const std::string_view rest = file.substr(0, lineEnd).substr(at);
    if (at == 0 || lineEnd == std::string_view::npos ||
        rest.find_first_not_of(" \t\r") != std::string_view::npos) {
        return file;
    }
    return file.substr(lineEnd + 1, bytes);
}

namespace {

// Fields of a mail's head that other texts do not start lines with.
bool isMailField(std::string_view name) {
    constexpr std::array<std::string_view, 13> kFields{"date",
                                                       "delivered-to",
                                                       "from",
                                                       "message-id",
                                                       "mime-version",
                                                       "received",
                                                       "reply-to",
                                                       "return-path",
                                                       "sender",
                                                       "status",
                                                       "subject",
                                                       "to",
                                                       "x-mozilla-status"};
    return std::find(kFields.begin(), kFields.end(), asciiLower(name)) != kFields.end();
}

// Whether a head of a mail stands there: header fields up to an empty line, two of them a mail's.
bool startsWithMailHead(std::string_view rest) {
    constexpr int kMostLines = 200;
    int known = 0;
    for (int line = 0; line < kMostLines && !rest.empty(); ++line) {
        const size_t end = std::min(rest.find('\n'), rest.size());
        std::string_view words = rest.substr(0, end);
        words.remove_suffix(words.ends_with('\r') ? 1 : 0);
        if (words.empty()) {
            break;
        }
        if (words[0] != ' ' && words[0] != '\t') {
            const std::string_view name = headerFieldName(words.substr(0, kLongestLine));
            if (name.empty()) {
                return false;
            }
            known += isMailField(name) ? 1 : 0;
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return known >= 2;
}

}  // namespace

MboxLine mboxLineOf(std::string_view rest) {
    if (!rest.starts_with("From ") && !rest.starts_with("From\n") &&
        !rest.starts_with("From\r\n")) {
        return MboxLine::kNone;
    }
    const size_t end = rest.substr(0, kLongestLine).find('\n');
    if (end == std::string_view::npos) {
        return MboxLine::kNone;
    }
    const std::string_view line = rest.substr(0, end);
    const std::string_view next = rest.substr(end + 1);
    if (!hasMonth(line) || !hasTime(line) || !hasYear(line)) {
        return startsWithMailHead(next) ? MboxLine::kBare : MboxLine::kNone;
    }
    const bool isHead =
        !headerFieldName(next.substr(0, kLongestLine)).empty() || next.starts_with(">From ");
    return isHead ? MboxLine::kDated : MboxLine::kNone;
}

bool startsWithMboxLine(std::string_view rest) {
    return mboxLineOf(rest) != MboxLine::kNone;
}

}  // namespace tl
