// SPDX-License-Identifier: Apache-2.0
// What the fuzz targets of sandboxed formats ask of every answer.
#pragma once

#include <cstdlib>
#include <string_view>

#include "ingest/sandbox/check_extract.h"
#include "ingest/sandbox/format_readers.h"

namespace tl {

inline void requireSound(bool isTrue) {
    if (!isTrue) {
        std::abort();
    }
}

// Reads with small limits; an extract keeps its promises, an error has a reason of one line.
inline void readAndCheck(std::string_view format, std::string_view bytes) {
    ReadRequest request;
    request.name = "file";
    request.bytes = bytes;
    request.limits.maxTextBytes = 1 << 20;
    request.limits.maxPartBytes = 1 << 20;
    request.limits.maxTotalBytes = 4 << 20;
    request.limits.maxParts = 1000;
    request.limits.maxMemoryBytes = 256 << 20;
    const Reading<Extract> extract = readFormat(format, request);
    if (extract.ok()) {
        requireSound(checkExtract(extract.value(), request.limits).ok());
    } else {
        requireSound(!extract.error().reason.isNone());
    }
}

}  // namespace tl
