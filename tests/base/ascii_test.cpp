// SPDX-License-Identifier: Apache-2.0
#include "base/ascii.h"

#include <array>

#include <gtest/gtest.h>

namespace tl {
namespace {

TEST(Ascii, TellsDigitsAndLettersFromTheirNeighboursAndFromOtherBytes) {
    std::string digits;
    std::string letters;
    for (int byte = 0; byte < 256; ++byte) {
        const auto c = static_cast<char>(byte);
        digits += isAsciiDigit(c) ? std::string(1, c) : "";
        letters += isAsciiLetter(c) ? std::string(1, c) : "";
        EXPECT_EQ(isAsciiLetter(c), isAsciiUpper(c) != isAsciiLower(c)) << byte;
    }
    EXPECT_EQ(digits, "0123456789");
    EXPECT_EQ(letters, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
}

TEST(Ascii, LowersLettersOfAsciiAlone) {
    EXPECT_EQ(asciiLower("READ_Me.TXT @[`{"), "read_me.txt @[`{");
    EXPECT_EQ(asciiLower("\xC3\x84\xC3\x96"), "\xC3\x84\xC3\x96");
}

TEST(Ascii, FindsAWordInAList) {
    constexpr std::array<std::string_view, 2> kWords{"one", "two"};
    EXPECT_TRUE(isOneOf("two", kWords));
    EXPECT_FALSE(isOneOf("tw", kWords));
    EXPECT_TRUE(isOneOf("", {"", "body"}));
    EXPECT_FALSE(isOneOf("Body", {"", "body"}));
}

}  // namespace
}  // namespace tl
