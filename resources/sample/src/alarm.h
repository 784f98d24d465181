#pragma once

#include <ctime>
#include <functional>
#include <map>
#include <string>

#include "series.h"

namespace tidewatch {

enum class AlarmKind { kHighWater, kLowWater, kSilence };

// Decides when somebody has to be woken. Sends nothing itself: the caller passes a function that
// does, which keeps the rules testable without a telephone.
class AlarmDesk {
public:
    using Send = std::function<void(const std::string& gauge, AlarmKind kind, int32_t level)>;

    explicit AlarmDesk(Send send) : m_send(std::move(send)) {}

    // Looks at the smoothed level of a gauge and sends at most one alarm.
    void check(const std::string& gauge, const Series& series, std::time_t now);

    // The smoothed level, in millimetres.
    double level(const std::string& gauge) const;

private:
    struct State {
        double smoothed = 0;
        bool hasLevel = false;
        std::time_t lastAlarm = 0;
    };

    bool isPaused(const State& state, std::time_t now) const;
    void raise(const std::string& gauge, State& state, AlarmKind kind, std::time_t now);

    Send m_send;
    std::map<std::string, State> m_states;
};

}  // namespace tidewatch
