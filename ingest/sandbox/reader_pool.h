// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "ingest/reader.h"
#include "ingest/reason.h"

namespace tl {

struct ReaderPoolOptions {
    std::filesystem::path program;  // throughline-reader; empty: findReaderProgram()
    int maxProcesses = 0;           // 0: one per core
};

// Where throughline-reader lies: $TL_READER, else beside the running program, in
// ../libexec/throughline from there, or in the build tree. Empty when it is nowhere.
std::filesystem::path findReaderProgram();

// Processes of throughline-reader that parse untrusted files without rights of their own. Each
// reads one file at a time and is used again while it behaves; a crash, a time-out or too much
// memory ends the process, is the error of that file alone, and the next file gets a new one.
// Thread-safe; processes start when they are needed and end with the pool.
class ReaderPool {
public:
    explicit ReaderPool(ReaderPoolOptions options);
    ~ReaderPool();
    ReaderPool(const ReaderPool&) = delete;
    ReaderPool& operator=(const ReaderPool&) = delete;

    // Blocks until a process is free and has read the file. Failures as of Reader::read(); moreover
    // kCorrupt for kReaderCrashed, kUnsupported for kTimeOut, kOutOfMemory for kOverMemoryLimit,
    // kIo when the reader cannot be started; kCancelled within 200 ms.
    Reading<Extract> read(std::string_view format,
                          const ReadRequest& request,
                          const std::stop_token& stop = {});

    // One line for the user: "files are read in a sandbox (seccomp)", or what is missing. Starts a
    // process when none has run yet.
    Reading<std::string> status();
    // What reads pages that are pictures: "OCR: Tesseract 5.3.0 (eng)", "OCR: Tesseract is not
    // installed"; as status().
    std::string ocrEngine();
    // Whether the system call filter is active in the readers; as status().
    bool isFiltered();

    // What the readers that have run lack; empty when none has run or nothing is missing.
    std::string missingProtection() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace tl
