// SPDX-License-Identifier: Apache-2.0
// Mails for tests.
#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ingest/formats/mail/read_mail.h"
#include "ingest/sandbox/check_extract.h"
#include "tests/support/said.h"

namespace tl {

inline Extract readOk(const std::string& bytes, const ReadLimits& limits = {}) {
    auto mail = readMail({.name = "a.eml", .bytes = bytes, .password = "", .limits = limits});
    EXPECT_TRUE(mail.ok()) << said(mail.error());
    EXPECT_TRUE(checkExtract(mail.value(), limits).ok());
    return std::move(mail).value();
}

// With `<id@x>` and a valid date.
inline std::string simpleMail(const std::string& id, const std::string& body) {
    return "Message-ID: <" + id + "@x>\nFrom: a@x\nDate: Tue, 5 Mar 2024 10:00:00 +0000\n\n" + body;
}

// What readMail() writes in front of the body of simpleMail().
inline std::string head(const std::string& /*id*/) {
    return "From: a@x\nDate: 2024-03-05T10:00:00+00:00\n";
}

inline std::string mbox(const std::vector<std::string>& mails) {
    std::string file;
    for (const std::string& mail : mails) {
        file += "From a@x Tue Mar  5 10:00:00 2024\n" + mail + "\n";
    }
    return file;
}

// A message of this type (and its parameters) with the body.
inline std::string typedMail(const std::string& type, const std::string& body) {
    return "MIME-Version: 1.0\nDate: Tue, 5 Mar 2024 10:00:00 +0000\nContent-Type: " + type +
           "\n\n" + body;
}

// Parts, each with its own fields, of a multipart with the boundary "b".
inline std::string parts(const std::vector<std::string>& parts, const std::string& boundary = "b") {
    std::string body;
    for (const std::string& part : parts) {
        body += "--";
        body += boundary;
        body += '\n';
        body += part;
        body += '\n';
    }
    return body + "--" + boundary + "--\n";
}

inline std::string plainPart(const std::string& text) {
    return "Content-Type: text/plain; charset=utf-8\n\n" + text;
}

inline std::string attachedMail() {
    return typedMail(
        "multipart/mixed; boundary=b",
        parts({plainPart("see the plan"),
               "Content-Type: text/csv\nContent-Transfer-Encoding: base64\n"
               "Content-Disposition: attachment; filename=\"plan.csv\"\n\nYSxiCjEsMgo="}));
}

inline std::string nestedMail() {
    return typedMail(
        "multipart/mixed; boundary=b",
        parts({plainPart("forwarded"), "Content-Type: message/rfc822\n\n" + attachedMail()}));
}

}  // namespace tl
