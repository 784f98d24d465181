// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tl {

// GPT-2's spelling of bytes as printable characters: printable Latin-1 stands for itself, the other
// 68 bytes in ascending order for U+0100 and up, so that blank is U+0120.

// The spelling of one byte, UTF-8.
std::string spellByte(unsigned char byte);

// The bytes a token's text spells; nothing when a character is none of the alphabet's.
std::optional<std::string> spelledBytes(std::string_view text);

}  // namespace tl
