// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace tl {

// Valid UTF-8 with blank lines, lines of white space, long lines with and without spaces, and
// characters of one to four bytes; the same text for the same seed.
inline std::string randomText(uint32_t seed) {
    static constexpr std::array<std::string_view, 14> kPieces{"word ",
                                                              "x",
                                                              "\n",
                                                              "\n",
                                                              "\n\n",
                                                              "\n \t\n",
                                                              "   ",
                                                              "End. ",
                                                              "\xC3\xA9",
                                                              "\xE4\xB8\xAD",
                                                              "\xE3\x80\x82",
                                                              "\xF0\x9F\x98\x80",
                                                              "\f",
                                                              "fn(a, b);\n"};
    std::mt19937 random(seed);
    std::string text;
    for (size_t pieces = random() % 200; pieces > 0; --pieces) {
        const std::string_view piece = kPieces[random() % kPieces.size()];
        const size_t times = random() % 40 == 0 ? random() % 3000 : 1;
        for (size_t i = 0; i < times; ++i) {
            text += piece;
        }
    }
    return text;
}

}  // namespace tl
