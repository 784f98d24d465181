// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace tl {

struct LockDown {
    bool isFiltered = false;      // the system call filter is active
    bool hasMemoryLimit = false;  // RLIMIT_AS works here: not under a sanitizer
    std::string missing;          // what of it this system lacks; one line, or empty
};

// Takes away this process's rights for good: no new privileges, no network, no writing of files, no
// new processes or programs, no code in writable memory. Whoever tries ends at once with SIGSYS.
// Files can only be read below `readableFolders` (fonts and tables of the parsers), and not at all
// where the kernel cannot tell folders apart (Landlock, Linux 5.13). To be called before the first
// untrusted byte and while there is one thread.
LockDown lockDown(const std::vector<std::string>& readableFolders);

}  // namespace tl
