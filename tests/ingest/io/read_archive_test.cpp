// SPDX-License-Identifier: Apache-2.0
#include "ingest/io/read_archive.h"

#include <map>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/utf8.h"
#include "ingest/formats/archive/sniff_archive.h"
#include "ingest/io/member_names.h"
#include "tests/ingest/io/make_archive.h"
#include "tests/support/said.h"

namespace tl {
namespace {

Reading<Extract> readBytes(const std::string& bytes,
                           const std::string& name,
                           const ReadLimits& limits = {},
                           const std::string& password = "") {
    return readArchive({.name = name, .bytes = bytes, .password = password, .limits = limits});
}

// name -> bytes, or "!" and the reason.
std::map<std::string, std::string> membersOf(const Reading<Extract>& extract) {
    std::map<std::string, std::string> members;
    EXPECT_TRUE(extract.ok()) << (extract.ok() ? "" : said(extract.error()));
    if (extract.ok()) {
        for (const Part& part : extract.value().parts) {
            const bool isNew =
                members
                    .emplace(part.name,
                             part.skipReason.isNone() ? part.bytes : "!" + said(part.skipReason))
                    .second;
            EXPECT_TRUE(isNew) << part.name;
        }
    }
    return members;
}

using Members = std::map<std::string, std::string>;

struct Packing {
    std::string format;
    std::string filter;
    std::string name;
};

// A zip file whose names are these bytes, without the flag that would call them UTF-8.
std::string zipOfNames(const std::vector<std::string>& names) {
    std::vector<ArchiveMember> members;
    std::vector<std::string> standIns;
    for (const std::string& name : names) {
        standIns.push_back("N" +
                           std::string(name.size() - 1, static_cast<char>('a' + standIns.size())));
        members.push_back({.name = standIns.back(), .bytes = "x"});
    }
    std::string bytes = makeArchive(members, "zip");
    for (size_t i = 0; i < names.size(); ++i) {
        for (size_t at = bytes.find(standIns[i]); at != std::string::npos;
             at = bytes.find(standIns[i])) {
            bytes.replace(at, names[i].size(), names[i]);
        }
    }
    return bytes;
}

class ReadArchive : public testing::TestWithParam<Packing> {};

TEST_P(ReadArchive, GivesEveryMembersBytes) {
    std::mt19937 random(7);
    std::vector<ArchiveMember> made = {{.name = "src/", .isFolder = true}};
    Members wanted;
    for (int i = 0; i < 40; ++i) {
        std::string bytes(random() % 20'000, '\0');
        for (char& c : bytes) {
            c = static_cast<char>(random() % 7 == 0 ? random() : 'a' + random() % 4);
        }
        const std::string name = "src/f" + std::to_string(i) + ".txt";
        made.push_back({.name = name, .bytes = bytes});
        wanted.emplace(name, std::move(bytes));
    }
    const std::string bytes = makeArchive(made, GetParam().format, GetParam().filter);
    EXPECT_EQ(sniffArchive(GetParam().name, std::string_view(bytes).substr(0, 4096)), 95);
    const auto extract = readBytes(bytes, GetParam().name);
    EXPECT_EQ(membersOf(extract), wanted);
    EXPECT_EQ(extract.value().kind, DocumentKind::kArchive);
    EXPECT_TRUE(extract.value().warnings.empty());
}

// Cut off anywhere and with bytes changed anywhere: a reason, or what can be had and a warning.
TEST_P(ReadArchive, DamageIsToldAndNeverInvented) {
    std::vector<ArchiveMember> made;
    for (int i = 0; i < 5; ++i) {
        made.push_back({.name = std::to_string(i), .bytes = std::string(3000, char('a' + i))});
    }
    const std::string whole = makeArchive(made, GetParam().format, GetParam().filter);
    std::mt19937 random(11);
    for (int run = 0; run < 200; ++run) {
        std::string bytes = whole;
        if (run % 2 == 0) {
            bytes.resize(random() % whole.size());
        } else {
            bytes[random() % bytes.size()] ^= static_cast<char>(1 + random() % 255);
        }
        const auto extract = readBytes(bytes, GetParam().name);
        if (!extract.ok()) {
            EXPECT_FALSE(extract.error().reason.isNone());
            EXPECT_EQ(said(extract.error()).find('\n'), std::string::npos);
            continue;
        }
        for (const Part& part : extract.value().parts) {
            EXPECT_FALSE(part.name.empty());
            EXPECT_TRUE(isValidUtf8(part.name));
            EXPECT_TRUE(part.skipReason.isNone() || part.bytes.empty());
        }
    }
}

INSTANTIATE_TEST_SUITE_P(All,
                         ReadArchive,
                         testing::Values(Packing{"zip", "none", "a.zip"},
                                         Packing{"tar", "none", "a.tar"},
                                         Packing{"gnutar", "none", "a.tar"},
                                         Packing{"tar", "gzip", "a.tar.gz"},
                                         Packing{"tar", "bzip2", "a.tar.bz2"},
                                         Packing{"tar", "xz", "a.tar.xz"},
                                         Packing{"tar", "zstd", "a.tar.zst"}));

TEST(ReadArchiveMembers, LinksDevicesAndTheirTargetsAreToldNotRead) {
    const auto extract = readBytes(makeArchive({{.name = "a", .bytes = "x"},
                                                {.name = "soft", .linkTo = "../../etc/passwd"},
                                                {.name = "null", .isDevice = true},
                                                {.name = "hard", .hardLinkTo = "a"}},
                                               "tar"),
                                   "a.tar");
    EXPECT_EQ(membersOf(extract),
              (Members{{"a", "x"},
                       {"soft", "!symbolic link to etc/passwd"},
                       {"null", "!device file"},
                       {"hard", "!hard link to a"}}));
}

TEST(ReadArchiveMembers, NamesStayWithinTheArchiveAndApart) {
    const auto extract = readBytes(makeArchive({{.name = "/etc/passwd", .bytes = "1"},
                                                {.name = "../../etc/passwd", .bytes = "2"},
                                                {.name = "./etc//passwd", .bytes = "3"},
                                                {.name = "etc/passwd (2)", .bytes = "4"},
                                                {.name = "a.b/c.txt", .bytes = "5"},
                                                {.name = "./a.b/c.txt", .bytes = "6"}},
                                               "gnutar"),
                                   "a.tar");
    EXPECT_EQ(membersOf(extract),
              (Members{{"etc/passwd", "1"},
                       {"etc/passwd (2)", "2"},
                       {"etc/passwd (3)", "3"},
                       {"etc/passwd (2) (2)", "4"},
                       {"a.b/c.txt", "5"},
                       {"a.b/c (2).txt", "6"}}));
}

TEST(ReadArchiveMembers, NormalisesHostileNames) {
    EXPECT_EQ(normalisedMemberName("C:\\a\\..\\b.txt"), "a/b.txt");
    EXPECT_EQ(normalisedMemberName("../.."), "unnamed");
    EXPECT_EQ(normalisedMemberName(""), "unnamed");
    EXPECT_EQ(normalisedMemberName("a\nb\x1B[2J"), "a_b_[2J");
    EXPECT_EQ(normalisedMemberName("caf\xE9"), "caf\xEF\xBF\xBD");
}

TEST(ReadArchiveMembers, EncryptedMembersAskForAPassword) {
    const std::string bytes =
        makeArchive({{.name = "a.txt", .bytes = "secret"}}, "zip", "none", "harbour");
    EXPECT_EQ(membersOf(readBytes(bytes, "a.zip")),
              (Members{{"a.txt", "!encrypted, needs a password"}}));
    EXPECT_EQ(membersOf(readBytes(bytes, "a.zip", {}, "wrong")),
              (Members{{"a.txt", "!wrong password or damaged"}}));
    EXPECT_EQ(membersOf(readBytes(bytes, "a.zip", {}, "harbour")), (Members{{"a.txt", "secret"}}));
}

TEST(ReadArchiveMembers, ASinglePackedFileIsTheFileWithoutItsEnding) {
    for (const char* filter : {"gzip", "bzip2", "xz", "zstd"}) {
        const std::string bytes = makeArchive({{.name = "x", .bytes = "log\n"}}, "raw", filter);
        EXPECT_EQ(membersOf(readBytes(bytes, "logs/day.log.gz")), (Members{{"day.log", "log\n"}}))
            << filter;
    }
}

TEST(ReadArchiveMembers, WhatIsNoArchiveSaysSo) {
    const auto text = readBytes("just some words, against the name", "a.tar.gz");
    ASSERT_FALSE(text.ok());
    EXPECT_EQ(said(text.error()), "no archive, against its name");
    const auto empty = readBytes(makeArchive({}, "tar"), "a.tar");
    ASSERT_FALSE(empty.ok());
    EXPECT_EQ(said(empty.error()), "empty archive");
}

TEST(ReadArchiveLimits, OneMemberAllTogetherAndTheirNumber) {
    const std::string kib(1024, 'x');
    const std::vector<ArchiveMember> made = {{.name = "a", .bytes = kib},
                                             {.name = "big", .bytes = kib + kib},
                                             {.name = "b", .bytes = kib},
                                             {.name = "c", .bytes = kib},
                                             {.name = "d", .bytes = "x"}};
    ReadLimits limits;
    limits.maxPartBytes = 1024;
    limits.maxTotalBytes = 2500;
    const std::string more = "!the archive unpacks to more than 2.4 KiB";
    const std::string big = "!2.0 KiB, over the limit of 1.0 KiB";
    EXPECT_EQ(membersOf(readBytes(makeArchive(made, "zip"), "a.zip", limits)),
              (Members{{"a", kib}, {"big", big}, {"b", kib}, {"c", more}, {"d", "x"}}));
    EXPECT_EQ(membersOf(readBytes(makeArchive(made, "tar"), "a.tar", limits)),
              (Members{{"a", kib},
                       {"big", big},
                       {"b", kib},
                       {"c", more + "; this and all members after it are left out"}}));
    limits = {};
    limits.maxParts = 1;
    EXPECT_EQ(
        membersOf(readBytes(makeArchive(made, "tar"), "a.tar", limits)),
        (Members{
            {"a", kib},
            {"big", "!the limit of 1 members is reached; this and all after it are left out"}}));
}

// 40 MiB of one letter in 40 KiB, as one packed file (whose size nobody states) and as a member.
TEST(ReadArchiveLimits, ABombIsStoppedWhileItUnpacks) {
    const std::string letters(40 << 20, 'x');
    const std::string bomb = makeArchive({{.name = "x", .bytes = letters}}, "raw", "gzip");
    const std::string reason =
        "!unpacks to over 200 times the archive's size; this and all members after it are left "
        "out";
    EXPECT_EQ(membersOf(readBytes(bomb, "a.gz")), (Members{{"a", reason}}));
    EXPECT_EQ(membersOf(readBytes(makeArchive({{.name = "x", .bytes = letters}}, "zip"), "a.zip")),
              (Members{{"x", reason}}));
    ReadLimits limits;
    limits.maxPartBytes = 1 << 20;
    EXPECT_EQ(membersOf(readBytes(bomb, "a.gz", limits)),
              (Members{{"a", "!over the limit of 1.0 MiB"}}));
}

TEST(SniffArchive, NamesAloneAreWeakAndZipsWithoutAnArchivesNameLeaveRoom) {
    EXPECT_EQ(sniffArchive("a.tar.gz", "words"), 50);
    EXPECT_EQ(sniffArchive("a.txt", "words"), 0);
    EXPECT_EQ(sniffArchive("letter.docx", "PK\3\4"), 60);
    EXPECT_EQ(sniffArchive("src.ZIP", "PK\3\4"), 95);
}

std::vector<std::string> namesIn(const std::string& bytes,
                                 const std::string& name,
                                 const std::string& encoding,
                                 std::string& note) {
    const auto extract = readArchive({.name = name, .bytes = bytes, .encoding = encoding});
    std::vector<std::string> names;
    if (extract.ok()) {
        for (const Part& part : extract.value().parts) {
            names.push_back(part.name);
        }
        note = notesSaid(extract.value().notes);
    }
    return names;
}

// Without the flag for UTF-8 a zip file's names are in the code page of whoever made it; the
// format's own word is CP437. The bytes are what Python's codecs make of them.
TEST(ReadArchiveNames, AreReadInTheCodePageOfTheirMaker) {
    std::string note;
    EXPECT_EQ(namesIn(zipOfNames({"Schl\x81ssel/Fach.txt"}), "a.zip", "", note),
              std::vector<std::string>{"Schl\xC3\xBCssel/Fach.txt"});
    EXPECT_EQ(note, "names in it converted from IBM437 (a guess)");
    EXPECT_EQ(namesIn(zipOfNames({"\x8E\x91\x97\xBF/\x8C\xAE.txt", "\x83\x81\x83\x82.txt"}),
                      "a.zip",
                      "",
                      note),
              (std::vector<std::string>{"\xE8\xB3\x87\xE6\x96\x99/\xE9\x8D\xB5.txt",
                                        "\xE3\x83\xA1\xE3\x83\xA2.txt"}));
    EXPECT_EQ(note, "names in it converted from Shift_JIS (a guess)");
    EXPECT_EQ(namesIn(zipOfNames({"\x8A\xAB\xEE\xE7.txt"}), "a.zip", "", note),
              std::vector<std::string>{"\xD0\x9A\xD0\xBB\xD1\x8E\xD1\x87.txt"});
    EXPECT_EQ(note, "names in it converted from IBM866 (a guess)");
}

TEST(ReadArchiveNames, TakeTheUsersEncodingAndKeepUtf8) {
    std::string note;
    EXPECT_EQ(namesIn(zipOfNames({"\xD0\x9A\xD0\xBB.txt"}), "a.zip", "", note),
              std::vector<std::string>{"\xD0\x9A\xD0\xBB.txt"});
    EXPECT_EQ(note, "");
    EXPECT_EQ(namesIn(zipOfNames({"Schl\xFCssel.txt"}), "a.zip", "cp1252", note),
              std::vector<std::string>{"Schl\xC3\xBCssel.txt"});
    EXPECT_EQ(note, "names in it converted from cp1252");
}

}  // namespace
}  // namespace tl
