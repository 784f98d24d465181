// SPDX-License-Identifier: Apache-2.0
#include "app/answer/passage_kind.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "base/ascii.h"

namespace tl {

namespace {

bool isWordByte(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           static_cast<unsigned char>(c) >= 0x80;
}

constexpr size_t kMaxPageDigits = 5;

// Leaders: "....", ". . . .", and an ellipsis character twice.
bool hasLeaders(std::string_view line) {
    constexpr int kMinDots = 5;
    constexpr std::string_view kTwoEllipses = "\xE2\x80\xA6\xE2\x80\xA6";
    int dots = 0;
    for (const char c : line) {
        dots = c == '.' ? dots + 1 : c == ' ' ? dots : 0;
        if (dots == kMinDots) {
            return true;
        }
    }
    return line.find(kTwoEllipses) != std::string_view::npos;
}

// The page number of "3.2 Reading files    17": a section's number, words, white space, a number;
// -1 for another line.
int64_t pageOfEntry(std::string_view line) {
    const size_t end = line.find_last_not_of(" \t\r");
    const size_t begin = line.find_first_not_of(" \t");
    if (begin == std::string_view::npos || !isAsciiDigit(line[begin]) || !isAsciiDigit(line[end])) {
        return -1;
    }
    size_t number = end + 1;
    while (number > begin && isAsciiDigit(line[number - 1])) {
        --number;
    }
    const std::string_view before = line.substr(begin, number - begin);
    const bool isEntry =
        (before.ends_with("  ") || before.ends_with('\t')) && end - number < kMaxPageDigits &&
        std::ranges::any_of(before, [](char c) { return isWordByte(c) && !isAsciiDigit(c); });
    return isEntry ? std::stoll(std::string(line.substr(number, end + 1 - number))) : -1;
}

// Fewer may be rows of a table, and so may such whose numbers go down.
constexpr int64_t kMinEntries = 4;

constexpr auto kSecondHandFolders = std::to_array<std::string_view>({"test",
                                                                     "tests",
                                                                     "testing",
                                                                     "testsuite",
                                                                     "__tests__",
                                                                     "t",
                                                                     "spec",
                                                                     "specs",
                                                                     "patches",
                                                                     "po",
                                                                     "fixtures"});
constexpr auto kSecondHandEnds = std::to_array<std::string_view>({".patch",
                                                                  ".diff",
                                                                  ".symbols",
                                                                  ".orig",
                                                                  ".rej",
                                                                  ".po",
                                                                  ".pot",
                                                                  ".map",
                                                                  ".min.js",
                                                                  ".pb.h",
                                                                  ".pb.cc",
                                                                  "_pb2.py",
                                                                  ".lock"});
// Before the first point: "NEWS", "CHANGES.md".
constexpr auto kSecondHandStems =
    std::to_array<std::string_view>({"changelog", "changes", "news", "history", "release-notes"});
constexpr auto kSecondHandBegins = std::to_array<std::string_view>({"test_", "test-"});
constexpr auto kSecondHandNames = std::to_array<std::string_view>(
    {"configure", "aclocal.m4", "ltmain.sh", "config.guess", "config.sub", "makefile.in", "tags"});
constexpr auto kSecondHandMarks =
    std::to_array<std::string_view>({"_test.", "-test.", ".test.", "_spec.", ".spec."});

}  // namespace

bool isNoPassage(std::string_view text) {
    int64_t lines = 0;
    int64_t leaders = 0;
    int64_t entries = 0;
    int64_t page = 0;
    bool goesUp = true;
    bool hasWords = false;
    while (!text.empty()) {
        const size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) {
            continue;
        }
        ++lines;
        hasWords = hasWords || std::ranges::any_of(line, isWordByte);
        leaders += hasLeaders(line) ? 1 : 0;
        if (const int64_t entry = pageOfEntry(line); entry >= 0) {
            goesUp = goesUp && entry >= page;
            page = entry;
            ++entries;
        }
    }
    return !hasWords || 2 * leaders > lines ||
           (goesUp && entries >= kMinEntries && 2 * entries > lines);
}

bool isSecondHand(std::string_view fileName) {
    std::string path(fileName);
    std::ranges::transform(
        path, path.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const size_t slash = path.rfind('/');
    const std::string_view base =
        std::string_view(path).substr(slash == std::string::npos ? 0 : slash + 1);
    const auto isFolder = [&](std::string_view folder) {
        return ("/" + path).find("/" + std::string(folder) + "/") != std::string::npos;
    };
    return std::ranges::any_of(kSecondHandFolders, isFolder) ||
           std::ranges::any_of(kSecondHandEnds, [&](auto end) { return base.ends_with(end); }) ||
           std::ranges::any_of(kSecondHandBegins,
                               [&](auto begin) { return base.starts_with(begin); }) ||
           std::ranges::find(kSecondHandNames, base) != kSecondHandNames.end() ||
           std::ranges::find(kSecondHandStems, base.substr(0, base.find('.'))) !=
               kSecondHandStems.end() ||
           std::ranges::any_of(kSecondHandMarks, [&](auto mark) {
               return base.find(mark) != std::string_view::npos;
           });
}

}  // namespace tl
