// SPDX-License-Identifier: Apache-2.0
// Charsets are decoded without a file being opened: in the sandbox none can be.
#include <string>

#include <gtest/gtest.h>

#include "ingest/formats/formats.h"
#include "ingest/sandbox/reader_pool.h"
#include "tests/support/said.h"

namespace tl {
namespace {

Extract readInSandbox(ReaderPool& pool, const std::string& bytes) {
    ReadRequest request;
    request.name = "a.eml";
    request.bytes = bytes;
    auto mail = pool.read("mail", request);
    EXPECT_TRUE(mail.ok()) << said(mail.error());
    return mail.ok() ? std::move(mail).value() : Extract{};
}

TEST(MailSandbox, CharsetsNeedNoFiles) {
    ReaderPool pool({{}, 1});
    const Extract mail = readInSandbox(
        pool,
        "From: =?iso-2022-jp?B?GyRCRnxLXBsoQg==?= <a@x.org>\n"
        "Subject: =?koi8-r?B?98/EwQ==?= =?big5?B?pKQ=?=\n"
        "Date: Tue, 5 Mar 2024 10:00:00 CET\nMIME-Version: 1.0\n"
        "Content-Type: multipart/mixed; boundary=b\n\n"
        "--b\nContent-Type: text/plain; charset=euc-jp\n\n\xC6\xFC\xCB\xDC\n"
        "--b\nContent-Type: text/plain; charset=shift_jis\n\n\x93\xFA\x96{\n"
        "--b\nContent-Type: text/plain; charset=no-such-charset\n\n\xE9t\xE9\n"
        "--b\nContent-Disposition: attachment; filename*=gb2312''%D6%D0.txt\n\nx\n--b--\n");
    EXPECT_EQ(mail.units.at(0).from, "\u65E5\u672C <a@x.org>");
    EXPECT_EQ(mail.title, "\u0412\u043E\u0434\u0430\u4E2D");
    EXPECT_NE(mail.text.find("\n\u65E5\u672C\n\n\u65E5\u672C\n\n\u00E9t\u00E9\n"),
              std::string::npos)
        << mail.text;
    ASSERT_EQ(mail.parts.size(), 1U);
    EXPECT_EQ(mail.parts[0].name, "\u4E2D.txt");
}

TEST(MailSandbox, TheSameProcessReadsMailAfterMail) {
    ReaderPool pool({{}, 1});
    for (int i = 0; i < 50; ++i) {
        const std::string id = std::to_string(i);
        const Extract mail = readInSandbox(pool, "Message-ID: <" + id + ">\nFrom: a@x\n\nhi\n");
        EXPECT_EQ(mail.units.at(0).label, id);
    }
}

}  // namespace
}  // namespace tl
