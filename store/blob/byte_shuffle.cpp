// SPDX-License-Identifier: Apache-2.0
#include "store/blob/byte_shuffle.h"

#include <algorithm>
#include <cassert>

namespace tl {

namespace {

constexpr size_t kStride = 4;

}  // namespace

void shuffleBytes(std::span<const std::byte> in, std::span<std::byte> out) {
    assert(in.size() == out.size());
    const size_t groups = in.size() / kStride;
    for (size_t plane = 0; plane < kStride; ++plane) {
        for (size_t i = 0; i < groups; ++i) {
            out[plane * groups + i] = in[kStride * i + plane];
        }
    }
    const auto rest = static_cast<std::ptrdiff_t>(kStride * groups);
    std::copy(in.begin() + rest, in.end(), out.begin() + rest);
}

void unshuffleBytes(std::span<const std::byte> in, std::span<std::byte> out) {
    assert(in.size() == out.size());
    const size_t groups = in.size() / kStride;
    for (size_t plane = 0; plane < kStride; ++plane) {
        for (size_t i = 0; i < groups; ++i) {
            out[kStride * i + plane] = in[plane * groups + i];
        }
    }
    const auto rest = static_cast<std::ptrdiff_t>(kStride * groups);
    std::copy(in.begin() + rest, in.end(), out.begin() + rest);
}

}  // namespace tl
