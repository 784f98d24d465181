// SPDX-License-Identifier: Apache-2.0
#include "ingest/sandbox/limit_text.h"

#include <array>
#include <csignal>
#include <cstdio>

namespace tl {
namespace {

std::string oneDecimal(double value, const char* unit) {
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.1f %s", value, unit);
    return text.data();
}

}  // namespace

std::string timeText(std::chrono::milliseconds time) {
    constexpr int64_t kPerSecond = 1000;
    if (time.count() % kPerSecond == 0) {
        return std::to_string(time.count() / kPerSecond) + " s";
    }
    return oneDecimal(static_cast<double>(time.count()) / kPerSecond, "s");
}

std::string timeOutText(std::chrono::milliseconds time) {
    return "took longer than " + timeText(time);
}

std::string memoryText(int64_t bytes) {
    constexpr int64_t kMebi = 1 << 20;
    constexpr int64_t kGibi = 1 << 30;
    if (bytes < kGibi) {
        return std::to_string(bytes / kMebi) + " MiB";
    }
    return oneDecimal(static_cast<double>(bytes) / static_cast<double>(kGibi), "GiB");
}

Error signalError(int signal, const ReadLimits& limits) {
    const std::string number = "(signal " + std::to_string(signal) + ")";
    switch (signal) {
        case SIGSYS:
            return Error{ErrorCode::kCorrupt,
                         "the reader tried what the sandbox forbids and was stopped " + number};
        case SIGXCPU:
            return Error{ErrorCode::kUnsupported, timeOutText(limits.maxTime)};
        case SIGKILL:
        case SIGTERM:
            return Error{ErrorCode::kIo, "the reader was killed " + number};
        default:
            return Error{ErrorCode::kCorrupt, "the reader crashed " + number};
    }
}

}  // namespace tl
