// SPDX-License-Identifier: Apache-2.0
#include "app/wording.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <string_view>
#include <utility>

namespace tl {

std::string grouped(int64_t number) {
    std::string digits = std::to_string(number);
    const size_t first = number < 0 ? 1 : 0;
    for (size_t i = digits.size(); i > first + 3;) {
        i -= 3;
        digits.insert(digits.begin() + static_cast<std::ptrdiff_t>(i), ',');
    }
    return digits;
}

std::string aboutSeconds(double seconds) {
    return "about " + grouped(std::llround(std::ceil(seconds))) + " s";
}

std::string counted(int64_t count, const char* one, const char* many) {
    return grouped(count) + " " + (count == 1 ? one : many);
}

std::string lineRange(int64_t first, int64_t last) {
    return std::to_string(first) + (first == last ? "" : "-" + std::to_string(last));
}

std::string languageNote(const std::string& language) {
    return "the question seems to be in " + language +
           "; Throughline is made for questions in English, whatever its model reads";
}

std::string remarksText(const std::vector<Remark>& remarks, std::string_view separator) {
    std::string text;
    for (const Remark& remark : remarks) {
        text += text.empty() ? "" : separator;
        text += remark.text;
    }
    return text;
}

std::string skipSummary(const std::vector<FileRow>& rows) {
    std::map<std::string, int64_t> counts;
    for (const FileRow& row : rows) {
        if (row.state == FileRow::State::kSkipped && !row.reasons.empty()) {
            ++counts[row.reasons.front().kind];
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
                                      std::pair(foundBy.opening, "opening"),
                                      std::pair(foundBy.overview, "overview")}) {
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
          std::pair(foundBy.opening, "as the opening of a document"),
          std::pair(foundBy.overview, "as what the documents say of themselves")}) {
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
