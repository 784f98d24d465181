// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/engine_speed.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <memory>
#include <span>

namespace tl::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kTail = 2048;
constexpr int64_t kWarmUp = 256;

// Time that passed and processor time of all threads, in seconds.
struct Seconds {
    double passed = 0;
    double busy = 0;

    Seconds operator+(const Seconds& other) const {
        return {passed + other.passed, busy + other.busy};
    }
};

class Stopwatch {
public:
    Seconds seconds() const {
        const double passed = std::chrono::duration<double>(Clock::now() - m_start).count();
        return {passed, static_cast<double>(std::clock() - m_busyStart) / CLOCKS_PER_SEC};
    }

private:
    Clock::time_point m_start = Clock::now();
    std::clock_t m_busyStart = std::clock();
};

Speed speedOf(size_t tokens, const Seconds& seconds) {
    return {.rate = static_cast<double>(tokens) / seconds.passed,
            .cores = seconds.busy / seconds.passed};
}

std::vector<TokenId> spreadTokens(int64_t count, int64_t vocabSize) {
    std::vector<TokenId> tokens(static_cast<size_t>(count));
    for (int64_t i = 0; i < count; ++i) {
        tokens[static_cast<size_t>(i)] = static_cast<TokenId>((7919 * i + 11) % vocabSize);
    }
    return tokens;
}

// The time to read, with the logits after the last token.
Result<Seconds> timedRead(Session& session, std::span<const TokenId> tokens) {
    if (tokens.empty()) {
        return Seconds{};
    }
    const Stopwatch stopwatch;
    if (Status status = session.read(tokens); !status.ok()) {
        return status.error();
    }
    if (const auto logits = session.logits(); !logits.ok()) {
        return logits.error();
    }
    return stopwatch.seconds();
}

// The speed of answer tokens; the session is put back afterwards.
Result<Speed> decodeSpeed(Session& session, std::span<const TokenId> tokens) {
    const Result<Snapshot> here = session.snapshot();
    if (!here.ok()) {
        return here.error();
    }
    const Stopwatch stopwatch;
    for (const TokenId token : tokens) {
        if (Status status = session.step(token); !status.ok()) {
            return status.error();
        }
        if (const auto logits = session.logits(); !logits.ok()) {
            return logits.error();
        }
    }
    const Speed speed = speedOf(tokens.size(), stopwatch.seconds());
    if (Status status = session.restore(here.value()); !status.ok()) {
        return status.error();
    }
    return speed;
}

// Buffers are touched and threads are woken here, so that the first point does not pay for it.
Status warmUp(const Engine& engine, std::span<const TokenId> tokens) {
    Result<std::unique_ptr<Session>> session = engine.newSession(kWarmUp);
    if (!session.ok()) {
        return session.error();
    }
    const size_t count = std::min<size_t>(tokens.size(), kWarmUp);
    Result<Seconds> seconds = timedRead(*session.value(), tokens.first(count));
    return seconds.ok() ? okStatus() : Status(seconds.error());
}

// Reads tokens up to `length` and decodes after them. `seconds` adds up the time of all reading.
Result<SpeedPoint> measurePoint(Session& session,
                                std::span<const TokenId> tokens,
                                int64_t length,
                                Seconds& seconds) {
    const auto first = static_cast<size_t>(session.position());
    const auto last = static_cast<size_t>(length);
    const size_t tailBegin = std::max(first, last - std::min(last, kTail));
    Result<Seconds> body = timedRead(session, tokens.subspan(first, tailBegin - first));
    if (!body.ok()) {
        return body.error();
    }
    Result<Seconds> tail = timedRead(session, tokens.subspan(tailBegin, last - tailBegin));
    if (!tail.ok()) {
        return tail.error();
    }
    seconds = seconds + body.value() + tail.value();
    Result<Speed> decode = decodeSpeed(session, tokens.subspan(last));
    if (!decode.ok()) {
        return decode.error();
    }
    return SpeedPoint{.length = length,
                      .prefill = speedOf(last, seconds),
                      .prefillTail = speedOf(last - tailBegin, tail.value()),
                      .decode = decode.value()};
}

}  // namespace

Result<std::vector<SpeedPoint>> measureSpeed(const Engine& engine,
                                             const std::vector<int64_t>& lengths,
                                             int64_t decodeTokens) {
    const int64_t total = lengths.back() + decodeTokens;
    const std::vector<TokenId> tokens = spreadTokens(total, engine.config().vocabSize);
    if (Status status = warmUp(engine, tokens); !status.ok()) {
        return status.error();
    }
    Result<std::unique_ptr<Session>> session = engine.newSession(total);
    if (!session.ok()) {
        return session.error();
    }
    std::vector<SpeedPoint> points;
    Seconds seconds;
    for (const int64_t length : lengths) {
        const std::span<const TokenId> known(tokens.data(),
                                             static_cast<size_t>(length + decodeTokens));
        Result<SpeedPoint> point = measurePoint(*session.value(), known, length, seconds);
        if (!point.ok()) {
            return point.error();
        }
        points.push_back(point.value());
    }
    return points;
}

}  // namespace tl::bench
