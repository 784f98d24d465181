// SPDX-License-Identifier: Apache-2.0
#include "store/blob/state_parts.h"

#include <algorithm>
#include <utility>

#include "store/blob/packing.h"

namespace tl {

Result<std::vector<std::vector<std::byte>>> packState(std::span<const std::byte> state) {
    std::vector<std::vector<std::byte>> parts;
    while (!state.empty()) {
        const size_t size = std::min(state.size(), kStatePartBytes);
        Result<std::vector<std::byte>> packed = packShuffled(state.first(size));
        if (!packed.ok()) {
            return packed.error();
        }
        parts.push_back(std::move(packed).value());
        state = state.subspan(size);
    }
    return parts;
}

Status unpackStatePart(std::span<const std::byte> packed, std::vector<std::byte>& state) {
    const Result<std::vector<std::byte>> part = unpackShuffled(packed, kStatePartBytes);
    if (!part.ok()) {
        return part.error();
    }
    state.insert(state.end(), part.value().begin(), part.value().end());
    return okStatus();
}

}  // namespace tl
