// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

namespace tl {

// Token ids of one part of the sequence; only the last part has fewer.
inline constexpr int64_t kTokensPerPart = 65536;

Result<std::vector<std::byte>> packTokens(std::span<const int32_t> tokens);

// Appends them. kCorrupt where the bytes, which are not trusted, are not `count` ids.
Status unpackTokens(std::span<const std::byte> packed, int64_t count, std::vector<int32_t>& tokens);

}  // namespace tl
