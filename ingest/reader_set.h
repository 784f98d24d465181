// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>

#include "ingest/reader.h"
#include "ingest/reason.h"

namespace tl {

struct ReaderSetOptions {
    std::filesystem::path readerProgram;  // throughline-reader; empty: where it is installed
    int maxProcesses = 0;                 // of throughline-reader; 0: one per core
    // Where extracts of binary formats, and reasons why a file has none, are kept from one run to
    // the next; empty: nowhere. Those of files that needed a password and of archives never are.
    std::filesystem::path cacheFolder;
    int64_t maxCacheBytes = int64_t{1} << 30;
};

// Files of binary formats.
struct ReadCounts {
    int64_t parsed = 0;
    int64_t fromCache = 0;
};

// All readers of the program: those of text and code, which work right here, and those of binary
// formats, which work in throughline-reader. Thread-safe; processes start when a file needs one and
// end with the set.
class ReaderSet {
public:
    explicit ReaderSet(const ReaderSetOptions& options = {});
    ~ReaderSet();
    ReaderSet(const ReaderSet&) = delete;
    ReaderSet& operator=(const ReaderSet&) = delete;

    // Reads the file with the reader that is surest of it, as plain text where none is. A text that
    // breaks the format it seems to have is read as plain text, with a warning. Failures as of
    // Reader::read() and, for binary formats, of a reader process: kReaderCrashed, kTimeOut;
    // kUnsupported for what is no text; kCancelled within 200 ms.
    Reading<Extract> read(const ReadRequest& request, const std::stop_token& stop = {});

    // One line about what the processes that have run lack on this system; empty when they lack
    // nothing or none was needed.
    std::string missingProtection() const;
    // What was read so far.
    ReadCounts counts() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace tl
