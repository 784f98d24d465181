// SPDX-License-Identifier: Apache-2.0
// What a user is told when a reader hits a limit or ends.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "base/result.h"
#include "ingest/reader.h"

namespace tl {

std::string timeText(std::chrono::milliseconds time);  // "60 s", "0.5 s"
std::string timeOutText(std::chrono::milliseconds time);
std::string memoryText(int64_t bytes);  // "2.0 GiB", "256 MiB"

// Why a reader ended by a signal: "the reader crashed (signal 11)".
Error signalError(int signal, const ReadLimits& limits);

}  // namespace tl
