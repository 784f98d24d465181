// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ingest/sandbox/protocol.h"

namespace tl {

// One running throughline-reader. Thread-compatible: one read() at a time. The destructor ends it.
class ReaderProcess {
public:
    // Waits for the process's greeting. kIo when it cannot be started.
    static Result<std::unique_ptr<ReaderProcess>> start(const std::filesystem::path& program);
    ~ReaderProcess();
    ReaderProcess(const ReaderProcess&) = delete;
    ReaderProcess& operator=(const ReaderProcess&) = delete;

    // As ReaderPool::read(). After a failure of the process isHealthy() is false, and it takes no
    // more requests.
    Result<Extract> read(std::string_view format,
                         const ReadRequest& request,
                         const std::stop_token& stop);

    bool isHealthy() const { return m_isHealthy; }
    int64_t filesRead() const { return m_filesRead; }
    const Hello& hello() const { return m_hello; }

private:
    using Deadline = std::chrono::steady_clock::time_point;

    ReaderProcess(int socket, int pid) : m_socket(socket), m_pid(pid) {}

    Result<Extract> readUnguarded(std::string_view format,
                                  const ReadRequest& request,
                                  const std::stop_token& stop);
    Status waitFor(short events, Deadline deadline, const std::stop_token& stop) const;
    Status send(std::string_view bytes, Deadline deadline, const std::stop_token& stop) const;
    Result<std::string> receive(int64_t bytes,
                                Deadline deadline,
                                const std::stop_token& stop) const;
    Result<std::string> receiveBody(FrameKind kind,
                                    int64_t maxBytes,
                                    Deadline deadline,
                                    const std::stop_token& stop) const;
    Result<std::string> converse(std::string_view format,
                                 const ReadRequest& request,
                                 const std::stop_token& stop) const;
    void setLimits(const ReadLimits& limits) const;
    // Ends the process and says why it failed; `error` unless its exit status tells more.
    Error bury(Error error, const ReadLimits& limits);
    int end(std::chrono::milliseconds patience);

    int m_socket;
    int m_pid;
    bool m_isHealthy = true;
    int64_t m_filesRead = 0;
    Hello m_hello;
};

}  // namespace tl
