// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "ingest/reason.h"

namespace tl {

// The whole of a regular file. Never waits, even where a pipe or a device has taken the file's
// place. kNotFound when it is gone; kIo when it cannot be read, is no regular file any more, or
// changes meanwhile; kUnsupported when larger than maxBytes. Thread-safe.
Reading<std::string> readFileBytes(const std::filesystem::path& path, int64_t maxBytes);

// "Permission denied"
std::string describeErrno(int error);

}  // namespace tl
