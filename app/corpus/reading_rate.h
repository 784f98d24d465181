// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>

#include "app/app_types.h"

namespace tl {

// Speed and time left of a reading, from what was read in the last seconds, so that it follows a
// machine that gets busy.
class ReadingRate {
public:
    using Clock = std::chrono::steady_clock;

    ReadingRate(int64_t done, int64_t total, Clock::time_point now = Clock::now());

    ReadingProgress at(int64_t done, Clock::time_point now = Clock::now());

private:
    struct Mark {
        Clock::time_point time;
        int64_t done;
    };

    std::deque<Mark> m_marks;  // of the last seconds, oldest first; never empty
    int64_t m_total;
};

}  // namespace tl
