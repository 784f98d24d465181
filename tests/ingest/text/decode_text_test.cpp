// SPDX-License-Identifier: Apache-2.0
#include "ingest/text/decode_text.h"

#include <random>
#include <string>
#include <unicode/ucnv.h>

#include <gtest/gtest.h>

#include "base/utf8.h"
#include "tests/ingest/random_text.h"
#include "tests/support/said.h"

namespace tl {
namespace {

using namespace std::string_literals;

// "text|note", or "!reason" for what is refused.
std::string decoded(std::string bytes) {
    auto result = decodeText(std::move(bytes));
    if (!result.ok()) {
        EXPECT_EQ(result.error().code, ErrorCode::kUnsupported);
        return "!" + said(result.error());
    }
    return result.value().text + "|" + notesSaid(result.value().notes);
}

std::string encode(const std::string& utf8, const char* charset) {
    std::string bytes(utf8.size() * 4 + 16, '\0');
    UErrorCode status = U_ZERO_ERROR;
    const int32_t size = ucnv_convert(charset,
                                      "UTF-8",
                                      bytes.data(),
                                      static_cast<int32_t>(bytes.size()),
                                      utf8.data(),
                                      static_cast<int32_t>(utf8.size()),
                                      &status);
    EXPECT_TRUE(U_SUCCESS(status)) << charset;
    bytes.resize(static_cast<size_t>(size));
    return bytes;
}

TEST(DecodeText, PlainUtf8StaysAsItIs) {
    EXPECT_EQ(decoded("caf\xC3\xA9\n"), "caf\xC3\xA9\n|");
    EXPECT_EQ(decoded("\xEF\xBB\xBFtext"), "text|");
}

TEST(DecodeText, LineEndsBecomeNewlines) {
    EXPECT_EQ(decoded("a\r\nb\rc\n\r\nd\r"), "a\nb\nc\n\nd\n|");
}

TEST(DecodeText, MarksTellTheEncoding) {
    const std::string text = "na\xC3\xAFve \xF0\x9F\x98\x80 \xE4\xB8\xAD\n";
    EXPECT_EQ(decoded("\xFF\xFE" + encode(text, "UTF-16LE")), text + "|converted from UTF-16LE");
    EXPECT_EQ(decoded("\xFE\xFF" + encode(text, "UTF-16BE")), text + "|converted from UTF-16BE");
    EXPECT_EQ(decoded("\xFF\xFE\0\0"s + encode(text, "UTF-32LE")),
              text + "|converted from UTF-32LE");
    EXPECT_EQ(decoded("\0\0\xFE\xFF"s + encode(text, "UTF-32BE")),
              text + "|converted from UTF-32BE");
}

TEST(DecodeText, ZeroBytesTellWideEncodingsWithoutMark) {
    const std::string text = "Plain English text, \xE2\x82\xAC 5.\n";
    for (const char* charset : {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"}) {
        EXPECT_EQ(decoded(encode(text, charset)), text + "|converted from " + charset);
    }
}

TEST(DecodeText, BrokenCharactersOfAMarkedFileAreShownAndTold) {
    EXPECT_EQ(decoded("\xFF\xFE"
                      "a\0\0\xD8"
                      "b\0"s),
              "a\xEF\xBF\xBD"
              "b|converted from UTF-16LE, broken characters shown as U+FFFD");
}

TEST(DecodeText, WesternTextIsDetectedOrElseAssumed) {
    EXPECT_EQ(decoded("caf\xE9 \x80 5 \x93quoted\x94"),
              "caf\xC3\xA9 \xE2\x82\xAC 5 \xE2\x80\x9Cquoted\xE2\x80\x9D"
              "|converted from WINDOWS-1252 (detected)");
    EXPECT_EQ(decoded("caf\xE9"), "caf\xC3\xA9|converted from Windows-1252 (assumed)");
}

TEST(DecodeText, WhatNoDetectorKnowsIsRefusedWhenItIsMostlyNotAscii) {
    EXPECT_EQ(decoded("a\x81\x8D\xFF\xFE\x9D\x8F"), "!text in an encoding that cannot be told");
}

TEST(DecodeText, OtherEncodingsAreDetectedInEnoughText) {
    const std::string russian =
        "\xD0\x92\xD1\x81\xD0\xB5 \xD1\x81\xD1\x87\xD0\xB0\xD1\x81\xD1\x82\xD0\xBB\xD0\xB8\xD0\xB2"
        "\xD1\x8B\xD0\xB5 \xD1\x81\xD0\xB5\xD0\xBC\xD1\x8C\xD0\xB8 \xD0\xBF\xD0\xBE\xD1\x85\xD0\xBE"
        "\xD0\xB6\xD0\xB8 \xD0\xB4\xD1\x80\xD1\x83\xD0\xB3 \xD0\xBD\xD0\xB0 "
        "\xD0\xB4\xD1\x80\xD1\x83"
        "\xD0\xB3\xD0\xB0, \xD0\xBA\xD0\xB0\xD0\xB6\xD0\xB4\xD0\xB0\xD1\x8F "
        "\xD0\xBD\xD0\xB5\xD1\x81"
        "\xD1\x87\xD0\xB0\xD1\x81\xD1\x82\xD0\xBB\xD0\xB8\xD0\xB2\xD0\xB0 \xD0\xBF\xD0\xBE-"
        "\xD1\x81\xD0\xB2\xD0\xBE\xD0\xB5\xD0\xBC\xD1\x83.\n";
    const std::string japanese =
        "\xE5\x90\xBE\xE8\xBC\xA9\xE3\x81\xAF\xE7\x8C\xAB\xE3\x81\xA7\xE3\x81\x82\xE3\x82\x8B"
        "\xE3\x80\x82\xE5\x90\x8D\xE5\x89\x8D\xE3\x81\xAF\xE3\x81\xBE\xE3\x81\xA0\xE7\x84\xA1"
        "\xE3\x81\x84\xE3\x80\x82\xE3\x81\xA9\xE3\x81\x93\xE3\x81\xA7\xE7\x94\x9F\xE3\x82\x8C"
        "\xE3\x81\x9F\xE3\x81\x8B\xE3\x81\xA8\xE3\x82\x93\xE3\x81\xA8\xE8\xA6\x8B\xE5\xBD\x93"
        "\xE3\x81\x8C\xE3\x81\xA4\xE3\x81\x8B\xE3\x81\xAC\xE3\x80\x82\n";
    EXPECT_EQ(decoded(encode(russian, "windows-1251")),
              russian + "|converted from WINDOWS-1251 (detected)");
    EXPECT_EQ(decoded(encode(russian, "KOI8-R")), russian + "|converted from KOI8-R (detected)");
    EXPECT_EQ(decoded(encode(japanese, "Shift_JIS")),
              japanese + "|converted from SHIFT_JIS (detected)");
    EXPECT_EQ(decoded(encode(japanese, "EUC-JP")), japanese + "|converted from EUC-JP (detected)");
}

TEST(DecodeText, DamagedUtf8StaysUtf8) {
    std::string text;
    for (int i = 0; i < 20; ++i) {
        text += "\xC3\xA9t\xC3\xA9 ";
    }
    EXPECT_EQ(decoded(text + "\xC3 end"),
              text + "\xEF\xBF\xBD end|1 broken UTF-8 sequence shown as U+FFFD");
}

TEST(DecodeText, AFewNulBytesAreTakenOutAndTold) {
    const std::string line(1500, 'x');
    EXPECT_EQ(decoded(line + "\0\n"s), line + "\n|1 NUL byte taken out");
}

TEST(DecodeText, BinaryFilesAreRefusedWithTheirKind) {
    EXPECT_EQ(decoded("\x7F"
                      "ELF\2\1\1\0\0\0\0\0\0\0\0\0"s),
              "!binary file (ELF program or library)");
    EXPECT_EQ(decoded("%PDF-1.7\n"), "!binary file (PDF document)");
    EXPECT_EQ(decoded("\x89PNG\r\n\x1A\n"), "!binary file (PNG image)");
    EXPECT_EQ(decoded(std::string(257, 'a') + "ustar"), "!binary file (tar archive)");
    EXPECT_EQ(decoded("ab\0cd"s), "!binary file (NUL bytes)");
    EXPECT_EQ(decoded("\1\2\3\4 abcdefgh"), "!binary file (control characters)");
}

TEST(DecodeText, AFileOfNothingIsEmpty) {
    EXPECT_EQ(decoded(""), "!empty file");
    EXPECT_EQ(decoded("\xEF\xBB\xBF"), "!empty file");
    EXPECT_EQ(decoded("\xFF\xFE"), "!empty file");
}

TEST(DecodeText, RandomTextSurvivesEveryWideEncoding) {
    for (uint32_t seed = 1; seed <= 30; ++seed) {
        const std::string text = "start " + randomText(seed);
        EXPECT_EQ(decoded(text), text + "|");
        EXPECT_EQ(decoded("\xFE\xFF" + encode(text, "UTF-16BE")),
                  text + "|converted from UTF-16BE");
        EXPECT_EQ(decoded("\xFF\xFE\0\0"s + encode(text, "UTF-32LE")),
                  text + "|converted from UTF-32LE");
    }
}

TEST(DecodeText, AnyBytesGiveValidUtf8OrAReason) {
    std::mt19937 random(1);
    int accepted = 0;
    for (int i = 0; i < 3000; ++i) {
        std::string bytes(random() % 200, '\0');
        for (char& c : bytes) {
            // Mostly printable, so that not everything is refused as binary.
            c = static_cast<char>(random() % 8 == 0 ? random() % 256 : 32 + random() % 95);
        }
        auto result = decodeText(bytes);
        ASSERT_TRUE(result.ok() || !result.error().reason.isNone());
        accepted += result.ok() ? 1 : 0;
        ASSERT_TRUE(!result.ok() || isValidUtf8(result.value().text));
    }
    EXPECT_GT(accepted, 300);
}

}  // namespace
}  // namespace tl
