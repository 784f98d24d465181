// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/mail/sniff_mail.h"

#include <string>

#include <gtest/gtest.h>

#include "ingest/formats/mail/mbox_line.h"

namespace tl {
namespace {

const std::string kFields =
    "From: Ana <ana@example.org>\nDate: Tue, 5 Mar 2024 10:00:00 +0100\nSubject: pumps\n";

TEST(SniffMail, AnMboxIsToldByItsFirstTwoLines) {
    EXPECT_EQ(sniffMail("a", "From ana@example.org Tue Mar  5 10:00:00 2024\n" + kFields), 95);
    EXPECT_EQ(sniffMail("a", "From - Tue Mar 05 10:00:00 2024\r\nX-Mozilla: 0\r\n"), 95);
    EXPECT_EQ(sniffMail("a", "From ana at example.org  Tue Mar  5 9:00:00 2024\nFrom: x\n"), 95);
    EXPECT_EQ(sniffMail("a", "From 17@xxx Tue Mar 05 10:00:00 +0000 2024\nX-GM-THRID: 1\n"), 95);
    EXPECT_EQ(sniffMail("a", "From here on, Mar 5 2024 at 10:00:00 counts.\nWe said so.\n"), 0);
    EXPECT_EQ(sniffMail("a.mbox", "nothing of a mail\n"), 50);
}

TEST(SniffMail, AnMboxMayLeaveTheDateOut) {
    EXPECT_EQ(sniffMail("Inbox", "From - \nX-Mozilla-Status: 0001\n" + kFields + "\nHi\n"), 95);
    EXPECT_EQ(sniffMail("Inbox", "From \r\n" + kFields + "\r\nHi\n"), 95);
    EXPECT_EQ(sniffMail("a.txt", "From here on it counts.\nNote: it is so.\nDate: today\n"), 0);
}

TEST(SniffMail, AppleMailsCountStandsBeforeTheHead) {
    EXPECT_EQ(sniffMail("1.emlx", "208       \n" + kFields), 100);
    EXPECT_EQ(withoutByteCount("4\nabcd<?xml"), "abcd");
    EXPECT_EQ(withoutByteCount("4 words\nabcd"), "4 words\nabcd");
}

TEST(SniffMail, AMessageWithAMailsNameNeedsTwoFields) {
    EXPECT_EQ(sniffMail("a.eml", kFields), 100);
    EXPECT_EQ(sniffMail("A.EML", "\xEF\xBB\xBFSubject: x\r\nDate: y\r\n\r\nz"), 100);
    EXPECT_EQ(sniffMail("a.eml", "Subject: x\n\nz"), 70);
    EXPECT_EQ(sniffMail("a.eml", "words"), 50);
    EXPECT_EQ(sniffMail("page.mht", "MIME-Version: 1.0\nSubject: x\n"), 100);
}

TEST(SniffMail, WithoutANameItNeedsWhatMailProgramsWrite) {
    EXPECT_EQ(sniffMail("1709629200.M1.host:2,S", "Received: from a\n by b\n" + kFields), 80);
    EXPECT_EQ(sniffMail("x.txt", "Message-ID: <1@a>\n" + kFields + "\nbody"), 80);
}

TEST(SniffMail, OrdinaryTextsAreNotTaken) {
    EXPECT_EQ(sniffMail("notes.md", "Subject: pumps\nDate: today\n\n# Pumps\n"), 0);
    EXPECT_EQ(sniffMail("notes.md", kFields + "\nA letter.\n"), 0);
    EXPECT_EQ(sniffMail("page.md", "---\nFrom: a@b\nDate: x\nSubject: y\nMessage-ID: 1\n---\n"), 0);
    EXPECT_EQ(sniffMail("a.txt", "From: we learn\nDate: late\nmime-version: of a story\n"), 0);
    EXPECT_EQ(sniffMail("a.txt", ""), 0);
    EXPECT_EQ(sniffMail("a.txt", "\n\n\n"), 0);
    EXPECT_EQ(sniffMail("0001-fix.patch", "From 0a1b2c Mon Sep 17 00:00:00 2001\n" + kFields), 0);
}

TEST(SniffMail, AFieldsNameHasNoSpaces) {
    EXPECT_EQ(headerFieldName("Subject: x"), "Subject");
    EXPECT_EQ(headerFieldName("X-A:"), "X-A");
    EXPECT_EQ(headerFieldName("We said: x"), "");
    EXPECT_EQ(headerFieldName("caf\xC3\xA9: x"), "");
    EXPECT_EQ(headerFieldName(": x"), "");
}

}  // namespace
}  // namespace tl
