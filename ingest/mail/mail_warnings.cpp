// SPDX-License-Identifier: Apache-2.0
#include "ingest/mail/mail_warnings.h"

#include <algorithm>

namespace tl {
namespace {

constexpr size_t kMostNumbers = 10;
constexpr size_t kMostKinds = 200;

std::string numbersText(const std::vector<int64_t>& numbers) {
    std::string text = numbers.size() == 1 ? "message " : "messages ";
    const size_t shown = std::min(numbers.size(), kMostNumbers);
    for (size_t i = 0; i < shown; ++i) {
        const bool isLast = i + 1 == numbers.size();
        text += i == 0 ? "" : isLast ? " and " : ", ";
        text += std::to_string(numbers[i]);
    }
    if (shown < numbers.size()) {
        text += " and " + std::to_string(numbers.size() - shown) + " more";
    }
    return text;
}

}  // namespace

void MailWarnings::add(int64_t message, std::string_view what) {
    auto index = m_indexes.find(what);
    if (index == m_indexes.end()) {
        if (m_kinds.size() == kMostKinds) {
            what = "other things are wrong";
            index = m_indexes.find(what);
        }
        if (index == m_indexes.end()) {
            index = m_indexes.emplace(what, m_kinds.size()).first;
            m_kinds.push_back({std::string(what), {}});
        }
    }
    std::vector<int64_t>& messages = m_kinds[index->second].messages;
    if (messages.empty() || messages.back() != message) {
        messages.push_back(message);
    }
}

std::vector<std::string> MailWarnings::lines() const {
    std::vector<std::string> lines;
    for (const Kind& kind : m_kinds) {
        lines.push_back(numbersText(kind.messages) + ": " + kind.what);
    }
    return lines;
}

}  // namespace tl
