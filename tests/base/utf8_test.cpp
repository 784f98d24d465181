// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"

#include <random>

#include <gtest/gtest.h>

namespace tl {
namespace {

// UTF-8 of any code, surrogates included, by the definition.
std::string encoded(char32_t code) {
    const auto byte = [](char32_t value) { return static_cast<char>(value); };
    if (code < 0x80) {
        return {byte(code)};
    }
    if (code < 0x800) {
        return {byte(0xC0 | (code >> 6)), byte(0x80 | (code & 0x3F))};
    }
    if (code < 0x10000) {
        return {byte(0xE0 | (code >> 12)),
                byte(0x80 | ((code >> 6) & 0x3F)),
                byte(0x80 | (code & 0x3F))};
    }
    return {byte(0xF0 | (code >> 18)),
            byte(0x80 | ((code >> 12) & 0x3F)),
            byte(0x80 | ((code >> 6) & 0x3F)),
            byte(0x80 | (code & 0x3F))};
}

// What the assembler makes of `bytes` given in pieces of `step`.
std::string assembled(std::string_view bytes, size_t step) {
    Utf8Assembler assembler;
    std::string out;
    for (size_t i = 0; i < bytes.size(); i += step) {
        assembler.push(bytes.substr(i, step), out);
        EXPECT_TRUE(isValidUtf8(out));
    }
    assembler.finish(out);
    return out;
}

TEST(Utf8Test, DecodesEveryCodePoint) {
    for (char32_t code = 0; code < 0x110000; ++code) {
        const bool surrogate = code >= 0xD800 && code < 0xE000;
        const std::string bytes = encoded(code);
        const Utf8Char c = decodeUtf8(bytes);
        ASSERT_EQ(c.status, surrogate ? Utf8Status::kInvalid : Utf8Status::kValid)
            << static_cast<uint32_t>(code);
        ASSERT_EQ(isValidUtf8(bytes), !surrogate);
        if (!surrogate) {
            ASSERT_EQ(c.code, code);
            ASSERT_EQ(c.length, bytes.size());
        }
    }
}

TEST(Utf8Test, KnowsWhatCanNeverBecomeACharacter) {
    for (const std::string_view bytes : {"\x80",
                                         "\xBF",
                                         "\xC0\x80",
                                         "\xC1\xBF",
                                         "\xE0\x80\x80",
                                         "\xED\xA0\x80",
                                         "\xF0\x80\x80\x80",
                                         "\xF4\x90\x80\x80",
                                         "\xF5\x80\x80\x80",
                                         "\xFF",
                                         "\xC3(",
                                         "\xE2\x82("}) {
        EXPECT_EQ(decodeUtf8(bytes).status, Utf8Status::kInvalid);
        EXPECT_FALSE(isValidUtf8(bytes));
    }
    EXPECT_EQ(decodeUtf8("\xE2\x82(").length, 2U);
}

TEST(Utf8Test, TellsAnUnfinishedCharacterFromABrokenOne) {
    for (const std::string_view bytes : {"\xC3", "\xE2\x82", "\xF0\x9F\x98", "\xED\x9F"}) {
        const Utf8Char c = decodeUtf8(bytes);
        EXPECT_EQ(c.status, Utf8Status::kIncomplete);
        EXPECT_EQ(c.length, bytes.size());
        EXPECT_FALSE(isValidUtf8(bytes));
    }
}

TEST(Utf8Test, ValidatesAtEveryOffsetOfALongText) {
    for (size_t at = 0; at < 40; ++at) {
        std::string text(40, 'a');
        text.insert(at, "\xC3\xA9");
        EXPECT_TRUE(isValidUtf8(text));
        text[at + 1] = 'a';
        EXPECT_FALSE(isValidUtf8(text));
    }
    EXPECT_TRUE(isValidUtf8(""));
}

TEST(Utf8AssemblerTest, GivesWholeCharactersForEveryCut) {
    const std::string text = "a\xC3\xA9\xE6\xBC\xA2\xF0\x9F\x98\x80z";
    for (size_t step = 1; step <= text.size(); ++step) {
        EXPECT_EQ(assembled(text, step), text) << step;
    }
}

TEST(Utf8AssemblerTest, MarksWhatIsBroken) {
    const std::string mark = "\xEF\xBF\xBD";
    EXPECT_EQ(assembled("a\xFFz", 1), "a" + mark + "z");
    EXPECT_EQ(assembled("a\xE2\x82z", 1), "a" + mark + "z");
    EXPECT_EQ(assembled("a\xE2\x82", 2), "a" + mark);
    // Unicode 15, table 3-8: one mark for each longest beginning of a character.
    EXPECT_EQ(assembled("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF", 3), mark + mark + mark + mark);
}

TEST(Utf8AssemblerTest, HoldsBackOnlyUnfinishedCharacters) {
    Utf8Assembler assembler;
    std::string out;
    assembler.push("ab\xF0\x9F", out);
    EXPECT_EQ(out, "ab");
    assembler.push("\x98\x80", out);
    EXPECT_EQ(out, "ab\xF0\x9F\x98\x80");
    assembler.finish(out);
    EXPECT_EQ(out.size(), 6U);
}

TEST(Utf8AssemblerTest, RandomBytesComeOutValidAndTheSameForEveryCut) {
    std::mt19937 random(7);
    for (int round = 0; round < 500; ++round) {
        std::string bytes(random() % 24, '\0');
        for (char& byte : bytes) {
            // Half of them above 7F, or few would meet.
            byte = static_cast<char>(random() % 2 == 0 ? random() : 0xC0 | (random() & 0x3F));
        }
        const std::string whole = assembled(bytes, bytes.size() + 1);
        EXPECT_TRUE(isValidUtf8(whole));
        EXPECT_EQ(assembled(bytes, 1), whole);
        EXPECT_EQ(assembled(bytes, 3), whole);
    }
}

}  // namespace
}  // namespace tl
