// SPDX-License-Identifier: Apache-2.0
// Composition root: turns arguments into a command and runs it.
#include <chrono>
#include <csignal>
#include <iostream>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <unistd.h>
#include <variant>
#include <vector>

#include "app/cli/append_command.h"
#include "app/cli/ask_command.h"
#include "app/cli/command_line.h"
#include "app/cli/info_command.h"
#include "app/cli/overview_command.h"
#include "app/cli/plan_command.h"
#include "app/cli/read_command.h"
#include "app/cli/read_secret.h"
#include "app/cli/status_command.h"
#include "app/cli/terminal.h"
#include "app/cli/verify_command.h"
#ifdef TL_UI
#include "ui/run_window.h"
#endif

namespace {

// Ctrl-C and SIGTERM ask the command to stop. What has not come to its end in this time (a model
// being loaded) is left where it is: between two lines of output, if it gets there in time. A line
// whose reader has stopped reading is never written to its end.
constexpr timespec kGrace{0, 80'000'000};
constexpr std::chrono::milliseconds kLineGrace{100};

// Blocks the signals in every thread started later and takes them on one thread, where, other than
// in a signal handler, everything may be called.
class Interrupts {
public:
    Interrupts() {
        sigemptyset(&m_signals);
        sigaddset(&m_signals, SIGINT);
        sigaddset(&m_signals, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &m_signals, nullptr);
        std::thread([this] { wait(); }).detach();
    }

    std::stop_token token() const { return m_stop.get_token(); }
    std::timed_mutex& writing() { return m_writing; }

private:
    [[noreturn]] void wait() {
        int signal = 0;
        sigwait(&m_signals, &signal);
        m_stop.request_stop();
        nanosleep(&kGrace, nullptr);
        static_cast<void>(m_writing.try_lock_for(kLineGrace));
        _exit(tl::kExitCancelled);
    }

    sigset_t m_signals{};
    std::stop_source m_stop;
    std::timed_mutex m_writing;
};

int runOnProject(const tl::ProjectRequest& request, const tl::Terminal& terminal) {
    switch (request.task) {
        case tl::ProjectRequest::Task::kStatus:
            return tl::runStatus(request, terminal);
        case tl::ProjectRequest::Task::kVerify:
            return tl::runVerify(request, terminal);
        case tl::ProjectRequest::Task::kRead:
        case tl::ProjectRequest::Task::kUpdate:
            break;
    }
    return tl::runRead(request, terminal);
}

int runHeadless(const tl::Request& request) {
    // Never destroyed: its thread waits until the process ends.
    static auto& interrupts = *new Interrupts;
    tl::Terminal terminal{
        std::cout, std::cerr, isatty(STDERR_FILENO) == 1, interrupts.token(), interrupts.writing()};
    terminal.outIsTerminal = isatty(STDOUT_FILENO) == 1;
    if (terminal.errIsTerminal && isatty(STDIN_FILENO) == 1) {
        terminal.askSecret = [&](const std::string& prompt) {
            return tl::readSecret(STDIN_FILENO, std::cerr, prompt, terminal.stop);
        };
    }
    if (const auto* ask = std::get_if<tl::AskRequest>(&request)) {
        return tl::runAsk(*ask, terminal);
    }
    if (const auto* plan = std::get_if<tl::PlanRequest>(&request)) {
        return tl::runPlan(*plan, terminal);
    }
    if (const auto* overview = std::get_if<tl::OverviewRequest>(&request)) {
        return tl::runOverview(*overview, terminal);
    }
    if (const auto* project = std::get_if<tl::ProjectRequest>(&request)) {
        return runOnProject(*project, terminal);
    }
    if (const auto* append = std::get_if<tl::AppendRequest>(&request)) {
        return tl::runAppend(*append, terminal);
    }
    return tl::runInfo(std::get<tl::InfoRequest>(request), terminal);
}

#ifdef TL_UI
[[noreturn]] void endWithoutWindow(const std::string& why) {
    std::cerr << "throughline: " << why << "; throughline ask answers in a terminal" << std::endl;
    _exit(tl::kExitFailed);
}
#endif

}  // namespace

int main(int argc, char** argv) {
    const tl::Request request =
        tl::parseCommandLine(std::vector<std::string>(argv + 1, argv + argc));
    if (const auto* notice = std::get_if<tl::Notice>(&request)) {
        (notice->exitStatus == tl::kExitOk ? std::cout : std::cerr) << notice->text << std::flush;
        return notice->exitStatus;
    }
    if (const auto* window = std::get_if<tl::WindowRequest>(&request)) {
#ifdef TL_UI
        const bool opensProject =
            window->paths.size() == 1 && tl::isProjectPath(window->paths.front());
        const tl::ModelChoice model =
            opensProject ? tl::modelFor(window->paths.front(), window->model) : window->model;
        return tl::runWindow(argc, argv, model, window->paths, endWithoutWindow);
#else
        static_cast<void>(window);
        std::cerr << "throughline: built without the window; see throughline --help" << std::endl;
        return tl::kExitUsage;
#endif
    }
    return runHeadless(request);
}
