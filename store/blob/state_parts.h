// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/result.h"

namespace tl {

// A state is packed in parts of so many bytes, so that none becomes larger than a blob may be and
// little memory is needed beside it.
inline constexpr size_t kStatePartBytes = size_t{1} << 20;

Result<std::vector<std::vector<std::byte>>> packState(std::span<const std::byte> state);

// Appends one part. kCorrupt; the bytes are not trusted.
Status unpackStatePart(std::span<const std::byte> packed, std::vector<std::byte>& state);

}  // namespace tl
