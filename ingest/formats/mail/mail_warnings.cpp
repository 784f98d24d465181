// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/mail/mail_warnings.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace tl {
namespace {

constexpr size_t kMostKinds = 200;

}  // namespace

void MailWarnings::add(int64_t message, Reason what) {
    auto known = std::ranges::find(m_reasons, what);
    if (known == m_reasons.end() && m_reasons.size() >= kMostKinds) {
        what = {ReasonCode::kOtherThings};
        known = std::ranges::find(m_reasons, what);
    }
    const auto index = static_cast<size_t>(known - m_reasons.begin());
    if (known == m_reasons.end()) {
        m_reasons.push_back(std::move(what));
        m_messages.emplace_back();
    }
    addPlace(message, m_messages[index]);
}

std::vector<Reason> MailWarnings::take() {
    for (size_t i = 0; i < m_reasons.size(); ++i) {
        m_reasons[i].placeKind = PlaceKind::kMessage;
        m_reasons[i].places = std::move(m_messages[i]);
    }
    m_messages.clear();
    return std::exchange(m_reasons, {});
}

}  // namespace tl
