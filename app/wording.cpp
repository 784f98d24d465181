// SPDX-License-Identifier: Apache-2.0
#include "app/wording.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <string_view>
#include <utility>

namespace tl {

namespace {

// Reasons that name something of one file, by how they begin.
constexpr auto kReasonsThatName = std::to_array<std::pair<std::string_view, std::string_view>>(
    {{"same content as ", "same content as another file"},
     {"ignored by ", "ignored by an ignore file"},
     {"symbolic link out of the chosen folder", "symbolic link out of the chosen folder"},
     {"symbolic link to ", "symbolic link"},
     {"hard link to ", "hard link"},
     {"image of ", "image over the limit of pixels"},
     {"image, OCR is only ", "image, OCR is not sure of what it found"},
     {"broken JSON in line ", "broken JSON"},
     {"the limit of ", "behind the limit of members of an archive"}});

constexpr std::string_view kExcluded = "excluded by the pattern ";
constexpr std::string_view kOverLimit = ", over the limit of ";
constexpr std::string_view kNoText = "no text in it; ";

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

// Without "page 3: ", "pages 3-40, 42 and others (50 in all): ", "row 7: ".
std::string withoutPlace(const std::string& text) {
    const size_t colon = text.find(": ");
    const size_t space = text.find(' ');
    const bool isPlace = colon != std::string::npos && space < colon && isDigit(text[space + 1]);
    return isPlace ? text.substr(colon + 2) : text;
}

// Without the name of a part in front: "word/document.xml: ", "no word/document.xml: ".
std::string withoutName(const std::string& text) {
    const size_t colon = text.find(": ");
    const bool isName = colon != std::string::npos && text.find('.') < colon;
    return isName ? text.substr(colon + 2) : text;
}

// Without a count in front, and without what follows behind a mark or in numbers.
std::string withoutDetails(const std::string& text) {
    const size_t begin = std::min(text.find_first_not_of("0123456789 "), text.size());
    size_t end = std::min(text.find_first_of(":(;", begin), text.size());
    for (const std::string_view mark : {", ", " at byte "}) {
        const size_t at = text.find(mark, begin);
        if (at != std::string::npos && at + mark.size() < end && isDigit(text[at + mark.size()])) {
            end = at;
        }
    }
    const std::string kind = text.substr(begin, end - begin);
    return kind.substr(0, kind.find_last_not_of(' ') + 1);
}

}  // namespace

std::string grouped(int64_t number) {
    std::string digits = std::to_string(number);
    const size_t first = number < 0 ? 1 : 0;
    for (size_t i = digits.size(); i > first + 3;) {
        i -= 3;
        digits.insert(digits.begin() + static_cast<std::ptrdiff_t>(i), ',');
    }
    return digits;
}

std::string counted(int64_t count, const char* one, const char* many) {
    return grouped(count) + " " + (count == 1 ? one : many);
}

std::string lineRange(int64_t first, int64_t last) {
    return std::to_string(first) + (first == last ? "" : "-" + std::to_string(last));
}

std::string languageNote(const std::string& language) {
    return "the question seems to be in " + language + "; the shipped model reads English";
}

std::string skipKind(const std::string& reason) {
    for (const auto& [beginning, kind] : kReasonsThatName) {
        if (reason.starts_with(beginning)) {
            return std::string(kind);
        }
    }
    if (reason.starts_with(kExcluded)) {
        return reason;  // A pattern, which may hold any of the marks below, names many files.
    }
    if (const size_t limit = reason.find(kOverLimit); limit != std::string::npos) {
        return reason.substr(limit + 2);
    }
    if (reason.starts_with(kNoText)) {
        return "no text in it: " + warningKind(reason.substr(kNoText.size()));
    }
    return withoutDetails(withoutName(reason));
}

std::string warningKind(const std::string& warning) {
    if (warning.starts_with("damaged behind ")) {
        return "damaged archive";
    }
    return withoutDetails(withoutName(withoutPlace(warning)));
}

bool couldUseOcr(const FileRow& row) {
    const auto says = [](const std::string& text) {
        return text.find("OCR can read it") != std::string::npos;
    };
    return says(row.reason) || std::ranges::any_of(row.warnings, says);
}

std::vector<std::string> warningsOfPage(const PageRow& page) {
    std::vector<std::string> warnings;
    for (size_t begin = 0; begin < page.warning.size();) {
        const size_t end = std::min(page.warning.find("; ", begin), page.warning.size());
        warnings.push_back(page.warning.substr(begin, end - begin));
        begin = end + 2;
    }
    return warnings;
}

std::string skipSummary(const std::vector<FileRow>& rows) {
    std::map<std::string, int64_t> counts;
    for (const FileRow& row : rows) {
        if (row.state == FileRow::State::kSkipped) {
            ++counts[skipKind(row.reason)];
        }
    }
    std::vector<std::pair<std::string, int64_t>> order(counts.begin(), counts.end());
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
        return a.second > b.second;
    });
    std::string summary;
    for (const auto& [reason, count] : order) {
        summary += (summary.empty() ? "" : ", ") + grouped(count) + " " + reason;
    }
    return summary;
}

CitationState answerState(const Answer& answer) {
    return answer.citations.empty() ? CitationState::kNotFound : answer.citations.front().state;
}

std::string_view citationStateName(CitationState state) {
    switch (state) {
        case CitationState::kVerified:
            return "verified";
        case CitationState::kElsewhere:
            return "elsewhere";
        case CitationState::kNotFound:
            break;
    }
    return "not_found";
}

std::string_view citationStateText(CitationState state) {
    switch (state) {
        case CitationState::kVerified:
            return "verified";
        case CitationState::kElsewhere:
            return "words found elsewhere";
        case CitationState::kNotFound:
            break;
    }
    return "not found, nearest lines";
}

std::vector<std::string> foundByNames(const FoundBy& foundBy) {
    std::vector<std::string> names;
    for (const auto& [found, name] : {std::pair(foundBy.read, "read"),
                                      std::pair(foundBy.words, "words"),
                                      std::pair(foundBy.definition, "definition"),
                                      std::pair(foundBy.opening, "opening")}) {
        if (found) {
            names.emplace_back(name);
        }
    }
    return names;
}

std::string foundByText(const FoundBy& foundBy) {
    std::string text;
    for (const auto& [found, words] :
         {std::pair(foundBy.read, "by reading"),
          std::pair(foundBy.words, "by the question's words"),
          std::pair(foundBy.definition, "as the definition of a name in the question"),
          std::pair(foundBy.opening, "as the opening of a document")}) {
        if (found) {
            text += (text.empty() ? "found " : ", ") + std::string(words);
        }
    }
    return text;
}

char citationStateMark(CitationState state) {
    switch (state) {
        case CitationState::kVerified:
            return '+';
        case CitationState::kElsewhere:
            return '~';
        case CitationState::kNotFound:
            break;
    }
    return '?';
}

}  // namespace tl
