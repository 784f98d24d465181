#include "series.h"

#include <algorithm>

namespace tidewatch {

int32_t Series::highestSince(std::time_t since, int32_t fallback) const {
    int32_t highest = fallback;
    bool found = false;
    for (size_t i = 0; i < m_count; ++i) {
        const Reading& reading = m_readings[i];
        if (reading.time < since) {
            continue;
        }
        highest = found ? std::max(highest, reading.millimetres) : reading.millimetres;
        found = true;
    }
    return highest;
}

}  // namespace tidewatch
