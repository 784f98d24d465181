// SPDX-License-Identifier: Apache-2.0
// throughline-reader: parses untrusted files for throughline, which starts it with a socket as its
// standard input. Of no use when started by hand.
#include <sys/socket.h>
#include <unistd.h>

#include "ingest/sandbox/format_readers.h"
#include "ingest/sandbox/reader_child.h"

int main() {
    int kind = 0;
    socklen_t size = sizeof kind;
    if (::getsockopt(STDIN_FILENO, SOL_SOCKET, SO_TYPE, &kind, &size) != 0) {
        constexpr std::string_view kHint = "throughline-reader is started by throughline\n";
        return ::write(STDERR_FILENO, kHint.data(), kHint.size()) < 0 ? 2 : 1;
    }
    tl::ReaderChildOptions options;
    options.socket = STDIN_FILENO;
    options.prepare = tl::prepareFormats;
    options.readableFolders = tl::formatFolders();
    options.read = tl::readFormat;
    ::_exit(tl::runReaderChild(options));
}
