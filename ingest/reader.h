// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "ingest/extract.h"
#include "ingest/reason.h"

namespace tl {

// What a reader may use up for one file. Those that run in the sandbox have memory and time taken
// from them by the system; the others keep the limits themselves.
struct ReadLimits {
    int64_t maxTextBytes = 64 << 20;    // extracted text
    int64_t maxPartBytes = 64 << 20;    // one part
    int64_t maxTotalBytes = 256 << 20;  // all parts together
    int64_t maxParts = 100'000;
    int maxNesting = 3;  // archives in archives
    int64_t maxMemoryBytes = int64_t{2} << 30;
    std::chrono::milliseconds maxTime{60'000};
};

struct ReadRequest {
    std::string_view name;   // the file's name as shown; tells the format where the bytes do not
    std::string_view bytes;  // the whole file; lives as long as the call
    std::string password{};  // for encrypted files; empty: none
    std::string encoding{};  // of its text, as the user says; empty: told by the bytes
    bool ocr = false;        // pages without text through Tesseract, where it is installed
    ReadLimits limits{};
    // What the containers around the file have used up of the limits. It is taken off for archives
    // alone: any other file gives the same wherever it lies.
    int nesting = 0;
    int64_t unpackedBytes = 0;
};

// kOutOfMemory for a text over maxTextBytes.
Failure overTextLimit(const ReadLimits& limits);

// Turns the bytes of one format into text with places. One reader serves all threads.
class Reader {
public:
    virtual ~Reader() = default;

    // "pdf", "code"; with version(), part of the key under which results are cached.
    virtual std::string_view name() const = 0;
    // Raised whenever the same bytes give another result.
    virtual int version() const = 0;
    // How sure the reader is that a file is its own: 0 not at all, 50 by the name alone, 100 by
    // the bytes. `head` is the first 4 KiB or the whole file.
    virtual int sniff(std::string_view name, std::string_view head) const = 0;
    // kCorrupt when the bytes break their format; kUnsupported for what cannot be read by design;
    // kInvalidInput for kNeedsPassword and kWrongPassword; kOutOfMemory over a limit.
    virtual Reading<Extract> read(const ReadRequest& request) const = 0;
};

}  // namespace tl
