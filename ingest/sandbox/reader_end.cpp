// SPDX-License-Identifier: Apache-2.0
#include "ingest/sandbox/reader_end.h"

#include <csignal>

namespace tl {

Failure timeOut(const ReadLimits& limits) {
    return {ErrorCode::kUnsupported,
            {.code = ReasonCode::kTimeOut, .limit = limits.maxTime.count()}};
}

Failure signalFailure(int signal, const ReadLimits& limits) {
    switch (signal) {
        case SIGSYS:
            return {ErrorCode::kCorrupt, {.code = ReasonCode::kReaderForbidden, .count = signal}};
        case SIGXCPU:
            return timeOut(limits);
        case SIGKILL:
        case SIGTERM:
            return {ErrorCode::kIo, {.code = ReasonCode::kReaderKilled, .count = signal}};
        default:
            return {ErrorCode::kCorrupt, {.code = ReasonCode::kReaderCrashed, .count = signal}};
    }
}

}  // namespace tl
