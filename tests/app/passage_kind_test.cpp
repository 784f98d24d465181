// SPDX-License-Identifier: Apache-2.0
#include "app/answer/passage_kind.h"

#include <gtest/gtest.h>

namespace tl {
namespace {

TEST(PassageKind, TablesOfContentsAndRulesAreNoPassages) {
    EXPECT_TRUE(isNoPassage("1 Introduction ........ 3\n2 Reading files ....... 17\n"));
    EXPECT_TRUE(isNoPassage("1 Introduction . . . . . . 3\n"));
    EXPECT_TRUE(isNoPassage("Preface \xE2\x80\xA6\xE2\x80\xA6 1"));
    EXPECT_TRUE(isNoPassage("1 One    3\n1.1 Two    3\n2 Three\t14\n2.1 Four    20\n"));
    EXPECT_TRUE(isNoPassage("-----------\n"));
    EXPECT_TRUE(isNoPassage("...................."));
    EXPECT_TRUE(isNoPassage(""));
}

TEST(PassageKind, ProseCodeAndTablesArePassages) {
    EXPECT_FALSE(isNoPassage("Wait... and see.\n"));
    EXPECT_FALSE(isNoPassage("Two sentences. They end... like this....\n"));
    EXPECT_FALSE(isNoPassage("for (int i = 0; i < 9; ++i) {\n}\n"));
    EXPECT_FALSE(isNoPassage("3 apples    12\n"));
    // Rows of a table: their last numbers go up and down.
    EXPECT_FALSE(isNoPassage("1 One    30\n2 Two    4\n3 Three    14\n4 Four    2\n"));
    EXPECT_FALSE(isNoPassage("1999    12345678901234567890\n"));
    EXPECT_FALSE(isNoPassage("Leaders stand ....... in one\nline of\nthese three\n"));
}

TEST(PassageKind, TellsSourceFromWhatTellsOfIt) {
    for (const char* name : {"debian/patches/fix.patch",
                             "a.diff",
                             "libfoo.symbols",
                             "ChangeLog",
                             "debian/changelog",
                             "NEWS",
                             "tests/parse.c",
                             "src/parse_test.cpp",
                             "configure",
                             "po/de.po",
                             "gen/a.pb.h",
                             "pkg/test_parse.py",
                             "app.min.js",
                             "CHANGES.md"}) {
        EXPECT_TRUE(isSecondHand(name)) << name;
    }
    for (const char* name : {"src/parse.c",
                             "README.md",
                             "contest/a.c",
                             "latest/t.c",
                             "patch.c",
                             "testament.txt",
                             "newsreader.c",
                             "src/configure.c",
                             ""}) {
        EXPECT_FALSE(isSecondHand(name)) << name;
    }
}

}  // namespace
}  // namespace tl
