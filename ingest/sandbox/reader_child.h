// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/reader.h"
#include "ingest/reason.h"

namespace tl {

// Exit status of a reader that ran out of the memory it was given.
constexpr int kExitOutOfMemory = 71;

struct ReaderChildOptions {
    int socket = 0;
    // What has to be loaded while files can still be opened; gives the line about OCR.
    std::function<std::string()> prepare;
    std::vector<std::string> readableFolders;  // see lockDown()
    std::function<Reading<Extract>(std::string_view format, const ReadRequest& request)> read;
};

// The life of a reader process: prepares, gives up its rights, says hello, answers requests until
// the socket is closed. Returns the exit status, to be given to _exit(): handlers at exit are of no
// use to a process that may do nothing.
int runReaderChild(const ReaderChildOptions& options);

}  // namespace tl
