#include "gauge.h"

#include <charconv>

#include "config.h"
#include "serial_port.h"

namespace tidewatch {

namespace {

constexpr int kLevelLength = 6;  // sign and five digits
constexpr int kCentimetre = 10;  // millimetres in one

}  // namespace

Gauge::Gauge(std::string name, std::string device, Unit unit)
    : m_name(std::move(name)), m_device(std::move(device)), m_unit(unit) {
    m_file = openSerialPort(m_device, kBaudRate);
}

Gauge::~Gauge() { closeSerialPort(m_file); }

unsigned checksum(const std::string& line) {
    unsigned sum = 0;
    for (const char c : line) {
        if (c == '*') {
            break;
        }
        sum ^= static_cast<unsigned char>(c);
    }
    return sum;
}

std::optional<int32_t> parseLevel(const std::string& line, Unit unit) {
    const size_t star = line.find('*');
    if (star != kLevelLength || line.size() < star + 3) {
        return std::nullopt;
    }
    unsigned expected = 0;
    std::from_chars(line.data() + star + 1, line.data() + star + 3, expected, 16);
    if (expected != checksum(line)) {
        return std::nullopt;
    }
    int32_t level = 0;
    std::from_chars(line.data() + 1, line.data() + star, level);
    if (line[0] == '-') {
        level = -level;
    }
    // The lock gauge is older than the millimetre.
    return unit == Unit::kCentimetre ? level * kCentimetre : level;
}

std::optional<std::string> Gauge::exchange(char command) {
    if (!writeByte(m_file, command)) {
        return std::nullopt;
    }
    return readLine(m_file, kPollInterval);
}

std::optional<Reading> Gauge::read() {
    for (int attempt = 0; attempt < kReadRetries; ++attempt) {
        const std::optional<std::string> line = exchange('L');
        if (!line) {
            continue;
        }
        if (const auto level = parseLevel(*line, m_unit)) {
            return Reading{std::time(nullptr), *level};
        }
    }
    return std::nullopt;
}

}  // namespace tidewatch
