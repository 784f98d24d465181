// SPDX-License-Identifier: Apache-2.0
#include "store/blob/token_ids.h"

#include <cstring>

#include "store/blob/packing.h"

namespace tl {

Result<std::vector<std::byte>> packTokens(std::span<const int32_t> tokens) {
    return packShuffled(std::as_bytes(tokens));
}

Status unpackTokens(std::span<const std::byte> packed,
                    int64_t count,
                    std::vector<int32_t>& tokens) {
    if (count < 1 || count > kTokensPerPart) {
        return Error{ErrorCode::kCorrupt, "impossible number of token ids"};
    }
    const size_t size = static_cast<size_t>(count) * sizeof(int32_t);
    const Result<std::vector<std::byte>> bytes = unpackShuffled(packed, size);
    if (!bytes.ok()) {
        return bytes.error();
    }
    if (bytes.value().size() != size) {
        return Error{ErrorCode::kCorrupt, "other number of token ids"};
    }
    const size_t before = tokens.size();
    tokens.resize(before + static_cast<size_t>(count));
    std::memcpy(tokens.data() + before, bytes.value().data(), size);
    return okStatus();
}

}  // namespace tl
