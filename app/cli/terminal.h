// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <mutex>
#include <stop_token>

namespace tl {

// Where a command writes and what may stop it. Handed in, so that tests read what was written.
struct Terminal {
    std::ostream& out;
    std::ostream& err;
    bool errIsTerminal = false;  // progress is shown on terminals alone
    std::stop_token stop;
    // Held while a line of results is written: a program that gives up on Ctrl-C takes it first,
    // so that no line is left half-written.
    std::mutex& writing;
};

}  // namespace tl
