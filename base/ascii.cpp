// SPDX-License-Identifier: Apache-2.0
#include "base/ascii.h"

namespace tl {

std::string asciiLower(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) {
        c = isAsciiUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return lower;
}

}  // namespace tl
