// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <memory>
#include <new>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "ingest/sandbox/reader_child.h"
#include "ingest/sandbox/reader_end.h"
#include "ingest/sandbox/reader_process.h"
#include "ingest/sandbox/spawn_reader.h"

namespace tl {
namespace {

using std::chrono::milliseconds;

// How often a stop is looked for; what comes over the socket is taken at once.
constexpr milliseconds kStopInterval{50};
constexpr milliseconds kStartTime{20'000};
constexpr int64_t kMaxHelloBytes = 64 << 10;
constexpr milliseconds kFarewellTime{500};
constexpr size_t kReceiveBytes = 1 << 20;

// Whatever only the process's end explains.
Failure brokenOff() {
    return Failure{ErrorCode::kIo, {ReasonCode::kReaderEnded}};
}

}  // namespace

Reading<std::unique_ptr<ReaderProcess>> ReaderProcess::start(const std::filesystem::path& program) {
    const Reading<SpawnedReader> spawned = spawnReader(program);
    if (!spawned.ok()) {
        return Failure{ErrorCode::kIo, spawned.error().reason};
    }
    std::unique_ptr<ReaderProcess> process(
        new ReaderProcess(spawned.value().socket, spawned.value().pid));
    const Reading<std::string> body = process->receiveBody(
        FrameKind::kHello, kMaxHelloBytes, std::chrono::steady_clock::now() + kStartTime, {});
    Reading<Hello> hello = body.ok() ? decodeHello(body.value()) : body.error();
    if (!hello.ok()) {
        ReadLimits limits;
        limits.maxTime = kStartTime;
        return Failure{
            ErrorCode::kIo,
            becauseOf(ReasonCode::kReaderNotStarted, process->bury(hello.error(), limits).reason)};
    }
    process->m_hello = std::move(hello).value();
    return process;
}

ReaderProcess::~ReaderProcess() {
    end(milliseconds(0));
}

// What a reader sends may be more than there is room for here, whatever the limits allow.
Reading<Extract> ReaderProcess::read(std::string_view format,
                                     const ReadRequest& request,
                                     const std::stop_token& stop) {
    try {
        return readUnguarded(format, request, stop);
    } catch (const std::bad_alloc&) {
        m_isHealthy = false;
        end(milliseconds(0));
        return Failure{ErrorCode::kIo, {ReasonCode::kNoMemory}};
    }
}

Reading<Extract> ReaderProcess::readUnguarded(std::string_view format,
                                              const ReadRequest& request,
                                              const std::stop_token& stop) {
    setLimits(request.limits);
    const Reading<std::string> body = converse(format, request, stop);
    if (!body.ok()) {
        return bury(body.error(), request.limits);
    }
    ++m_filesRead;
    Reading<Extract> result = decodeResult(body.value(), request.limits);
    // An honest reader never answers so: it is not asked again.
    m_isHealthy = result.ok() || (!body.value().empty() && body.value().front() == '\0');
    return result;
}

Reading<std::string> ReaderProcess::converse(std::string_view format,
                                             const ReadRequest& request,
                                             const std::stop_token& stop) const {
    const Deadline deadline = std::chrono::steady_clock::now() + request.limits.maxTime;
    const std::string head = encodeRequestHead(format, request);
    const std::string header = encodeFrameHeader(
        {FrameKind::kRequest, static_cast<int64_t>(head.size() + request.bytes.size())});
    for (const std::string_view piece :
         {std::string_view(header), std::string_view(head), request.bytes}) {
        const ReadStatus sent = send(piece, deadline, stop);
        if (!sent.ok()) {
            return sent.error();
        }
    }
    return receiveBody(FrameKind::kResult, maxResultBytes(request.limits), deadline, stop);
}

ReadStatus ReaderProcess::waitFor(short events,
                                  Deadline deadline,
                                  const std::stop_token& stop) const {
    for (;;) {
        if (stop.stop_requested()) {
            return Failure{ErrorCode::kCancelled, {ReasonCode::kCancelled}};
        }
        const auto left =
            std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0) {
            return Failure{ErrorCode::kUnsupported,
                           {ReasonCode::kTimeOut}};  // bury() adds the limit
        }
        pollfd waiting{m_socket, events, 0};
        if (::poll(&waiting, 1, static_cast<int>(std::min(left, kStopInterval).count())) > 0) {
            return readOk();
        }
    }
}

ReadStatus ReaderProcess::send(std::string_view bytes,
                               Deadline deadline,
                               const std::stop_token& stop) const {
    while (!bytes.empty()) {
        const ssize_t sent =
            ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0) {
            bytes.remove_prefix(static_cast<size_t>(sent));
            continue;
        }
        if (sent < 0 && errno != EAGAIN && errno != EINTR) {
            return brokenOff();
        }
        ReadStatus status = waitFor(POLLOUT, deadline, stop);
        if (!status.ok()) {
            return status;
        }
    }
    return readOk();
}

// Room is made as the bytes come: a length alone costs nothing.
Reading<std::string> ReaderProcess::receive(int64_t bytes,
                                            Deadline deadline,
                                            const std::stop_token& stop) const {
    std::string received;
    const auto wanted = static_cast<size_t>(bytes);
    size_t done = 0;
    while (done < wanted) {
        if (received.size() == done) {
            received.resize(std::min(wanted, std::max(2 * done, kReceiveBytes)));
        }
        const ssize_t got =
            ::recv(m_socket, received.data() + done, received.size() - done, MSG_DONTWAIT);
        if (got > 0) {
            done += static_cast<size_t>(got);
            continue;
        }
        if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
            return brokenOff();
        }
        const ReadStatus status = waitFor(POLLIN, deadline, stop);
        if (!status.ok()) {
            return status.error();
        }
    }
    return received;
}

Reading<std::string> ReaderProcess::receiveBody(FrameKind kind,
                                                int64_t maxBytes,
                                                Deadline deadline,
                                                const std::stop_token& stop) const {
    const Reading<std::string> head = receive(kFrameHeaderBytes, deadline, stop);
    if (!head.ok()) {
        return head.error();
    }
    const Reading<FrameHeader> header = decodeFrameHeader(head.value(), maxBytes);
    if (!header.ok()) {
        return header.error();
    }
    if (header.value().kind != kind) {
        return Failure{ErrorCode::kCorrupt, {ReasonCode::kAnswerUnexpected}};
    }
    return receive(header.value().bodyBytes, deadline, stop);
}

// Set from here before each file, since a process that has given up its rights cannot set them.
// CPU time is bounded too, for the case that this program ends before its clock does.
void ReaderProcess::setLimits(const ReadLimits& limits) const {
    constexpr int64_t kSpareSeconds = 5;
    if (m_hello.hasMemoryLimit) {
        const rlimit memory{static_cast<rlim_t>(limits.maxMemoryBytes), RLIM_INFINITY};
        ::prlimit(m_pid, RLIMIT_AS, &memory, nullptr);
    }
    clockid_t clock = 0;
    timespec used{};
    if (::clock_getcpuclockid(m_pid, &clock) == 0 && ::clock_gettime(clock, &used) == 0) {
        const int64_t seconds = used.tv_sec + limits.maxTime.count() / 1000 + kSpareSeconds;
        const rlimit time{static_cast<rlim_t>(seconds), RLIM_INFINITY};
        ::prlimit(m_pid, RLIMIT_CPU, &time, nullptr);
    }
}

Failure ReaderProcess::bury(const Failure& failure, const ReadLimits& limits) {
    m_isHealthy = false;
    const bool hasBrokenOff = failure.code == ErrorCode::kIo;
    const int status = end(hasBrokenOff ? kFarewellTime : milliseconds(0));
    if (failure.reason.code == ReasonCode::kTimeOut) {
        return timeOut(limits);
    }
    if (!hasBrokenOff) {
        return failure;
    }
    if (WIFSIGNALED(status)) {
        return signalFailure(WTERMSIG(status), limits);
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == kExitOutOfMemory) {
        return Failure{ErrorCode::kOutOfMemory,
                       {.code = ReasonCode::kOverMemoryLimit, .limit = limits.maxMemoryBytes}};
    }
    return failure;
}

// The status as of waitpid(), 0 when there is none. A process that has broken off by itself is
// given `patience` to end: how it ends is what the user is told.
int ReaderProcess::end(milliseconds patience) {
    constexpr milliseconds kStep{1};
    if (m_pid < 0) {
        return 0;
    }
    int status = 0;
    pid_t got = ::waitpid(m_pid, &status, WNOHANG);
    for (; got == 0 && patience.count() > 0; patience -= kStep) {
        std::this_thread::sleep_for(kStep);
        got = ::waitpid(m_pid, &status, WNOHANG);
    }
    if (got == 0) {
        ::kill(m_pid, SIGKILL);
        while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
        }
    }
    ::close(m_socket);
    m_pid = -1;
    m_socket = -1;
    return status;
}

}  // namespace tl
