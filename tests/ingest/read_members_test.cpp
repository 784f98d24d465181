// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "ingest/corpus.h"
#include "tests/ingest/io/make_archive.h"
#include "tests/ingest/temp_tree.h"
#include "tests/support/said.h"

namespace tl {
namespace {

class ReadMembers : public testing::Test {
protected:
    // What each entry gave: its text, or "skipped: reason"; the archive itself "archive".
    using Outcome = std::vector<std::pair<std::string, std::string>>;

    SourceEntry entryOf(const std::string& name, const std::string& bytes) {
        SourceEntry entry;
        entry.path = m_tree.write(name, bytes);
        entry.name = name;
        entry.bytes = static_cast<int64_t>(bytes.size());
        return entry;
    }

    Outcome read(const SourceEntry& entry, const SourceOptions& options = {}) {
        Outcome outcome;
        readWithMembers(entry,
                        options,
                        m_readers,
                        {},
                        [&](const SourceEntry& read, Reading<Document> document) {
                            std::string text;
                            if (!document.ok()) {
                                text = "skipped: " + said(document.error());
                            } else {
                                EXPECT_TRUE(document.value().parts.empty()) << "parts are let go";
                                EXPECT_EQ(document.value().name, read.name);
                                text = document.value().kind == DocumentKind::kArchive
                                           ? "archive"
                                           : document.value().text;
                            }
                            outcome.emplace_back(read.name, text);
                        });
        return outcome;
    }

    TempTree m_tree;
    ReaderSet m_readers;
};

TEST_F(ReadMembers, GivesAnArchiveThenWhatItHolds) {
    const std::string zip = makeArchive(
        {{.name = "a/notes.txt", .bytes = "one\n"}, {.name = "b.md", .bytes = "two\n"}}, "zip");
    EXPECT_EQ(
        read(entryOf("x.zip", zip)),
        (Outcome{{"x.zip", "archive"}, {"x.zip/a/notes.txt", "one\n"}, {"x.zip/b.md", "two\n"}}));
}

TEST_F(ReadMembers, AnArchiveInAnArchiveIsOpenedToo) {
    const std::string inner = makeArchive({{.name = "deep.txt", .bytes = "deep\n"}}, "tar", "gzip");
    const std::string outer = makeArchive(
        {{.name = "in.tar.gz", .bytes = inner}, {.name = "z.txt", .bytes = "z\n"}}, "zip");
    EXPECT_EQ(read(entryOf("x.zip", outer)),
              (Outcome{{"x.zip", "archive"},
                       {"x.zip/in.tar.gz", "archive"},
                       {"x.zip/in.tar.gz/deep.txt", "deep\n"},
                       {"x.zip/z.txt", "z\n"}}));
}

TEST_F(ReadMembers, ArchivesNestedTooDeepAreSkipped) {
    std::string bytes = makeArchive({{.name = "deep.txt", .bytes = "deep\n"}}, "tar");
    for (int level = 0; level < 4; ++level) {
        bytes = makeArchive({{.name = "in.tar", .bytes = bytes}}, "tar");
    }
    const Outcome outcome = read(entryOf("x.tar", bytes));
    ASSERT_EQ(outcome.size(), 4U);
    EXPECT_EQ(outcome.back().second, "skipped: archive in too many other archives");
}

TEST_F(ReadMembers, TheDefaultRulesHoldWithinArchives) {
    const std::string zip = makeArchive({{.name = "p/node_modules/a/i.js", .bytes = "1"},
                                         {.name = "p/node_modules/b/i.js", .bytes = "2"},
                                         {.name = "p/yarn.lock", .bytes = "3"},
                                         {.name = "p/logo.png", .bytes = "\x89PNG"},
                                         {.name = "p/empty.txt", .bytes = ""},
                                         {.name = "p/main.c", .bytes = "int main;\n"}},
                                        "zip");
    EXPECT_EQ(read(entryOf("x.zip", zip)),
              (Outcome{{"x.zip", "archive"},
                       {"x.zip/p/node_modules", "skipped: dependencies (node_modules)"},
                       {"x.zip/p/yarn.lock", "skipped: lock file"},
                       {"x.zip/p/logo.png", "skipped: image, OCR is off"},
                       {"x.zip/p/empty.txt", "skipped: empty file"},
                       {"x.zip/p/main.c", "int main;\n"}}));
}

TEST_F(ReadMembers, TheUsersPatternsHoldWithinArchives) {
    const std::string zip = makeArchive({{.name = "src/a.c", .bytes = "a\n"},
                                         {.name = "src/b.h", .bytes = "b\n"},
                                         {.name = "tests/c.c", .bytes = "c\n"}},
                                        "zip");
    SourceOptions options;
    options.include = {"*.c"};
    options.exclude = {"tests/"};
    EXPECT_EQ(read(entryOf("x.zip", zip), options),
              (Outcome{{"x.zip", "archive"},
                       {"x.zip/src/a.c", "a\n"},
                       {"x.zip/src/b.h", "skipped: matches no include pattern"},
                       {"x.zip/tests/c.c", "skipped: excluded by the pattern tests/"}}));
    options.include = {"*.zip"};  // The archive as a whole.
    options.exclude = {};
    EXPECT_EQ(read(entryOf("x.zip", zip), options).back().second, "c\n");
}

TEST_F(ReadMembers, PasswordsAreTriedInTurn) {
    const std::string zip =
        makeArchive({{.name = "a.txt", .bytes = "secret\n"}}, "zip", "none", "open");
    SourceOptions options;
    EXPECT_EQ(read(entryOf("x.zip", zip), options).back().second,
              "skipped: encrypted, needs a password");
    options.passwords = {"wrong", "open"};
    EXPECT_EQ(read(entryOf("x.zip", zip), options).back().second, "secret\n");
}

TEST_F(ReadMembers, ADamagedArchiveIsTheFailureOfThatFileAlone) {
    std::string zip = makeArchive({{.name = "a.txt", .bytes = std::string(5000, 'x')}}, "zip");
    zip.resize(zip.size() / 3);
    const Outcome outcome = read(entryOf("x.zip", zip));
    ASSERT_FALSE(outcome.empty());
    EXPECT_TRUE(outcome.back().second.starts_with("skipped: ")) << outcome.back().second;
}

// What is left for archives may be nothing; a document is read none the less.
TEST_F(ReadMembers, ALimitThatIsUsedUpStopsArchivesAlone) {
    const std::string first =
        makeArchive({{.name = "x.txt", .bytes = std::string(600'000, 'a')}}, "tar", "gzip");
    const std::string second =
        makeArchive({{.name = "y.txt", .bytes = std::string(600'000, 'b')}}, "tar", "gzip");
    const std::string docx = makeArchive(
        {{.name = "word/document.xml",
          .bytes = "<w:document "
                   "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
                   "<w:body><w:p><w:r><w:t>Deep words</w:t></w:r></w:p></w:body></w:document>"}},
        "zip");
    const std::string outer = makeArchive({{.name = "a.tar.gz", .bytes = first},
                                           {.name = "b.tar.gz", .bytes = second},
                                           {.name = "c.docx", .bytes = docx},
                                           {.name = "d.txt", .bytes = "a line\n"}},
                                          "tar");
    SourceOptions options;
    const auto held = std::ssize(first) + std::ssize(second) + std::ssize(docx) + 7;
    options.limits.maxTotalBytes = held + 600'000;
    const Outcome outcome = read(entryOf("x.tar", outer), options);
    ASSERT_EQ(outcome.size(), 6U);
    EXPECT_EQ(outcome[2].second.substr(0, 3), "aaa");
    EXPECT_TRUE(
        outcome[3].second.starts_with("skipped: what it lies in has unpacked to the limit of "))
        << outcome[3].second;
    EXPECT_EQ(outcome[4].second, "Deep words\n");
    EXPECT_EQ(outcome[5].second, "a line\n");
}

// Attachments may lie in attachments as deep as someone likes.
TEST_F(ReadMembers, MailsWithinMailsEndAtTheLimitToo) {
    std::string mail = "Date: Tue, 5 Mar 2024 10:00:00 +0000\nSubject: deep\n\nwords\n";
    for (int level = 0; level < 6; ++level) {
        const std::string border = "b" + std::to_string(level);
        mail =
            "Date: Tue, 5 Mar 2024 10:00:00 +0000\nSubject: s\nMIME-Version: 1.0\n"
            "Content-Type: multipart/mixed; boundary=" +
            border + "\n\n--" + border +
            "\nContent-Type: application/octet-stream; name=\"in.eml\"\n\n" + mail + "\n--" +
            border + "--\n";
    }
    const Outcome outcome = read(entryOf("x.eml", mail));
    ASSERT_EQ(outcome.size(), 5U);
    EXPECT_EQ(outcome[3].first, "x.eml/in.eml/in.eml/in.eml");
    EXPECT_EQ(outcome[3].second.substr(0, 5), "Date:");
    EXPECT_EQ(outcome[4].second, "skipped: file in too many other files");
}

TEST_F(ReadMembers, MembersTogetherAreLimited) {
    // Each archive is small, but they unpack to more than the limit together.
    std::vector<ArchiveMember> members;
    for (int i = 0; i < 4; ++i) {
        const std::string inner =
            makeArchive({{.name = "x.txt", .bytes = std::string(600'000, 'a')}}, "tar", "gzip");
        members.push_back({.name = "in" + std::to_string(i) + ".tar.gz", .bytes = inner});
    }
    SourceOptions options;
    options.limits.maxTotalBytes = 1'000'000;
    int read = 0;
    int skipped = 0;
    for (const auto& [name, text] :
         this->read(entryOf("x.tar", makeArchive(members, "tar")), options)) {
        read += text.starts_with("aaa") ? 1 : 0;
        skipped += text.starts_with("skipped: ") ? 1 : 0;
    }
    EXPECT_EQ(read, 1);
    EXPECT_EQ(skipped, 3);
}

}  // namespace
}  // namespace tl
