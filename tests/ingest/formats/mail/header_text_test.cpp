// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/mail/header_text.h"

#include <gtest/gtest.h>

#include "ingest/formats/mail/body_text.h"
#include "ingest/formats/mail/read_mail.h"
#include "tests/support/said.h"

namespace tl {
namespace {

class HeaderText : public testing::Test {
protected:
    void SetUp() override { prepareMail(); }
};

TEST_F(HeaderText, EncodedWordsAreDecodedInTheirCharset) {
    EXPECT_EQ(decodeHeader(" =?iso-8859-1?Q?Caf=E9_au_lait?="), "Caf\u00E9 au lait");
    EXPECT_EQ(decodeHeader("=?UTF-8?B?w6k=?= =?utf-8*en?q?=C3=A8?= x"), "\u00E9\u00E8 x");
    EXPECT_EQ(decodeHeader("=?KOI8-R?B?98/EwQ==?="), "\u0412\u043E\u0434\u0430");
    EXPECT_EQ(decodeHeader("=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?="), "\u65E5\u672C");
    EXPECT_EQ(decodeHeader("a =?x?Z?y?= =?utf-8?Q?open"), "a =?x?Z?y?= =?utf-8?Q?open");
    EXPECT_EQ(decodeHeader("a\r\n b\n\tc"), "a b c");
}

// The two bytes of one character stand in two words, as some mailers divide them.
TEST_F(HeaderText, WordsOfOneCharsetAreJoinedFirst) {
    EXPECT_EQ(decodeHeader("=?utf-8?Q?=C3?=\n =?utf-8?Q?=A9t=C3=A9?="), "\u00E9t\u00E9");
    EXPECT_EQ(decodeHeader("=?utf-8?Q?a?= b =?utf-8?Q?c?="), "a b c");
}

TEST_F(HeaderText, BareBytesAreTakenAsTheyCome) {
    EXPECT_EQ(decodeHeader("caf\xC3\xA9"), "caf\u00E9");
    EXPECT_EQ(decodeHeader("caf\xE9 noir"), "caf\u00E9 noir");
}

TEST_F(HeaderText, AddressesAreShownWithTheirNames) {
    EXPECT_EQ(decodeAddresses("=?iso-8859-1?Q?Jos=E9_P=E9rez?= <jp@example.org>"),
              "Jos\u00E9 P\u00E9rez <jp@example.org>");
    EXPECT_EQ(decodeAddresses("\"Lima, Ana\" <ana@example.org>,\n bo@example.org"),
              "Lima, Ana <ana@example.org>, bo@example.org");
    EXPECT_EQ(decodeAddresses("ana@example.org (Ana Lima)"), "Ana Lima <ana@example.org>");
    EXPECT_EQ(decodeAddresses("\"=?utf-8?Q?=C3=A9t=C3=A9?=\" <e@x.org>"),
              "\u00E9t\u00E9 <e@x.org>");
    EXPECT_EQ(decodeAddresses("crew: a@x.org, Bo <b@x.org>;"), "crew: a@x.org, Bo <b@x.org>;");
    EXPECT_EQ(decodeAddresses(""), "");
    EXPECT_EQ(decodeAddresses("nobody at all, really"), decodeAddresses("nobody at all, really"));
}

struct NamedFile {
    const char* field;
    const char* name;
};

TEST_F(HeaderText, ParametersAreDecodedByRfc2231And2047) {
    const NamedFile files[] = {
        {"attachment; filename=plan.txt", "plan.txt"},
        {"attachment; filename=\"a \\\"b\\\"; c.txt\"; size=3", "a \"b\"; c.txt"},
        {"attachment; filename*=iso-8859-1'fr'caf%E9.txt", "caf\u00E9.txt"},
        {"attachment;\n filename*0*=utf-8''%C3;\n filename*1*=%A9t;\n filename*2=\"e%.t\"",
         "\u00E9te%.t"},
        {"attachment; filename*1=b.txt; filename*0=a; filename=old.txt", "ab.txt"},
        {"attachment; filename=\"=?utf-8?Q?=C3=A9t=C3=A9.pdf?=\"", "\u00E9t\u00E9.pdf"},
        {"attachment; filename=C:\\a\\b.txt", "C:\\a\\b.txt"},
        {"attachment; name=x; filenames=y; filename", ""},
        {"attachment", ""},
        {"", ""}};
    for (const NamedFile& file : files) {
        EXPECT_EQ(headerParameter(file.field, "filename"), file.name) << file.field;
    }
}

TEST_F(HeaderText, DatesBecomeIso8601) {
    EXPECT_EQ(isoDate("Tue, 5 Mar 2024 10:02:03 +0100"), "2024-03-05T10:02:03+01:00");
    EXPECT_EQ(isoDate("5 Mar 2024 10:02 -0930 (home)"), "2024-03-05T10:02:00-09:30");
    EXPECT_EQ(isoDate("Tue, 05 Mar 2024 10:02:03 EST"), "2024-03-05T10:02:03-05:00");
    EXPECT_EQ(isoDate("Tue, 31 Feb 2024 10:02:03 +0100"), "");
    EXPECT_EQ(isoDate("soon"), "");
    EXPECT_EQ(isoDate(""), "");
}

TEST(BodyText, CharsetsAreDecodedAndWhatIsWrongIsSaid) {
    EXPECT_EQ(bodyText("\xE9\x80", "ISO-8859-1").text, "\u00E9\u20AC");
    EXPECT_EQ(bodyText("\xC3\xA9", "us-ascii").text, "\u00E9");
    EXPECT_EQ(bodyText("a\r\nb\rc\n", "utf-8").text, "a\nb\nc\n");
    EXPECT_EQ(bodyText(std::string_view("a\0b", 3), "utf-8").text, "ab");
    const BodyText broken = bodyText("a\xFFz", "utf-8");
    EXPECT_EQ(broken.text, "a\uFFFDz");
    EXPECT_EQ(said(broken.problem), "some bytes are no UTF-8, shown as U+FFFD");
    const BodyText unknown = bodyText("caf\xE9", "x-klingon\n\"");
    EXPECT_EQ(unknown.text, "caf\u00E9");
    EXPECT_EQ(said(unknown.problem), "unknown charset x-klingon_\"; read as Windows-1252");
    EXPECT_EQ(said(bodyText("plain", "x-klingon").problem), "");
}

}  // namespace
}  // namespace tl
