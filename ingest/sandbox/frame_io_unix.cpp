// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cerrno>
#include <unistd.h>

#include "ingest/sandbox/frame_io.h"

namespace tl {
namespace {

// Bytes got: fewer than asked for only at the end of the stream; -1 on failure.
int64_t readFully(int socket, char* to, int64_t bytes) {
    int64_t done = 0;
    while (done < bytes) {
        const ssize_t got = ::read(socket, to + done, static_cast<size_t>(bytes - done));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return got < 0 ? -1 : done;
        }
        done += got;
    }
    return done;
}

bool writeFully(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t put = ::write(socket, bytes.data(), bytes.size());
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<size_t>(put));
    }
    return true;
}

}  // namespace

Reading<Frame> receiveFrame(int socket, int64_t maxBodyBytes) {
    std::string head(static_cast<size_t>(kFrameHeaderBytes), '\0');
    const int64_t got = readFully(socket, head.data(), kFrameHeaderBytes);
    if (got == 0) {
        return Failure{ErrorCode::kNotFound, {ReasonCode::kNoMoreRequests}};
    }
    if (got != kFrameHeaderBytes) {
        return Failure{ErrorCode::kIo, {ReasonCode::kMessageCutOff}};
    }
    const Reading<FrameHeader> header = decodeFrameHeader(head, maxBodyBytes);
    if (!header.ok()) {
        return header.error();
    }
    Frame frame{header.value().kind, {}};
    frame.body.resize(static_cast<size_t>(header.value().bodyBytes));
    if (readFully(socket, frame.body.data(), header.value().bodyBytes) !=
        header.value().bodyBytes) {
        return Failure{ErrorCode::kIo, {ReasonCode::kMessageCutOff}};
    }
    return frame;
}

ReadStatus sendFrame(int socket, FrameKind kind, std::string_view body) {
    const FrameHeader header{kind, static_cast<int64_t>(body.size())};
    if (!writeFully(socket, encodeFrameHeader(header)) || !writeFully(socket, body)) {
        return Failure{ErrorCode::kIo, {ReasonCode::kMessageNotSent}};
    }
    return readOk();
}

}  // namespace tl
