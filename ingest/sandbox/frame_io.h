// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "ingest/sandbox/protocol.h"

namespace tl {

// Blocking, for the reader's side of the socket; only read() and write() are called.
struct Frame {
    FrameKind kind = FrameKind::kHello;
    std::string body;
};

// kNotFound at the end of the stream between two frames; kIo, kCorrupt.
Reading<Frame> receiveFrame(int socket, int64_t maxBodyBytes);
ReadStatus sendFrame(int socket, FrameKind kind, std::string_view body);

}  // namespace tl
