// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/result.h"

namespace tl {

// Bytes shuffled in groups of four, then one zstd frame. kOutOfMemory.
Result<std::vector<std::byte>> packShuffled(std::span<const std::byte> bytes);

// The inverse. The bytes are not trusted: kCorrupt where they are no such frame or one of more than
// `maxBytes`.
Result<std::vector<std::byte>> unpackShuffled(std::span<const std::byte> packed, size_t maxBytes);

}  // namespace tl
