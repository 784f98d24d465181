// SPDX-License-Identifier: Apache-2.0
#include "app/services/wording.h"

#include <algorithm>
#include <cstddef>
#include <map>
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

std::string skipKind(const std::string& reason) {
    if (reason.starts_with("same content as ")) {
        return "same content as another file";
    }
    if (reason.starts_with("ignored by ")) {
        return "ignored by an ignore file";
    }
    const std::string kind = reason.substr(0, reason.find_first_of(":(;"));
    return kind.substr(0, kind.find_last_not_of(' ') + 1);
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

}  // namespace tl
