#pragma once

#include <cstddef>
#include <cstdint>
#include <ctime>
#include <vector>

namespace tidewatch {

// One level of one gauge.
struct Reading {
    std::time_t time = 0;
    int32_t millimetres = 0;
};

// The last readings of a gauge. When the series is full, the newest reading takes the place of
// the oldest one, so memory never grows after the start.
class Series {
public:
    explicit Series(size_t capacity) : m_readings(capacity) {}

    void append(const Reading& reading) {
        m_readings[m_next] = reading;
        m_next = (m_next + 1) % m_readings.size();
        if (m_count < m_readings.size()) {
            ++m_count;
        }
    }

    bool isEmpty() const { return m_count == 0; }
    size_t size() const { return m_count; }

    // The newest reading. Must not be called on an empty series.
    const Reading& newest() const {
        return m_readings[(m_next + m_readings.size() - 1) % m_readings.size()];
    }

    // Highest level since a point in time, or `fallback` if nothing was read since.
    int32_t highestSince(std::time_t since, int32_t fallback) const;

private:
    std::vector<Reading> m_readings;
    size_t m_next = 0;
    size_t m_count = 0;
};

}  // namespace tidewatch
