// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <iosfwd>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

namespace tl {

// Asks a person for a line that is not shown while it is typed; nullopt when no more is to be had:
// the input has ended, or the command was stopped.
using AskSecret = std::function<std::optional<std::string>(const std::string& prompt)>;

// Where a command writes and what may stop it. Handed in, so that tests read what was written.
struct Terminal {
    std::ostream& out;
    std::ostream& err;
    bool errIsTerminal = false;  // progress is shown on terminals alone
    std::stop_token stop;
    // Held while a line of results is written: a program that gives up on Ctrl-C takes it first,
    // so that no line is left half-written. It does not wait long: whoever reads the lines may
    // have stopped reading.
    std::timed_mutex& writing;
    AskSecret askSecret{};       // empty: nobody to ask
    bool outIsTerminal = false;  // what may still be taken back is shown on terminals alone
};

}  // namespace tl
