#pragma once

#include <chrono>
#include <cstdint>

// Every number that somebody once asked about on the phone. Change them here and nowhere else.
namespace tidewatch {

// How often each gauge is asked for its level.
constexpr std::chrono::seconds kPollInterval{20};

// A gauge that has not answered for this long is reported as silent.
constexpr std::chrono::minutes kSilenceLimit{12};

// Attempts per poll before the reading is given up.
constexpr int kReadRetries = 4;

// Speed of the serial line in bits per second. The lock gauge can do no more than this.
constexpr int kBaudRate = 4800;

// Readings kept in memory for each gauge: a little more than three days at the poll interval.
constexpr int32_t kHistorySize = 13000;

// Levels in millimetres above chart datum.
constexpr int32_t kHighWaterAlarm = 2350;
constexpr int32_t kLowWaterAlarm = -410;

// Water cannot rise or fall faster than this between two readings; what does is noise.
constexpr int32_t kMaxStepMillimetres = 85;

// Weight of the newest reading in the smoothed level. Smaller is smoother and slower.
constexpr double kSmoothing = 0.15;

// An alarm is not repeated for the same gauge within this time.
constexpr std::chrono::minutes kAlarmPause{45};

// The port of the status page, which only answers on the machine itself.
constexpr uint16_t kStatusPort = 7071;

}  // namespace tidewatch
