// SPDX-License-Identifier: Apache-2.0
#include <cerrno>
#include <ostream>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include "app/cli/read_secret.h"

namespace tl {

namespace {

// Between two looks at the stop token; well below the time that Ctrl-C grants.
constexpr int kPollMs = 20;

// Turns echo off while it lives; the line end that ends the line is shown all the same.
class SilentTerminal {
public:
    explicit SilentTerminal(int terminal) : m_terminal(terminal) {
        if (tcgetattr(m_terminal, &m_before) != 0) {
            return;
        }
        termios silent = m_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        silent.c_lflag |= ICANON | ECHONL;
        m_isChanged = tcsetattr(m_terminal, TCSAFLUSH, &silent) == 0;
    }
    ~SilentTerminal() {
        if (m_isChanged) {
            tcsetattr(m_terminal, TCSANOW, &m_before);
        }
    }
    SilentTerminal(const SilentTerminal&) = delete;
    SilentTerminal& operator=(const SilentTerminal&) = delete;

private:
    int m_terminal;
    termios m_before{};
    bool m_isChanged = false;
};

}  // namespace

std::optional<std::string> readSecret(int terminal,
                                      std::ostream& out,
                                      const std::string& prompt,
                                      const std::stop_token& stop) {
    // First: what is typed once the prompt stands must not be shown.
    const SilentTerminal silent(terminal);
    out << prompt << std::flush;
    std::string line;
    while (!stop.stop_requested()) {
        pollfd ready{terminal, POLLIN, 0};
        if (poll(&ready, 1, kPollMs) <= 0) {
            continue;
        }
        char c = 0;
        const ssize_t count = read(terminal, &c, 1);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            break;
        }
        if (c == '\n') {
            return line;
        }
        line += c;
    }
    out << std::endl;
    return std::nullopt;
}

}  // namespace tl
