// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>

namespace tl {

enum class LogLevel { kInfo, kWarning };

// Receives every message of the libraries, which themselves never print. Thread-safe to call
// from any thread once set; set it before the first worker starts.
using LogSink = std::function<void(LogLevel, std::string_view)>;

// Replaces the sink; an empty one drops messages (the default).
void setLogSink(LogSink fn);

void logInfo(std::string_view message);
void logWarning(std::string_view message);

}  // namespace tl
