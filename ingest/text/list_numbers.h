// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace tl {

enum class NumberStyle {
    kDecimal,
    kZeroPadded,
    kLowerLetter,
    kUpperLetter,
    kLowerRoman,
    kUpperRoman
};

// 4 as "4", "04", "d", "D", "iv" or "IV". Letters go on with "aa"; what has no such form (0, or
// over 3999 in Roman) comes as digits.
std::string listNumber(int value, NumberStyle style);

}  // namespace tl
