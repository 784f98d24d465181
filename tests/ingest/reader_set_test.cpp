// SPDX-License-Identifier: Apache-2.0
#include "ingest/reader_set.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/ingest/io/make_archive.h"
#include "tests/ingest/temp_tree.h"
#include "tests/support/said.h"

namespace tl {
namespace {

constexpr const char* kRtf = "{\\rtf1\\ansi The key hangs in the office.\\par}";

class ReaderSetTest : public testing::Test {
protected:
    ReaderSetOptions withCache() const {
        ReaderSetOptions options;
        options.cacheFolder = m_tree.path() / "cache";
        return options;
    }

    static ReadRequest requestOf(std::string_view name, std::string_view bytes) {
        ReadRequest request;
        request.name = name;
        request.bytes = bytes;
        return request;
    }

    TempTree m_tree;
};

TEST_F(ReaderSetTest, EachFileGoesToTheReaderThatIsSurest) {
    ReaderSet readers;
    const auto kindOf = [&](std::string_view name, std::string_view bytes) {
        const auto extract = readers.read(requestOf(name, bytes));
        return extract.ok() ? kindName(extract.value().kind) : said(extract.error());
    };
    EXPECT_EQ(kindOf("notes", "The key hangs in the office.\n"), kindName(DocumentKind::kText));
    EXPECT_EQ(kindOf("a.py", "x = 1\n"), kindName(DocumentKind::kCode));
    EXPECT_EQ(kindOf("a.rtf", kRtf), kindName(DocumentKind::kOffice));
    EXPECT_EQ(kindOf("no-ending", kRtf), kindName(DocumentKind::kOffice));
    EXPECT_EQ(kindOf("a.html", "<!DOCTYPE html><html><body><p>A page.</p></body></html>"),
              kindName(DocumentKind::kMarkup));
    const std::string zip = makeArchive({{.name = "a.txt", .bytes = "a"}}, "zip");
    EXPECT_EQ(kindOf("a.bin", zip), kindName(DocumentKind::kArchive));
}

TEST_F(ReaderSetTest, ATextThatBreaksItsFormatIsReadAsText) {
    ReaderSet readers;
    const auto text = readers.read(requestOf("a.ipynb", "{\"nbformat\": 4, \"cells\": [")).value();
    EXPECT_EQ(text.text, "{\"nbformat\": 4, \"cells\": [");
    ASSERT_EQ(text.warnings.size(), 1U);
    EXPECT_TRUE(said(text.warnings[0]).starts_with("read as plain text: "))
        << said(text.warnings[0]);
}

TEST_F(ReaderSetTest, BytesThatBreakTheirFormatAreNotTakenForText) {
    ReaderSet readers;
    const auto extract = readers.read(requestOf("a.zip", "PK\3\4 and no more"));
    ASSERT_FALSE(extract.ok());
    EXPECT_TRUE(said(extract.error()).starts_with("damaged archive")) << said(extract.error());
}

TEST_F(ReaderSetTest, WhatWasParsedOnceComesFromTheCache) {
    Extract parsed;
    {
        ReaderSet readers(withCache());
        parsed = readers.read(requestOf("a.rtf", kRtf)).value();
        EXPECT_EQ(readers.counts().parsed, 1);
        EXPECT_EQ(readers.counts().fromCache, 0);
    }
    ReaderSet readers(withCache());
    const Extract kept = readers.read(requestOf("b.rtf", kRtf)).value();
    EXPECT_EQ(kept.text, parsed.text);
    EXPECT_EQ(readers.counts().parsed, 0);
    EXPECT_EQ(readers.counts().fromCache, 1);
    readers.read(requestOf("a.rtf", std::string(kRtf) + " ")).value();
    EXPECT_EQ(readers.counts().parsed, 1) << "other bytes";
}

TEST_F(ReaderSetTest, WhereAFileLiesAndWhatDoesNotConcernItAreNoNewFile) {
    ReaderSet readers(withCache());
    ReadRequest request = requestOf("a.rtf", kRtf);
    readers.read(request).value();
    request.name = "x.zip/y.zip/a.rtf";
    request.nesting = 2;
    request.unpackedBytes = 200 << 20;
    request.ocr = true;
    readers.read(request).value();
    EXPECT_EQ(readers.counts().parsed, 1);
    EXPECT_EQ(readers.counts().fromCache, 1);
}

TEST_F(ReaderSetTest, AFileThatBreaksItsFormatIsNotParsedAgain) {
    const std::string bytes("%PDF-1.7\n\0\1\2\3\0\0\0\7 no more", 25);
    std::string reason;
    for (int run = 0; run < 2; ++run) {
        ReaderSet readers(withCache());
        const auto extract = readers.read(requestOf("a.pdf", bytes));
        ASSERT_FALSE(extract.ok());
        EXPECT_EQ(readers.counts().parsed, run == 0 ? 1 : 0);
        EXPECT_EQ(readers.counts().fromCache, run);
        EXPECT_TRUE(run == 0 || reason == said(extract.error())) << said(extract.error());
        reason = said(extract.error());
    }
}

TEST_F(ReaderSetTest, ATimeOutIsKeptAndSaysSo) {
    ReaderSetOptions options = withCache();
    options.readerProgram = TL_NAUGHTY_CHILD;
    ReadRequest request = requestOf("a.pdf", "spin");
    request.limits.maxTime = std::chrono::milliseconds(300);
    EXPECT_EQ(said(ReaderSet(options).read(request).error()), "took longer than 0.3 s");
    EXPECT_EQ(said(ReaderSet(options).read(request).error()),
              "took longer than 0.3 s in an earlier run (--no-cache tries again)");
}

TEST_F(ReaderSetTest, WhatHappensAroundAReaderIsNotKept) {
    ReaderSetOptions options = withCache();
    options.readerProgram = TL_NAUGHTY_CHILD;
    for (int run = 0; run < 2; ++run) {
        ReaderSet readers(options);
        EXPECT_EQ(readers.read(requestOf("a.pdf", "be killed")).error().code, ErrorCode::kIo);
        EXPECT_EQ(readers.counts().fromCache, 0);
    }
}

TEST_F(ReaderSetTest, ATimeForOcrIsForPicturesAlone) {
    ReaderSetOptions options = withCache();
    options.readerProgram = TL_NAUGHTY_CHILD;
    ReaderSet readers(options);
    ReadRequest request = requestOf("a.epub", "spin");
    request.ocr = true;
    request.limits.maxTime = std::chrono::milliseconds(300);
    EXPECT_EQ(said(readers.read(request).error()), "took longer than 0.3 s");
}

TEST_F(ReaderSetTest, ArchivesAndTextsAreNotKept) {
    const std::string zip = makeArchive({{.name = "a.txt", .bytes = "a"}}, "zip");
    for (int run = 0; run < 2; ++run) {
        ReaderSet readers(withCache());
        readers.read(requestOf("a.zip", zip)).value();
        readers.read(requestOf("a.txt", "a text\n")).value();
        EXPECT_EQ(readers.counts().parsed, 1);
        EXPECT_EQ(readers.counts().fromCache, 0);
    }
}

TEST_F(ReaderSetTest, WithoutItsProgramOnlyTextIsRead) {
    ReaderSetOptions options;
    options.readerProgram = m_tree.path() / "none";
    ReaderSet readers(options);
    EXPECT_TRUE(readers.read(requestOf("a.txt", "a text\n")).ok());
    const auto extract =
        readers.read(requestOf("a.zip", makeArchive({{.name = "a.txt", .bytes = "a"}}, "zip")));
    ASSERT_FALSE(extract.ok());
    EXPECT_EQ(extract.error().code, ErrorCode::kIo);
}

}  // namespace
}  // namespace tl
