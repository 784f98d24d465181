// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "ingest/reason.h"
#include "ingest/sandbox/protocol.h"

namespace tl {

// One running throughline-reader. Thread-compatible: one read() at a time. The destructor ends it.
class ReaderProcess {
public:
    // Waits for the process's greeting. kIo when it cannot be started.
    static Reading<std::unique_ptr<ReaderProcess>> start(const std::filesystem::path& program);
    ~ReaderProcess();
    ReaderProcess(const ReaderProcess&) = delete;
    ReaderProcess& operator=(const ReaderProcess&) = delete;

    // As ReaderPool::read(). After a failure of the process isHealthy() is false, and it takes no
    // more requests.
    Reading<Extract> read(std::string_view format,
                          const ReadRequest& request,
                          const std::stop_token& stop);

    bool isHealthy() const { return m_isHealthy; }
    int64_t filesRead() const { return m_filesRead; }
    const Hello& hello() const { return m_hello; }

private:
    using Deadline = std::chrono::steady_clock::time_point;

    ReaderProcess(int socket, int pid) : m_socket(socket), m_pid(pid) {}

    Reading<Extract> readUnguarded(std::string_view format,
                                   const ReadRequest& request,
                                   const std::stop_token& stop);
    ReadStatus waitFor(short events, Deadline deadline, const std::stop_token& stop) const;
    ReadStatus send(std::string_view bytes, Deadline deadline, const std::stop_token& stop) const;
    Reading<std::string> receive(int64_t bytes,
                                 Deadline deadline,
                                 const std::stop_token& stop) const;
    Reading<std::string> receiveBody(FrameKind kind,
                                     int64_t maxBytes,
                                     Deadline deadline,
                                     const std::stop_token& stop) const;
    Reading<std::string> converse(std::string_view format,
                                  const ReadRequest& request,
                                  const std::stop_token& stop) const;
    void setLimits(const ReadLimits& limits) const;
    // Ends the process and says why it failed; `error` unless its exit status tells more.
    Failure bury(const Failure& failure, const ReadLimits& limits);
    int end(std::chrono::milliseconds patience);

    int m_socket;
    int m_pid;
    bool m_isHealthy = true;
    int64_t m_filesRead = 0;
    Hello m_hello;
};

}  // namespace tl
