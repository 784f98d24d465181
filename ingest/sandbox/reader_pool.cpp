// SPDX-License-Identifier: Apache-2.0
#include "ingest/sandbox/reader_pool.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "ingest/sandbox/reader_process.h"

namespace tl {

namespace {

std::string protectionText(const Hello& hello) {
    std::string line = hello.isFiltered
                           ? "PDF and other binary files are read in a sandbox (seccomp)"
                           : "PDF and other binary files are read in a process of their own,"
                             " without a sandbox";
    return hello.missingProtection.empty() ? line : line + "; " + hello.missingProtection;
}

}  // namespace

class ReaderPool::Impl {
public:
    explicit Impl(ReaderPoolOptions options) : m_options(std::move(options)) {
        if (m_options.program.empty()) {
            m_options.program = findReaderProgram();
        }
        if (m_options.maxProcesses <= 0) {
            m_options.maxProcesses =
                std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
        }
    }

    Reading<Extract> read(std::string_view format,
                          const ReadRequest& request,
                          const std::stop_token& stop);
    // Starts a process when none has run yet.
    Reading<Hello> hello();
    std::optional<Hello> knownHello() {
        const std::lock_guard lock(m_mutex);
        return m_hello;
    }

private:
    using Process = std::unique_ptr<ReaderProcess>;

    // A process of this caller's own, perhaps one that has read other files before.
    Reading<Process> take(const std::stop_token& stop);
    void giveBack(Process process);
    Reading<Process> start();

    ReaderPoolOptions m_options;
    std::mutex m_mutex;
    std::condition_variable_any m_freed;
    int m_taken = 0;               // guarded by m_mutex
    std::vector<Process> m_idle;   // guarded by m_mutex
    std::optional<Hello> m_hello;  // guarded by m_mutex
};

Reading<ReaderPool::Impl::Process> ReaderPool::Impl::start() {
    if (m_options.program.empty()) {
        return Failure{ErrorCode::kIo, {ReasonCode::kReaderMissing}};
    }
    Reading<Process> process = ReaderProcess::start(m_options.program);
    if (process.ok()) {
        const std::lock_guard lock(m_mutex);
        m_hello = process.value()->hello();
    }
    return process;
}

Reading<ReaderPool::Impl::Process> ReaderPool::Impl::take(const std::stop_token& stop) {
    {
        std::unique_lock lock(m_mutex);
        if (!m_freed.wait(lock, stop, [this] { return m_taken < m_options.maxProcesses; })) {
            return Failure{ErrorCode::kCancelled, {ReasonCode::kCancelled}};
        }
        ++m_taken;
        if (!m_idle.empty()) {
            Process process = std::move(m_idle.back());
            m_idle.pop_back();
            return process;
        }
    }
    Reading<Process> process = start();
    if (!process.ok()) {
        giveBack(nullptr);
    }
    return process;
}

void ReaderPool::Impl::giveBack(Process process) {
    {
        const std::lock_guard lock(m_mutex);
        --m_taken;
        if (process && process->isHealthy()) {
            m_idle.push_back(std::move(process));
        }
    }
    m_freed.notify_one();
}

Reading<Extract> ReaderPool::Impl::read(std::string_view format,
                                        const ReadRequest& request,
                                        const std::stop_token& stop) {
    if (stop.stop_requested()) {
        return Failure{ErrorCode::kCancelled, {ReasonCode::kCancelled}};
    }
    Reading<Process> taken = take(stop);
    if (!taken.ok()) {
        return taken.error();
    }
    Process process = std::move(taken).value();
    const bool hadReadOthers = process->filesRead() > 0;
    Reading<Extract> result = process->read(format, request, stop);
    // What earlier files left behind in the process must not be this file's fault. A time-out is:
    // it does not depend on them, and asking twice would take the time twice.
    const bool hasEnded = !result.ok() && !process->isHealthy();
    if (hasEnded && hadReadOthers && result.error().reason.code != ReasonCode::kTimeOut &&
        result.error().code != ErrorCode::kCancelled) {
        Reading<Process> fresh = start();
        if (fresh.ok()) {
            process = std::move(fresh).value();
            result = process->read(format, request, stop);
        }
    }
    giveBack(std::move(process));
    return result;
}

Reading<Hello> ReaderPool::Impl::hello() {
    if (const std::optional<Hello> known = knownHello()) {
        return *known;
    }
    Reading<Process> taken = take({});
    if (!taken.ok()) {
        return taken.error();
    }
    Hello hello = taken.value()->hello();
    giveBack(std::move(taken).value());
    return hello;
}

ReaderPool::ReaderPool(ReaderPoolOptions options)
    : m_impl(std::make_unique<Impl>(std::move(options))) {}

ReaderPool::~ReaderPool() = default;

Reading<Extract> ReaderPool::read(std::string_view format,
                                  const ReadRequest& request,
                                  const std::stop_token& stop) {
    return m_impl->read(format, request, stop);
}

Reading<std::string> ReaderPool::status() {
    const Reading<Hello> hello = m_impl->hello();
    if (!hello.ok()) {
        return hello.error();
    }
    const std::string line = protectionText(hello.value());
    return hello.value().ocr.empty() ? line : line + "; " + hello.value().ocr;
}

std::string ReaderPool::ocrEngine() {
    const Reading<Hello> hello = m_impl->hello();
    return hello.ok() ? hello.value().ocr : std::string();
}

std::string ReaderPool::missingProtection() const {
    const std::optional<Hello> hello = m_impl->knownHello();
    if (!hello || (hello->isFiltered && hello->missingProtection.empty())) {
        return {};
    }
    return protectionText(*hello);
}

bool ReaderPool::isFiltered() {
    const Reading<Hello> hello = m_impl->hello();
    return hello.ok() && hello.value().isFiltered;
}

}  // namespace tl
