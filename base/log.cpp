// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"

#include <mutex>
#include <utility>

namespace tl {
namespace {

struct Sink {
    std::mutex mutex;
    LogSink fn;  // guarded by mutex
};

Sink& sink() {
    static Sink instance;
    return instance;
}

void write(LogLevel level, std::string_view message) {
    Sink& s = sink();
    const std::lock_guard lock(s.mutex);
    if (s.fn) {
        s.fn(level, message);
    }
}

}  // namespace

void setLogSink(LogSink fn) {
    Sink& s = sink();
    const std::lock_guard lock(s.mutex);
    s.fn = std::move(fn);
}

void logInfo(std::string_view message) {
    write(LogLevel::kInfo, message);
}
void logWarning(std::string_view message) {
    write(LogLevel::kWarning, message);
}

}  // namespace tl
