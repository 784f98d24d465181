// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cerrno>
#include <csignal>
#include <exception>
#include <malloc.h>
#include <new>
#include <sys/mman.h>
#include <unistd.h>

#include "ingest/sandbox/frame_io.h"
#include "ingest/sandbox/lock_down.h"
#include "ingest/sandbox/reader_child.h"

namespace tl {
namespace {

constexpr int kExitBadMessage = 72;
constexpr int64_t kMaxRequestBytes = int64_t{4} << 30;
constexpr int64_t kTrimFromBytes = 4 << 20;

// C libraries abort or trip over a null pointer when an allocation fails. Then errno still says so,
// or there is no room for another 64 MiB; anything else is an ordinary crash.
void onCrash(int signal) {
    constexpr size_t kProbeBytes = 64 << 20;
    const bool saysNoMemory = errno == ENOMEM;
    if (saysNoMemory ||
        ::mmap(nullptr, kProbeBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
            MAP_FAILED) {
        ::_exit(kExitOutOfMemory);
    }
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

void catchCrashes() {
    static std::array<char, 64 << 10> stack;  // the ordinary one may be what has run out
    stack_t alternative{};
    alternative.ss_sp = stack.data();
    alternative.ss_size = stack.size();
    ::sigaltstack(&alternative, nullptr);
    struct sigaction action {};
    action.sa_handler = onCrash;
    action.sa_flags = SA_ONSTACK | SA_NODEFER;
    for (const int signal : {SIGABRT, SIGSEGV, SIGBUS}) {
        ::sigaction(signal, &action, nullptr);
    }
}

// Exceptions of the parsers' libraries end here.
Reading<Extract> readGuarded(const ReaderChildOptions& options, const DecodedRequest& decoded) {
    errno = 0;
    try {
        return options.read(decoded.format, decoded.request);
    } catch (const std::bad_alloc&) {
        ::_exit(kExitOutOfMemory);
    } catch (const std::exception& failure) {
        return Failure{ErrorCode::kCorrupt,
                       {.code = ReasonCode::kCannotBeParsed, .detail = plainLine(failure.what())}};
    }
}

bool answer(const ReaderChildOptions& options, const Frame& frame) {
    const Reading<DecodedRequest> decoded = decodeRequest(frame.body);
    if (frame.kind != FrameKind::kRequest || !decoded.ok()) {
        return false;
    }
    std::string body;
    {
        const Reading<Extract> result = readGuarded(options, decoded.value());
        body = encodeResult(result);
    }
    // The other side would not take it, and could not say why.
    if (std::ssize(body) > maxResultBytes(decoded.value().request.limits)) {
        body = encodeResult(Failure{ErrorCode::kOutOfMemory, {ReasonCode::kAnswerOverLimit}});
    }
    return sendFrame(options.socket, FrameKind::kResult, body).ok();
}

}  // namespace

int runReaderChild(const ReaderChildOptions& options) {
    Hello hello;
    hello.ocr = options.prepare ? options.prepare() : std::string();
    const LockDown locks = lockDown(options.readableFolders);
    hello.isFiltered = locks.isFiltered;
    hello.hasMemoryLimit = locks.hasMemoryLimit;
    hello.missingProtection = locks.missing;
    if (locks.hasMemoryLimit) {
        catchCrashes();
    }
    if (!sendFrame(options.socket, FrameKind::kHello, encodeHello(hello)).ok()) {
        return kExitBadMessage;
    }
    for (;;) {
        const Reading<Frame> frame = receiveFrame(options.socket, kMaxRequestBytes);
        if (!frame.ok()) {
            return frame.error().code == ErrorCode::kNotFound ? 0 : kExitBadMessage;
        }
        if (!answer(options, frame.value())) {
            return kExitBadMessage;
        }
        if (static_cast<int64_t>(frame.value().body.size()) > kTrimFromBytes) {
            ::malloc_trim(0);
        }
    }
}

}  // namespace tl
