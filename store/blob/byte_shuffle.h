// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

namespace tl {

// All first bytes of groups of four, then all second bytes, third, fourth, then the bytes of a last
// group that is not whole: exponents of floats and high bytes of small numbers come to lie side by
// side, where a packer sees how alike they are.
// REQUIRES: both are of one size and do not overlap
void shuffleBytes(std::span<const std::byte> in, std::span<std::byte> out);

// The inverse.
void unshuffleBytes(std::span<const std::byte> in, std::span<std::byte> out);

}  // namespace tl
