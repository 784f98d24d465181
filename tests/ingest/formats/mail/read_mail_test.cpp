// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/mail/read_mail.h"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ingest/formats/mail/split_mbox.h"
#include "ingest/sandbox/check_extract.h"
#include "tests/ingest/formats/extract_checks.h"
#include "tests/ingest/formats/mail/mail_text.h"
#include "tests/support/said.h"

namespace tl {
namespace {

TEST(ReadMail, AMessageIsAHeadAndABody) {
    const Extract mail = readOk(
        "Message-ID: <1@example.org>\r\nFrom: =?iso-8859-1?Q?Jos=E9?= <jo@example.org>\r\n"
        "To: Ana <ana@example.org>\r\nCc: crew@example.org\r\n"
        "Date: Tue, 5 Mar 2024 10:00:00 +0100\r\nSubject: The\r\n pump\r\n\r\nIt stops.\r\n-- "
        "\r\nJ\r\n");
    EXPECT_EQ(mail.text,
              "From: Jos\u00E9 <jo@example.org>\nTo: Ana <ana@example.org>\nCc: crew@example.org\n"
              "Date: 2024-03-05T10:00:00+01:00\nSubject: The pump\n\nIt stops.\n-- \nJ\n");
    ASSERT_EQ(mail.units.size(), 1U);
    EXPECT_EQ(mail.units[0].kind, UnitKind::kMessage);
    EXPECT_EQ(mail.units[0].label, "1@example.org");
    EXPECT_EQ(mail.units[0].from, "Jos\u00E9 <jo@example.org>");
    EXPECT_EQ(mail.units[0].date, "2024-03-05T10:00:00+01:00");
    EXPECT_EQ(mail.kind, DocumentKind::kMail);
    EXPECT_EQ(mail.title, "The pump");
    EXPECT_TRUE(mail.warnings.empty());
}

TEST(ReadMail, AMailboxIsReadInItsOrder) {
    const Extract box = readOk(mbox({simpleMail("1", "one\n>From the start\n>>From the end\n"),
                                     simpleMail("2", "two\nFrom here on\n"),
                                     simpleMail("3", "")}));
    ASSERT_EQ(box.units.size(), 3U);
    EXPECT_EQ(unitText(box, 0), head("1") + "\none\nFrom the start\n>From the end\n");
    EXPECT_EQ(unitText(box, 1), head("2") + "\ntwo\nFrom here on\n");
    EXPECT_EQ(unitText(box, 2), head("3"));
    EXPECT_EQ(box.units[2].number, 3);
    EXPECT_EQ(box.title, "");
    EXPECT_TRUE(box.warnings.empty());
}

TEST(ReadMail, LineEndsOfWindowsInAMailboxAreLineEnds) {
    std::string file = mbox({simpleMail("1", "one\n"), simpleMail("2", "two\n")});
    const Extract plain = readOk(file);
    for (size_t at = file.find('\n'); at != std::string::npos; at = file.find('\n', at + 2)) {
        file.insert(at, 1, '\r');
    }
    EXPECT_EQ(readOk(file).text, plain.text);
}

TEST(ReadMail, DatesDuplicatesAndCharsetsThatAreWrongAreSaidAndKept) {
    const Extract box = readOk(mbox({simpleMail("1", "a\n"),
                                     "Message-ID: <1@x>\nDate: some day\n\nb\n",
                                     "Subject: s\n\ncaf\xE9\n"}));
    ASSERT_EQ(box.units.size(), 3U);
    EXPECT_EQ(unitText(box, 1), "Date: some day\n\nb\n");
    EXPECT_EQ(unitText(box, 2), "Subject: s\n\ncaf\u00E9\n");
    EXPECT_EQ(box.units[1].date, "");
    EXPECT_EQ(
        eachSaid(box.warnings),
        (std::vector<std::string>{"messages 2 and 3: no valid date",
                                  "message 2: has the Message-Id of message 1",
                                  "message 3: its charset is not said; read as Windows-1252"}));
}

TEST(ReadMail, AReplyFoldsWhatItQuotesOnlyInAMailbox) {
    const std::string words = "one two\nthree\nfour\nfive\n";
    const std::string reply = "> one two\n> three\n> four\n> five\nindeed\n";
    const Extract box = readOk(mbox({simpleMail("1", words), simpleMail("2", reply)}));
    EXPECT_EQ(unitText(box, 1),
              head("2") + "\n[\u2026 4 quoted lines of an earlier message]\nindeed\n");
    EXPECT_EQ(readOk(simpleMail("2", reply)).text, head("2") + "\n" + reply);
}

TEST(ReadMail, OverTheLimitOfTextTheRestIsSaid) {
    ReadLimits limits;
    limits.maxTextBytes = 200;
    const Extract box = readOk(mbox({simpleMail("1", "one\n"),
                                     simpleMail("2", std::string(200, 'x') + "\n"),
                                     simpleMail("3", "three\n")}),
                               limits);
    ASSERT_EQ(box.units.size(), 1U);
    EXPECT_EQ(said(box.warnings.back()),
              "the text is over the limit of 200 bytes: the last 2 messages are left out");
    const auto single = readMail({.name = "a.eml",
                                  .bytes = simpleMail("2", std::string(300, 'x')),
                                  .password = "",
                                  .limits = limits});
    ASSERT_FALSE(single.ok());
    EXPECT_EQ(single.error().code, ErrorCode::kOutOfMemory);
}

TEST(ReadMail, WhatIsNoMailSaysSo) {
    for (const char* bytes : {"", "\n\n", "just words\n", "\x89PNG\r\n"}) {
        const auto mail = readMail({.name = "a.eml", .bytes = bytes, .password = "", .limits = {}});
        ASSERT_FALSE(mail.ok());
        EXPECT_EQ(mail.error().code, ErrorCode::kCorrupt);
        EXPECT_EQ(said(mail.error()), "no mail: it does not start with header fields");
    }
}

TEST(MboxMessages, OnlyWholeFromLinesDivide) {
    const std::string line = "From a@b Tue Mar  5 10:00:00 2024\n";
    MboxMessages messages(
        std::string_view("From a@b Tue Mar  5 10:00:00 2024\nA: 1\n\nFrom x\n\n"
                         "From a@b Tue Mar  5 10:00:00 2024\nB: 2\n"
                         "From a@b Tue Mar  5 10:00:00 2024\nno field\n"));
    EXPECT_EQ(messages.next(), "A: 1\n\nFrom x\n");
    EXPECT_EQ(messages.next(), "B: 2\n" + line + "no field\n");
    EXPECT_EQ(messages.next(), std::nullopt);
    EXPECT_EQ(unquoteFromLines(">From a\n>>From b\n> From c\nx >From d\n>"),
              "From a\n>From b\n> From c\nx >From d\n>");
}

// Cut off anywhere and with bytes changed anywhere: an extract that keeps its promises.
TEST(ReadMail, SeparatorsWithoutADateDivideAMailbox) {
    for (const std::string line : {"From ", "From -", "From - ", "From ???@???"}) {
        const Extract mail = readOk(line + "\n" + simpleMail("1", "one\n>From the start\n") + "\n" +
                                    line + "\n" + simpleMail("2", "two\nFrom a\nDate: b\n"));
        ASSERT_EQ(mail.units.size(), 2U) << line;
        EXPECT_EQ(mail.units[1].label, "2@x");
        EXPECT_NE(mail.text.find("one\nFrom the start\n"), std::string::npos);
        EXPECT_NE(mail.text.find("two\nFrom a\nDate: b\n"), std::string::npos);
    }
}

TEST(ReadMail, AppleMailsFilesAreMails) {
    const std::string mail = typedMail(
        "text/plain; charset=utf-8\nContent-Transfer-Encoding: "
        "quoted-printable\nFrom: Mara <m@x>",
        "Schl=C3=BCssel 42.\n");
    const std::string file =
        std::to_string(mail.size()) + "\n" + mail + "<?xml version=\"1.0\"?>\n<plist/>\n";
    const auto extract = readMail({.name = "1.emlx", .bytes = file});
    ASSERT_TRUE(extract.ok());
    ASSERT_EQ(extract.value().units.size(), 1U);
    EXPECT_EQ(extract.value().units[0].from, "Mara <m@x>");
    EXPECT_NE(extract.value().text.find("Schl\xC3\xBCssel 42."), std::string::npos);
    EXPECT_EQ(extract.value().text.find("plist"), std::string::npos);
}

TEST(ReadMail, DamageIsReadAsFarAsItGoes) {
    const std::string whole = mbox({simpleMail("1", "one\n"), attachedMail(), nestedMail()});
    std::mt19937 random(5);
    for (int run = 0; run < 1000; ++run) {
        std::string bytes = whole;
        if (run % 2 == 0) {
            bytes.resize(random() % whole.size());
        } else {
            bytes[random() % bytes.size()] ^= static_cast<char>(1 + random() % 255);
        }
        const auto mail = readMail({.name = "a", .bytes = bytes, .password = "", .limits = {}});
        if (mail.ok()) {
            EXPECT_TRUE(checkExtract(mail.value(), {}).ok()) << run;
        } else {
            EXPECT_FALSE(mail.error().reason.isNone());
        }
    }
}

}  // namespace
}  // namespace tl
