#include "alarm.h"

#include <cmath>
#include <cstdlib>

#include "config.h"

namespace tidewatch {

namespace {

std::time_t seconds(std::chrono::minutes minutes) {
    return std::chrono::duration_cast<std::chrono::seconds>(minutes).count();
}

}  // namespace

bool AlarmDesk::isPaused(const State& state, std::time_t now) const {
    return state.lastAlarm != 0 && now - state.lastAlarm < seconds(kAlarmPause);
}

void AlarmDesk::raise(const std::string& gauge, State& state, AlarmKind kind, std::time_t now) {
    if (isPaused(state, now)) {
        return;
    }
    state.lastAlarm = now;
    m_send(gauge, kind, static_cast<int32_t>(std::lround(state.smoothed)));
}

// A silent gauge comes first: its last level says nothing about the water of now.
void AlarmDesk::check(const std::string& gauge, const Series& series, std::time_t now) {
    State& state = m_states[gauge];
    if (series.isEmpty() || now - series.newest().time > seconds(kSilenceLimit)) {
        raise(gauge, state, AlarmKind::kSilence, now);
        return;
    }
    const int32_t newest = series.newest().millimetres;
    if (!state.hasLevel) {
        state.smoothed = newest;
        state.hasLevel = true;
    } else if (std::abs(newest - state.smoothed) <= kMaxStepMillimetres) {
        // Exponential smoothing: the wake of a ferry lasts for a reading or two, a flood does not.
        state.smoothed += kSmoothing * (newest - state.smoothed);
    }
    if (state.smoothed >= kHighWaterAlarm) {
        raise(gauge, state, AlarmKind::kHighWater, now);
    } else if (state.smoothed <= kLowWaterAlarm) {
        raise(gauge, state, AlarmKind::kLowWater, now);
    }
}

double AlarmDesk::level(const std::string& gauge) const {
    const auto found = m_states.find(gauge);
    return found == m_states.end() ? 0 : found->second.smoothed;
}

}  // namespace tidewatch
