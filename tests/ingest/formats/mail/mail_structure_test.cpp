// SPDX-License-Identifier: Apache-2.0
// What becomes of the parts of a message.
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "tests/ingest/formats/extract_checks.h"
#include "tests/ingest/formats/mail/mail_text.h"
#include "tests/support/said.h"

namespace tl {
namespace {

using Parts = std::map<std::string, std::string>;

// name -> bytes, or "!" and the reason.
Parts partsOf(const Extract& mail) {
    Parts found;
    for (const Part& part : mail.parts) {
        found.emplace(part.name,
                      part.skipReason.isNone() ? part.bytes : "!" + said(part.skipReason));
    }
    return found;
}

std::string bodyOf(const Extract& mail) {
    const size_t head = mail.text.find("\n\n");
    return head == std::string::npos ? "" : mail.text.substr(head + 2);
}

const std::string kHtmlPart = "Content-Type: text/html\n\n<p>hi</p>";
const std::string kImagePart =
    "Content-Type: image/png; name=\"dot.png\"\nContent-ID: <1>\n"
    "Content-Disposition: inline; filename=\"dot.png\"\n\nPNG";

TEST(MailStructure, OfAlternativesThePlainTextIsRead) {
    const Extract mail =
        readOk(typedMail("multipart/alternative; boundary=b", parts({plainPart("hi"), kHtmlPart})));
    EXPECT_EQ(bodyOf(mail), "hi\n");
    EXPECT_TRUE(mail.parts.empty());
    EXPECT_TRUE(mail.warnings.empty());
}

TEST(MailStructure, HtmlAloneIsReadAsTheMessagesText) {
    const Extract mail = readOk(typedMail("multipart/alternative; boundary=b",
                                          parts({plainPart("  "),
                                                 "Content-Type: multipart/related; boundary=c\n\n" +
                                                     parts({kHtmlPart, kImagePart}, "c")})));
    EXPECT_EQ(bodyOf(mail), "hi\n");
    EXPECT_EQ(partsOf(mail), (Parts{{"dot.png", "PNG"}}));
    EXPECT_EQ(eachSaid(mail.warnings),
              (std::vector<std::string>{"message 1: its text is read from HTML"}));
}

// Newsletters tell people who see no HTML to open it elsewhere.
TEST(MailStructure, APlainTextThatOnlyPointsToTheHtmlGivesWayToIt) {
    const std::string page =
        "Content-Type: text/html; charset=iso-8859-1\n\n<h1>March figures</h1><p>Locker 42 was "
        "opened 17 times, \xE9t\xE9 included.</p>";
    for (const std::string stub : {"Your email client does not support HTML messages.",
                                   "Bitte sehen Sie diese Nachricht im Browser an.",
                                   "https://example.org/view/12345"}) {
        const Extract mail =
            readOk(typedMail("multipart/alternative; boundary=b", parts({plainPart(stub), page})));
        EXPECT_EQ(bodyOf(mail),
                  "March figures\n\nLocker 42 was opened 17 times, \xC3\xA9t\xC3\xA9 included.\n");
        EXPECT_EQ(eachSaid(mail.warnings),
                  (std::vector<std::string>{
                      "message 1: its plain text only points to the HTML, which is read"}));
    }
    const Extract full = readOk(
        typedMail("multipart/alternative; boundary=b",
                  parts({plainPart("March figures: locker 42 was opened 17 times."), page})));
    EXPECT_EQ(bodyOf(full), "March figures: locker 42 was opened 17 times.\n");
    EXPECT_TRUE(full.warnings.empty());
}

TEST(MailStructure, AnAlternativeThatIsNoTextIsAttached) {
    const std::string calendar = "Content-Type: text/calendar\n\nBEGIN:VCALENDAR";
    const Extract mail = readOk(typedMail("multipart/alternative; boundary=b",
                                          parts({plainPart("come"), kHtmlPart, calendar})));
    EXPECT_EQ(bodyOf(mail), "come\n");
    EXPECT_EQ(partsOf(mail), (Parts{{"part-1.ics", "BEGIN:VCALENDAR"}}));
}

TEST(MailStructure, AttachmentsKeepTheirNamesAndBytes) {
    const std::string accented =
        "Content-Type: application/octet-stream\n"
        "Content-Disposition: attachment; filename*=utf-8''caf%C3%A9%2Fmenu.txt\n\nx";
    const Extract mail = readOk(
        typedMail("multipart/mixed; boundary=b",
                  parts({plainPart("one"), accented, kImagePart, kImagePart, plainPart("two")})));
    EXPECT_EQ(bodyOf(mail), "one\n\ntwo\n");
    EXPECT_EQ(partsOf(mail),
              (Parts{{"caf\u00E9_menu.txt", "x"}, {"dot.png", "PNG"}, {"dot (2).png", "PNG"}}));
    EXPECT_EQ(partsOf(readOk(mbox({simpleMail("1", "a"), attachedMail()}))),
              (Parts{{"message 2/plan.csv", "a,b\n1,2\n"}}));
}

TEST(MailStructure, TextThatIsAFileIsAPartUnlessItIsTheMailItself) {
    const std::string file = "Content-Type: text/plain; name=\"log.txt\"\n\nlog";
    const Extract mail =
        readOk(typedMail("multipart/mixed; boundary=b", parts({plainPart("see the log"), file})));
    EXPECT_EQ(bodyOf(mail), "see the log\n");
    EXPECT_EQ(partsOf(mail), (Parts{{"log.txt", "log"}}));
    EXPECT_EQ(bodyOf(readOk(typedMail("text/plain; name=\"body.txt\"", "words\n"))), "words\n");
}

TEST(MailStructure, ForwardedMailsAreUnitsUpToTheLimit) {
    const Extract mail = readOk(nestedMail());
    ASSERT_EQ(mail.units.size(), 2U);
    EXPECT_EQ(unitText(mail, 0), "Date: 2024-03-05T10:00:00+00:00\n\nforwarded\n");
    EXPECT_EQ(unitText(mail, 1), "Date: 2024-03-05T10:00:00+00:00\n\nsee the plan\n");
    EXPECT_EQ(partsOf(mail), (Parts{{"message 2/plan.csv", "a,b\n1,2\n"}}));
    ReadLimits limits;
    limits.maxNesting = 0;
    const Extract outer = readOk(nestedMail(), limits);
    EXPECT_EQ(outer.units.size(), 1U);
    EXPECT_EQ(
        eachSaid(outer.warnings),
        (std::vector<std::string>{
            "message 1: forwards mails within mails over the limit of 0; they are left out"}));
}

TEST(MailStructure, EncryptedMailsSaySo) {
    const Extract pgp = readOk(
        typedMail("multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b",
                  parts({"Content-Type: application/pgp-encrypted\n\nVersion: 1",
                         "Content-Type: application/octet-stream; name=\"e.asc\"\n\n-----BEGIN"})));
    EXPECT_EQ(allSaid(pgp.units[0].warnings), "encrypted message");
    EXPECT_EQ(partsOf(pgp), (Parts{{"part-1", "!encrypted"}, {"e.asc", "!encrypted"}}));
    const Extract smime = readOk(
        typedMail("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", "MIIB"));
    EXPECT_EQ(allSaid(smime.units[0].warnings), "encrypted message");
    EXPECT_EQ(partsOf(smime), (Parts{{"smime.p7m", "!encrypted"}}));
    const Extract armoured = readOk(simpleMail("1", "hello\n-----BEGIN PGP MESSAGE-----\nhQ\n"));
    EXPECT_EQ(allSaid(armoured.units[0].warnings), "encrypted message");
}

TEST(MailStructure, SignedMailsAreReadAndTheSignatureIsNamed) {
    const Extract mail =
        readOk(typedMail("multipart/signed; protocol=\"application/pgp-signature\"; boundary=b",
                         parts({plainPart("signed words"),
                                "Content-Type: application/pgp-signature; name=\"s.asc\"\n\n--"})));
    EXPECT_EQ(bodyOf(mail), "signed words\n");
    EXPECT_EQ(allSaid(mail.units[0].warnings), "");
    EXPECT_EQ(partsOf(mail), (Parts{{"s.asc", "!a digital signature"}}));
}

TEST(MailStructure, TransferEncodingsCharsetsAndFlowedTextAreUndone) {
    EXPECT_EQ(readOk("Content-Type: text/plain; charset=\"koi8-r\"; format=flowed\n"
                     "Content-Transfer-Encoding: quoted-printable\n\n"
                     "=F7=CF=C4=C1 =\n=20\n> a=20\n> b\n")
                  .text,
              "\u0412\u043E\u0434\u0430  \n> a b\n");
}

TEST(MailStructure, LimitsOfPartsAreKeptAndSaid) {
    ReadLimits limits;
    limits.maxPartBytes = 5;
    EXPECT_EQ(partsOf(readOk(attachedMail(), limits)),
              (Parts{{"plan.csv", "!over the limit of 5 bytes"}}));
    limits = {};
    limits.maxTotalBytes = 5;
    EXPECT_EQ(partsOf(readOk(attachedMail(), limits)),
              (Parts{{"plan.csv", "!the attachments are over the limit of 5 bytes"}}));
    limits = {};
    limits.maxParts = 0;
    const Extract mail = readOk(attachedMail(), limits);
    EXPECT_TRUE(mail.parts.empty());
    EXPECT_EQ(
        eachSaid(mail.warnings),
        (std::vector<std::string>{"message 1: attachments over the limit of 0 are left out"}));
}

TEST(MailStructure, ATruncatedMessageSaysSoAndGivesWhatIsThere) {
    std::string mail = attachedMail();
    mail.resize(mail.find("YSxi") + 6);
    const Extract cut = readOk(mail);
    EXPECT_EQ(bodyOf(cut), "see the plan\n");
    EXPECT_EQ(eachSaid(cut.warnings),
              (std::vector<std::string>{"message 1: damaged: ends within a part"}));
}

TEST(MailStructure, AThousandLevelsOfPartsAreNoHarm) {
    std::string mail;
    for (int level = 0; level < 3000; ++level) {
        const std::string boundary = std::to_string(level);
        mail += "Content-Type: multipart/mixed; boundary=b";
        mail += boundary;
        mail += "\n\n--b";
        mail += boundary;
        mail += '\n';
    }
    const Extract deep = readOk("Date: Tue, 5 Mar 2024 10:00:00 +0000\n" + mail);
    EXPECT_EQ(
        eachSaid(deep.warnings),
        (std::vector<std::string>{"message 1: damaged: ends within a part",
                                  "message 1: its parts are nested too deep; some are not read"}));
}

}  // namespace
}  // namespace tl
