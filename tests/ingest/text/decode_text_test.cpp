// SPDX-License-Identifier: Apache-2.0
#include "ingest/text/decode_text.h"

#include <random>
#include <string>
#include <unicode/ucnv.h>

#include <gtest/gtest.h>

#include "base/utf8.h"
#include "tests/ingest/random_text.h"
#include "tests/ingest/text/legacy_texts.h"
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
              "|converted from Windows-1252 (a guess)");
    EXPECT_EQ(decoded("caf\xE9"), "caf\xC3\xA9|converted from Windows-1252 (an unsure guess)");
}

TEST(DecodeText, WhatNoDetectorKnowsIsRefusedWhenItIsMostlyNotAscii) {
    std::mt19937 random(5);
    std::string bytes(400, 'a');
    for (char& c : bytes) {
        c = static_cast<char>(0x80 + random() % 0x80);
    }
    EXPECT_EQ(decoded(bytes), "!text in an encoding that cannot be told");
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
              russian + "|converted from Windows-1251 (a guess)");
    EXPECT_EQ(decoded(encode(russian, "KOI8-R")), russian + "|converted from KOI8-R (a guess)");
    EXPECT_EQ(decoded(encode(japanese, "Shift_JIS")),
              japanese + "|converted from Shift_JIS (a guess)");
    EXPECT_EQ(decoded(encode(japanese, "EUC-JP")), japanese + "|converted from EUC-JP (a guess)");
}

TEST(DecodeText, AForeignLineOrByteLeavesTheRestUtf8) {
    EXPECT_EQ(decoded("Zo\xC3\xAB N\xC3\xBA\xC3\xB1"
                      "ez\nBj\xC3\xB6rn\nJ\xF6rg M\xFCller\n"),
              "Zo\xC3\xAB N\xC3\xBA\xC3\xB1"
              "ez\nBj\xC3\xB6rn\nJ\xEF\xBF\xBDrg M\xEF\xBF\xBDller\n"
              "|line 3: 2 broken UTF-8 sequences shown as U+FFFD");
    EXPECT_EQ(decoded("caf\xC3\xA9\nJ\xF6rg\n"),
              "caf\xC3\xA9\nJ\xEF\xBF\xBDrg\n"
              "|line 2: 1 broken UTF-8 sequence shown as U+FFFD");
    EXPECT_EQ(decoded("\xE9\x8D\xB5\xE3\x81\xAF\xE7\x8C\xAB \xFF\n"),
              "\xE9\x8D\xB5\xE3\x81\xAF\xE7\x8C\xAB \xEF\xBF\xBD\n"
              "|line 1: 1 broken UTF-8 sequence shown as U+FFFD");
}

// Among them "UHC", uchardet's word for Korean, which ICU does not know.
TEST(DecodeText, ShortTextsOfManyCountriesAreRead) {
    for (const LegacyText& text : kLegacyTexts) {
        const auto result = decodeText(std::string(text.bytes));
        ASSERT_TRUE(result.ok()) << text.encoding << ": " << said(result.error());
        EXPECT_EQ(result.value().text, text.utf8) << text.what << " in " << text.encoding;
        ASSERT_EQ(result.value().notes.size(), 1U) << text.encoding;
        EXPECT_NE(notesSaid(result.value().notes).find("guess"), std::string::npos);
    }
}

TEST(DecodeText, JapaneseThatSwitchesBetweenSetsIsRead) {
    EXPECT_EQ(decoded("\x1B$B80\x1B(B 42\n"),
              "\xE9\x8D\xB5 42\n|converted from ISO-2022-JP (a guess)");
    EXPECT_EQ(decoded("\x1B[1mbold\x1B[0m\n"), "\x1B[1mbold\x1B[0m\n|");
}

TEST(DecodeText, WhatATextSaysOfItsEncodingCounts) {
    EXPECT_EQ(decoded("# -*- coding: iso-8859-5 -*-\n# \xDA\xDB\xEE\xE7\n"),
              "# -*- coding: iso-8859-5 -*-\n# \xD0\xBA\xD0\xBB\xD1\x8E\xD1\x87\n"
              "|converted from ISO-8859-5 (a guess)");
    EXPECT_EQ(decoded("<?xml version='1.0' encoding='iso-8859-3'?><a>\xBF</a>\n"),
              "<?xml version='1.0' encoding='iso-8859-3'?><a>\xC5\xBC</a>\n"
              "|converted from iso-8859-3 (a guess)");
}

TEST(DecodeText, TheUsersWordDecides) {
    const auto result = decodeText("\x8E\x6E \xE9\n", "cp437");
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(result.value().text, "\xC3\x84n \xCE\x98\n");
    EXPECT_EQ(notesSaid(result.value().notes), "converted from cp437");
    EXPECT_EQ(decodeText("caf\xE9\n", "UTF-8").value().text, "caf\xEF\xBF\xBD\n");
    EXPECT_EQ(decodeText("\xC8\xAD\n", "UHC").value().text, "\xED\x99\x94\n");
    EXPECT_FALSE(decodeText("abc", "no-such-encoding").ok());
}

TEST(DecodeText, DamagedUtf8StaysUtf8) {
    std::string text;
    for (int i = 0; i < 20; ++i) {
        text += "\xC3\xA9t\xC3\xA9 ";
    }
    EXPECT_EQ(decoded(text + "\xC3 end"),
              text + "\xEF\xBF\xBD end|line 1: 1 broken UTF-8 sequence shown as U+FFFD");
}

TEST(DecodeText, AFewNulBytesAreTakenOutAndTold) {
    const std::string line(1500, 'x');
    EXPECT_EQ(decoded(line + "\0\n"s), line + "\n|line 1: 1 NUL byte taken out");
}

TEST(DecodeText, RunsOfNulBytesInALogAreTakenOutAndTold) {
    std::string log;
    for (int i = 0; i < 10; ++i) {
        log += "09:14 pump on\n";
    }
    const std::string run(64, '\0');
    EXPECT_EQ(decoded(log + run + log), log + log + "|line 11: 64 NUL bytes taken out");
    EXPECT_EQ(decoded(run + log + run + log + run),
              log + log + "|lines 1, 11, 21: 192 NUL bytes taken out");
    EXPECT_EQ(decoded(log + std::string(5000, '\0')), log + "|line 11: 5000 NUL bytes taken out");
    // Names and numbers in records, as in utmp, and what is no text between the runs.
    std::string records;
    for (int i = 0; i < 20; ++i) {
        records += "tty1\n" + std::string(27, '\0') + "mara" + std::string(28, '\0');
    }
    EXPECT_EQ(decoded(records), "!binary file (NUL bytes)");
    EXPECT_EQ(decoded("a\nb\n" + run + "\xFF\xFE\x80\x90"), "!binary file (NUL bytes)");
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
    for (int i = 0; i < 800; ++i) {
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
    EXPECT_GT(accepted, 80);
}

}  // namespace
}  // namespace tl
