// SPDX-License-Identifier: Apache-2.0
#include "ingest/code/code_reader.h"

#include <string>

#include <gtest/gtest.h>

#include "ingest/code/language.h"
#include "ingest/code/outline.h"
#include "ingest/definitions.h"
#include "tests/support/said.h"

namespace tl {
namespace {

std::string languageNamed(std::string_view name, std::string_view head = "") {
    const Language* language = languageOf(name, head);
    return language == nullptr ? "" : std::string(language->name);
}

TEST(LanguageTest, GoesByNameExtensionAndFirstLine) {
    EXPECT_EQ(languageNamed("src/main.CPP"), "C++");
    EXPECT_EQ(languageNamed("a/Makefile"), "Make");
    EXPECT_EQ(languageNamed("CMakeLists.txt"), "CMake");
    EXPECT_EQ(languageNamed("kernel.cu"), "CUDA");
    EXPECT_EQ(languageNamed("configure", "#!/bin/sh\n"), "Bash");
    EXPECT_EQ(languageNamed("tool", "#!/usr/bin/env -S python3.11 -u\n"), "Python");
    EXPECT_EQ(languageNamed("tool", "#!/usr/bin/env A=1 node\n"), "JavaScript");
    EXPECT_EQ(languageNamed("notes.txt", "hello"), "");
    EXPECT_EQ(languageNamed("tool", "#!"), "");
    EXPECT_EQ(languageNamed("tool", "#!/opt/unheard-of\n"), "");
    EXPECT_EQ(languageNamed(""), "");
    EXPECT_EQ(languageNamed(".c"), "");
}

TEST(LanguageTest, LooksIntoFilesWhoseExtensionIsShared) {
    EXPECT_EQ(languageNamed("a.h", "int f(void);"), "C");
    EXPECT_EQ(languageNamed("a.h", "namespace tl {"), "C++");
    EXPECT_EQ(languageNamed("a.h", "@interface A"), "Objective-C");
    EXPECT_EQ(languageNamed("a.m", "function y = f(x)"), "");
    EXPECT_EQ(languageNamed("a.ts", "<?xml version=\"1.0\"?><!DOCTYPE TS>"), "XML");
    EXPECT_EQ(languageNamed("a.ts", "let x: number"), "TypeScript");
}

TEST(CodeReaderTest, GivesTextAndLanguageButNoSymbols) {
    const auto reader = makeCodeReader();
    ReadRequest request;
    request.name = "a/b.py";
    request.bytes = "def f():\r\n    pass\r\n";
    EXPECT_EQ(reader->sniff(request.name, request.bytes), 50);
    Reading<Extract> extract = reader->read(request);
    ASSERT_TRUE(extract.ok());
    EXPECT_EQ(extract.value().kind, DocumentKind::kCode);
    EXPECT_EQ(extract.value().language, "Python");
    EXPECT_EQ(extract.value().text, "def f():\n    pass\n");
    EXPECT_TRUE(extract.value().symbols.empty());
}

TEST(CodeReaderTest, LeavesOthersAloneAndKeepsItsLimit) {
    const auto reader = makeCodeReader();
    EXPECT_EQ(reader->sniff("notes.txt", "hello"), 0);
    EXPECT_LT(reader->sniff("a.md", "# x"), 50);
    ReadRequest request;
    request.name = "a.c";
    request.bytes = "int x;\n";
    request.limits.maxTextBytes = 3;
    const Reading<Extract> extract = reader->read(request);
    ASSERT_FALSE(extract.ok());
    EXPECT_EQ(extract.error().code, ErrorCode::kOutOfMemory);
    EXPECT_EQ(said(extract.error()), "text over the limit of 3 bytes");
}

TEST(DefinitionIndexTest, FindsANameInEveryFile) {
    Reading<Outline> first = outlineOf("int twice(int x);\nint once(void);\n", "C");
    Reading<Outline> second = outlineOf("def other(): pass\ndef twice(x): pass\n", "Python");
    ASSERT_TRUE(first.ok() && second.ok());
    DefinitionIndex index;
    index.add(4, second.value().symbols);
    index.add(1, first.value().symbols);
    index.finish();
    EXPECT_EQ(index.size(), 4);
    const std::vector<Definition> found = index.find("twice");
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].file, 1);
    EXPECT_EQ(found[0].symbol, 0);
    EXPECT_EQ(found[1].file, 4);
    EXPECT_EQ(found[1].symbol, 1);
    EXPECT_TRUE(index.find("twic").empty());
    EXPECT_TRUE(index.find("").empty());
}

}  // namespace
}  // namespace tl
