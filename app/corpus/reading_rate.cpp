// SPDX-License-Identifier: Apache-2.0
#include "app/corpus/reading_rate.h"

namespace tl {

namespace {

constexpr std::chrono::seconds kSpan{5};

}  // namespace

ReadingRate::ReadingRate(int64_t done, int64_t total, Clock::time_point now)
    : m_marks{{now, done}}, m_total(total) {}

ReadingProgress ReadingRate::at(int64_t done, Clock::time_point now) {
    m_marks.push_back({now, done});
    while (m_marks.size() > 2 && now - m_marks[1].time >= kSpan) {
        m_marks.pop_front();
    }
    const std::chrono::duration<double> elapsed = now - m_marks.front().time;
    ReadingProgress progress;
    progress.tokensDone = done;
    progress.tokensTotal = m_total;
    if (elapsed.count() > 0) {
        progress.tokensPerSecond =
            static_cast<double>(done - m_marks.front().done) / elapsed.count();
    }
    if (progress.tokensPerSecond > 0) {
        progress.etaSeconds = static_cast<double>(m_total - done) / progress.tokensPerSecond;
    }
    return progress;
}

}  // namespace tl
