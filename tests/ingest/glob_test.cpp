// SPDX-License-Identifier: Apache-2.0
#include "ingest/source/glob.h"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

namespace tl {
namespace {

bool matches(std::string_view pattern, std::string_view text) {
    return Glob(pattern).matches(text);
}

TEST(Glob, StarAndQuestionMarkStayWithinOnePart) {
    EXPECT_TRUE(matches("*.o", "a.o"));
    EXPECT_TRUE(matches("a*c", "ac"));
    EXPECT_FALSE(matches("a*c", "a/c"));
    EXPECT_TRUE(matches("a?c", "abc"));
    EXPECT_FALSE(matches("a?c", "a/c"));
    EXPECT_FALSE(matches("a?c", "ac"));
}

TEST(Glob, TwoStarsBetweenSlashesSpanFolders) {
    for (const char* text : {"b", "a/b", "a/x/b"}) {
        EXPECT_TRUE(matches("**/b", text)) << text;
    }
    EXPECT_TRUE(matches("a/**", "a/x/y"));
    EXPECT_FALSE(matches("a/**", "a"));
    EXPECT_TRUE(matches("a/**/b", "a/b"));
    EXPECT_TRUE(matches("a/**/b", "a/x/y/b"));
    EXPECT_FALSE(matches("**/b", "ab"));
}

TEST(Glob, TwoStarsElsewhereAreOneStar) {
    EXPECT_TRUE(matches("a**b", "axxb"));
    EXPECT_FALSE(matches("a**b", "ax/xb"));
}

TEST(Glob, SetsTakeRangesNegationNamesAndBrackets) {
    EXPECT_TRUE(matches("[a-c]x", "bx"));
    EXPECT_FALSE(matches("[a-c]x", "dx"));
    EXPECT_TRUE(matches("[!a-c]x", "dx"));
    EXPECT_TRUE(matches("[^a-c]x", "dx"));
    EXPECT_FALSE(matches("[!a]x", "/x"));
    EXPECT_TRUE(matches("[]a]", "]"));
    EXPECT_TRUE(matches("[a-]", "-"));
    EXPECT_TRUE(matches("v[[:digit:]]", "v7"));
    EXPECT_FALSE(matches("v[[:digit:]]", "vx"));
    EXPECT_TRUE(matches("[\\]]", "]"));
}

TEST(Glob, BackslashTakesTheNextByteAsItIs) {
    EXPECT_TRUE(matches("\\*", "*"));
    EXPECT_FALSE(matches("\\*", "a"));
}

TEST(Glob, MalformedPatternsMatchNothing) {
    for (const char* pattern : {"[", "[a", "a\\", "[[:nope:]]", "[a-"}) {
        EXPECT_FALSE(matches(pattern, "a")) << pattern;
        EXPECT_FALSE(matches(pattern, pattern)) << pattern;
    }
}

TEST(Glob, ComparesBytesOfNamesThatAreNoUtf8) {
    EXPECT_TRUE(matches("?", "\xFF"));
    EXPECT_TRUE(matches("[\x80-\xFF]", "\xE9"));
}

// Backtracking would take 4096 over 1000 steps for these.
TEST(Glob, HostilePatternsTakeLittleTime) {
    std::string stars;
    std::string folders;
    for (int i = 0; i < 1000; ++i) {
        stars += "a*";
        folders += "**/";
    }
    const std::string text(4096, 'a');
    std::string deepPath;
    for (int i = 0; i < 2048; ++i) {
        deepPath += "a/";
    }
    const auto start = std::chrono::steady_clock::now();
    EXPECT_FALSE(matches(stars + "b", text));
    EXPECT_TRUE(matches(stars, text));
    EXPECT_FALSE(matches(folders + "b", deepPath));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    EXPECT_LT(took.count(), 2.0);  // measured 0.05 s; sanitizers and busy machines take longer
}

}  // namespace
}  // namespace tl
