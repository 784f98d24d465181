// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "ingest/reason.h"

namespace tl {

struct SpawnedReader {
    int socket = -1;  // the caller's end; closing it ends the reader
    int pid = -1;
};

// Starts the program with a socket as standard input, no other descriptor of ours, a bare
// environment and a process group of its own, so that Ctrl-C does not look like a crash. Safe in a
// program with threads. kNotFound, kIo.
Reading<SpawnedReader> spawnReader(const std::filesystem::path& program);

}  // namespace tl
