#pragma once

#include <optional>
#include <string>

#include "series.h"

namespace tidewatch {

enum class Unit { kMillimetre, kCentimetre };

// A tide gauge at the end of a serial line. A gauge answers the letter L with one line such as
// "+01234*5C": sign, five digits of level, a star and a checksum in hexadecimal.
class Gauge {
public:
    Gauge(std::string name, std::string device, Unit unit);
    ~Gauge();

    Gauge(const Gauge&) = delete;
    Gauge& operator=(const Gauge&) = delete;

    // Asks for the level. None if the gauge did not answer, or the checksum was wrong, in every
    // one of kReadRetries attempts.
    std::optional<Reading> read();

    const std::string& name() const { return m_name; }

private:
    std::optional<std::string> exchange(char command);

    std::string m_name;
    std::string m_device;
    Unit m_unit;
    int m_file = -1;
};

// The exclusive-or of all bytes before the star.
unsigned checksum(const std::string& line);

// The level in a line of a gauge, in millimetres; none for a broken line.
std::optional<int32_t> parseLevel(const std::string& line, Unit unit);

}  // namespace tidewatch
