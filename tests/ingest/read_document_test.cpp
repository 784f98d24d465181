// SPDX-License-Identifier: Apache-2.0
#include <limits>
#include <string>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include <gtest/gtest.h>

#include "ingest/corpus.h"
#include "ingest/reading/machine_made.h"
#include "tests/ingest/temp_tree.h"
#include "tests/support/said.h"

namespace tl {
namespace {

namespace fs = std::filesystem;

class ReadDocument : public testing::Test {
protected:
    SourceEntry entryOf(const std::string& name, const std::string& bytes) {
        SourceEntry entry;
        entry.path = m_tree.write(name, bytes);
        entry.name = name;
        entry.bytes = static_cast<int64_t>(bytes.size());
        return entry;
    }

    // What readDocument() refuses a file with; "" when it takes it.
    std::string refusal(const std::string& name, const std::string& bytes) {
        return refusal(entryOf(name, bytes));
    }
    std::string refusal(const SourceEntry& entry, const SourceOptions& options = {}) {
        const auto document = readDocument(entry, options, m_readers);
        return document.ok() ? "" : said(document.error());
    }

    TempTree m_tree;
    ReaderSet m_readers;
};

TEST_F(ReadDocument, GivesTextNameLinesAndNote) {
    const auto document = readDocument(entryOf("src/a.txt", "caf\xE9\r\nb"), {}, m_readers);
    ASSERT_TRUE(document.ok()) << said(document.error());
    EXPECT_EQ(document.value().name, "src/a.txt");
    EXPECT_EQ(document.value().path, m_tree.path() / "src/a.txt");
    EXPECT_EQ(document.value().text, "caf\xC3\xA9\nb");
    EXPECT_EQ(document.value().lines.lineCount(), 2);
    EXPECT_EQ(notesSaid(document.value().notes), "converted from Windows-1252 (an unsure guess)");
}

// A text of more than 4 GiB would have places that no 32 bits can hold.
TEST_F(ReadDocument, NoLimitIsOverAGibibyte) {
    SourceOptions options;
    options.maxFileBytes = std::numeric_limits<int64_t>::max();
    options.maxDocumentBytes = std::numeric_limits<int64_t>::max();
    EXPECT_EQ(maxBytesOf("a.txt", options), int64_t{1} << 30);
    EXPECT_EQ(maxBytesOf("a.pdf", options), int64_t{1} << 30);
    EXPECT_EQ(refusal(entryOf("a.txt", "words\n"), options), "");
}

TEST_F(ReadDocument, CodeHasItsLanguage) {
    const auto document =
        readDocument(entryOf("src/a.py", "def f():\n    return 1\n"), {}, m_readers);
    ASSERT_TRUE(document.ok()) << said(document.error());
    EXPECT_EQ(document.value().kind, DocumentKind::kCode);
    EXPECT_EQ(document.value().language, "Python");
    EXPECT_EQ(document.value().text, "def f():\n    return 1\n");
}

TEST_F(ReadDocument, ATranscriptHasSpeakersAndTimes) {
    const auto document = readDocument(entryOf("talk.srt",
                                               "1\n00:00:01,000 --> 00:00:02,500\nAna: Hello.\n\n"
                                               "2\n00:00:03,000 --> 00:00:04,000\nBo: Hi there.\n"),
                                       {},
                                       m_readers);
    ASSERT_TRUE(document.ok()) << said(document.error());
    EXPECT_EQ(document.value().kind, DocumentKind::kTranscript);
    ASSERT_EQ(document.value().units.size(), 2U);
    EXPECT_EQ(document.value().units[1].label, "Bo");
    EXPECT_EQ(document.value().units[1].beginMs, 3000);
}

TEST_F(ReadDocument, AFileThatBreaksItsFormatIsReadAsTextAndToldSo) {
    const std::string broken = "{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"sour";
    const auto document = readDocument(entryOf("a.ipynb", broken), {}, m_readers);
    ASSERT_TRUE(document.ok()) << said(document.error());
    EXPECT_EQ(document.value().text, broken);
    ASSERT_EQ(document.value().warnings.size(), 1U);
    EXPECT_TRUE(said(document.value().warnings[0]).starts_with("read as plain text: "))
        << said(document.value().warnings[0]);
}

TEST_F(ReadDocument, AFileThatVanishedIsTold) {
    const SourceEntry entry = entryOf("a.txt", "x");
    fs::remove(entry.path);
    const auto document = readDocument(entry, {}, m_readers);
    ASSERT_FALSE(document.ok());
    EXPECT_EQ(document.error().code, ErrorCode::kNotFound);
    EXPECT_EQ(said(document.error()), "no longer there");
}

TEST_F(ReadDocument, AFileThatChangedIsTold) {
    const SourceEntry entry = entryOf("a.txt", "x");
    m_tree.write("a.txt", "longer");
    const auto document = readDocument(entry, {}, m_readers);
    ASSERT_FALSE(document.ok());
    EXPECT_EQ(document.error().code, ErrorCode::kIo);
    EXPECT_EQ(said(document.error()), "changed since it was listed: 1 byte then, 6 bytes now");
}

TEST_F(ReadDocument, AFileThatGrowsWhileItIsReadIsTold) {
    SourceEntry entry;
    entry.path = "/proc/self/status";  // says that it is empty, and is not
    EXPECT_EQ(refusal(entry), "changed while it was read");
}

TEST_F(ReadDocument, APipeInTheFilesPlaceDoesNotBlock) {
    const SourceEntry entry = entryOf("a.txt", "x");
    fs::remove(entry.path);
    ASSERT_EQ(::mkfifo(entry.path.c_str(), 0600), 0);
    EXPECT_EQ(refusal(entry), "not a regular file");
}

TEST_F(ReadDocument, AFileThatMayNotBeReadIsTold) {
    const SourceEntry entry = entryOf("a.txt", "x");
    fs::permissions(m_tree.path(), fs::perms(0755));
    fs::permissions(entry.path, fs::perms::none);
    const bool isRoot = ::geteuid() == 0;
    const uid_t nobody = 65534;
    ASSERT_TRUE(!isRoot || ::seteuid(nobody) == 0);  // root may read anything
    const std::string reason = refusal(entry);
    ASSERT_TRUE(!isRoot || ::seteuid(0) == 0);
    EXPECT_EQ(reason, "cannot be opened: Permission denied");
}

TEST_F(ReadDocument, AFileThatGrewOverTheLimitIsTold) {
    SourceOptions options;
    options.maxFileBytes = 1000;
    EXPECT_EQ(refusal(entryOf("a.txt", std::string(2048, 'x')), options),
              "2.0 KiB, over the limit of 1000 bytes");
}

TEST_F(ReadDocument, GeneratedFilesAreToldByTheirFirstComments) {
    EXPECT_EQ(refusal("a.go", "// Code generated by protoc-gen-go. DO NOT EDIT.\npackage a\n"),
              "generated file (says \"DO NOT EDIT\")");
    EXPECT_EQ(refusal("a.h", "/*\n  @generated\n*/\nint a;\n"),
              "generated file (says \"@generated\")");
    EXPECT_EQ(refusal("a.css", "/*\nautomatically generated\n*/\n"),
              "generated file (says \"automatically generated\")");
}

TEST_F(ReadDocument, TalkingAboutGeneratedFilesIsNotBeingOne) {
    EXPECT_EQ(refusal("gen.py", "HEADER = '# DO NOT EDIT'\n"), "");
    EXPECT_EQ(refusal("a.c", "/* a */\nputs(\"DO NOT EDIT\");\n"), "");
    EXPECT_EQ(refusal("README.md", "# DO NOT EDIT the generated files\n"), "");
    EXPECT_EQ(refusal("late.c", std::string(40, '\n') + "// DO NOT EDIT\n"), "");
}

TEST_F(ReadDocument, MinifiedCodeIsToldByItsLines) {
    std::string code;
    while (code.size() < 20000) {
        code += "function(a){return a+1};";
    }
    EXPECT_EQ(refusal("a.js", code), "minified file (1 line of 19.5 KiB)");
    EXPECT_EQ(refusal("a.txt", code), "");
    EXPECT_EQ(refusal("data.json", code), "");  // data in one line is wanted up to 64 KiB
}

TEST_F(ReadDocument, VeryLongLinesOfProseAreKept) {
    std::string prose;
    while (prose.size() < 20000) {
        prose += "A sentence of a few words. ";
    }
    EXPECT_EQ(refusal("a.html", prose), "");
    EXPECT_EQ(refusal("a.txt", std::string(20000, 'x')), "");
}

TEST_F(ReadDocument, ChosenFilesAndSwitchedOffRulesTakeMachineMadeTexts) {
    SourceEntry entry = entryOf("a.go", "// DO NOT EDIT\n");
    SourceOptions options;
    options.useDefaultRules = false;
    EXPECT_EQ(refusal(entry, options), "");
    entry.isChosen = true;
    EXPECT_EQ(refusal(entry), "");
}

TEST_F(ReadDocument, ManyThreadsReadAtOnce) {
    const SourceEntry entry = entryOf("a.txt",
                                      "caf\xE9 cr\xE8me br\xFBl\xE9"
                                      "e\r\n");
    std::vector<std::string> texts(4);
    std::vector<std::thread> threads;
    for (std::string& text : texts) {
        threads.emplace_back([&] {
            for (int i = 0; i < 50; ++i) {
                const auto document = readDocument(entry, {}, m_readers);
                text = document.ok() ? document.value().text : said(document.error());
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    for (const std::string& text : texts) {
        EXPECT_EQ(text,
                  "caf\xC3\xA9 cr\xC3\xA8me br\xC3\xBBl\xC3\xA9"
                  "e\n");
    }
}

TEST(MachineMade, WhatGeneratorsWriteIsTold) {
    for (const char* text : {"/* A Bison parser, made by GNU Bison 3.8.2.  */\n\nint x;\n",
                             "\n#line 2 \"lexer.c\"\n\n/* A lexical scanner generated by flex */\n",
                             "/* C code produced by gperf version 3.1 */\n",
                             "/* Generated by re2c 3.0 on Tue Mar 12 */\n",
                             "// Generated from Expr.g4 by ANTLR 4.13.1\n",
                             "/******/ (() => { // webpackBootstrap\n"}) {
        EXPECT_EQ(machineMadeRule("a/x.c", text).code, ReasonCode::kGeneratedFile) << text;
    }
    EXPECT_EQ(machineMadeRule("configure", "#! /bin/sh\n# Generated by GNU Autoconf 2.71.\n").code,
              ReasonCode::kGeneratedFile);
    EXPECT_TRUE(machineMadeRule("README", "Generated by GNU Autoconf is what we say.\n").isNone());
    EXPECT_TRUE(machineMadeRule("x.c", "/* Parses what flex and Bison read. */\n").isNone());
}

TEST(MachineMade, CopiesOfWebLibrariesAreTold) {
    EXPECT_EQ(machineMadeRule("js/jquery-3.6.0.js", "code\n").code, ReasonCode::kVendoredCopy);
    EXPECT_EQ(machineMadeRule("bootstrap.css", "/*!\n * Bootstrap v5.1.3\n */\n").code,
              ReasonCode::kVendoredCopy);
    EXPECT_TRUE(machineMadeRule("src/three.js", "export * from './x.js';\n").isNone());
    EXPECT_TRUE(machineMadeRule("jquery.md", "/*! words */\n").isNone());
    EXPECT_TRUE(machineMadeRule("chart_of_2024.js", "let a = 1;\n").isNone());
    EXPECT_TRUE(machineMadeRule("reactions-2.js", "let a = 1;\n").isNone());
}

}  // namespace
}  // namespace tl
