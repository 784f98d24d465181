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

#include "ingest/sandbox/limit_text.h"
#include "ingest/sandbox/reader_child.h"
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
Error brokenOff() {
    return Error{ErrorCode::kIo, "the reader ended without an answer"};
}

}  // namespace

Result<std::unique_ptr<ReaderProcess>> ReaderProcess::start(const std::filesystem::path& program) {
    const Result<SpawnedReader> spawned = spawnReader(program);
    if (!spawned.ok()) {
        return Error{ErrorCode::kIo, spawned.error().message};
    }
    std::unique_ptr<ReaderProcess> process(
        new ReaderProcess(spawned.value().socket, spawned.value().pid));
    const Result<std::string> body = process->receiveBody(
        FrameKind::kHello, kMaxHelloBytes, std::chrono::steady_clock::now() + kStartTime, {});
    Result<Hello> hello = body.ok() ? decodeHello(body.value()) : body.error();
    if (!hello.ok()) {
        ReadLimits limits;
        limits.maxTime = kStartTime;
        const Error why = process->bury(hello.error(), limits);
        return Error{ErrorCode::kIo, "the reader cannot be started: " + why.message};
    }
    process->m_hello = std::move(hello).value();
    return process;
}

ReaderProcess::~ReaderProcess() {
    end(milliseconds(0));
}

// What a reader sends may be more than there is room for here, whatever the limits allow.
Result<Extract> ReaderProcess::read(std::string_view format,
                                    const ReadRequest& request,
                                    const std::stop_token& stop) {
    try {
        return readUnguarded(format, request, stop);
    } catch (const std::bad_alloc&) {
        m_isHealthy = false;
        end(milliseconds(0));
        return Error{ErrorCode::kIo, "no memory for what is in it"};
    }
}

Result<Extract> ReaderProcess::readUnguarded(std::string_view format,
                                             const ReadRequest& request,
                                             const std::stop_token& stop) {
    setLimits(request.limits);
    const Result<std::string> body = converse(format, request, stop);
    if (!body.ok()) {
        return bury(body.error(), request.limits);
    }
    ++m_filesRead;
    Result<Extract> result = decodeResult(body.value(), request.limits);
    // An honest reader never answers so: it is not asked again.
    m_isHealthy = result.ok() || (!body.value().empty() && body.value().front() == '\0');
    return result;
}

Result<std::string> ReaderProcess::converse(std::string_view format,
                                            const ReadRequest& request,
                                            const std::stop_token& stop) const {
    const Deadline deadline = std::chrono::steady_clock::now() + request.limits.maxTime;
    const std::string head = encodeRequestHead(format, request);
    const std::string header = encodeFrameHeader(
        {FrameKind::kRequest, static_cast<int64_t>(head.size() + request.bytes.size())});
    for (const std::string_view piece :
         {std::string_view(header), std::string_view(head), request.bytes}) {
        const Status sent = send(piece, deadline, stop);
        if (!sent.ok()) {
            return sent.error();
        }
    }
    return receiveBody(FrameKind::kResult, maxResultBytes(request.limits), deadline, stop);
}

Status ReaderProcess::waitFor(short events, Deadline deadline, const std::stop_token& stop) const {
    for (;;) {
        if (stop.stop_requested()) {
            return Error{ErrorCode::kCancelled, "cancelled"};
        }
        const auto left =
            std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0) {
            return Error{ErrorCode::kUnsupported, "took too long"};  // bury() names the limit
        }
        pollfd waiting{m_socket, events, 0};
        if (::poll(&waiting, 1, static_cast<int>(std::min(left, kStopInterval).count())) > 0) {
            return okStatus();
        }
    }
}

Status ReaderProcess::send(std::string_view bytes,
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
        Status status = waitFor(POLLOUT, deadline, stop);
        if (!status.ok()) {
            return status;
        }
    }
    return okStatus();
}

// Room is made as the bytes come: a length alone costs nothing.
Result<std::string> ReaderProcess::receive(int64_t bytes,
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
        const Status status = waitFor(POLLIN, deadline, stop);
        if (!status.ok()) {
            return status.error();
        }
    }
    return received;
}

Result<std::string> ReaderProcess::receiveBody(FrameKind kind,
                                               int64_t maxBytes,
                                               Deadline deadline,
                                               const std::stop_token& stop) const {
    const Result<std::string> head = receive(kFrameHeaderBytes, deadline, stop);
    if (!head.ok()) {
        return head.error();
    }
    const Result<FrameHeader> header = decodeFrameHeader(head.value(), maxBytes);
    if (!header.ok()) {
        return header.error();
    }
    if (header.value().kind != kind) {
        return Error{ErrorCode::kCorrupt, "the reader gave an answer of another kind"};
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

Error ReaderProcess::bury(Error error, const ReadLimits& limits) {
    m_isHealthy = false;
    const bool hasBrokenOff = error.code == ErrorCode::kIo;
    const int status = end(hasBrokenOff ? kFarewellTime : milliseconds(0));
    if (error.code == ErrorCode::kUnsupported) {
        return Error{error.code, timeOutText(limits.maxTime)};
    }
    if (!hasBrokenOff) {
        return error;
    }
    if (WIFSIGNALED(status)) {
        return signalError(WTERMSIG(status), limits);
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == kExitOutOfMemory) {
        return Error{ErrorCode::kOutOfMemory,
                     "needs more than " + memoryText(limits.maxMemoryBytes) + " of memory"};
    }
    return error;
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
