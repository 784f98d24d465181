// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>

namespace tl {

// How far a long job is. Units are the job's own (tokens, files).
struct Progress {
    int64_t done = 0;
    int64_t total = 0;  // 0 while unknown
};

// Called on the thread that does the work; must return quickly and may be empty.
using ProgressFn = std::function<void(const Progress&)>;

}  // namespace tl
