// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <gtest/gtest.h>

#include "ingest/document.h"
#include "tests/ingest/random_text.h"

namespace tl {
namespace {

TEST(LineIndex, TheEmptyTextHasNoLine) {
    const LineIndex lines("");
    EXPECT_EQ(lines.lineCount(), 0);
    EXPECT_EQ(lines.position(0).line, 1);
    EXPECT_EQ(lines.position(0).column, 1);
}

TEST(LineIndex, ALineEndAtTheEndStartsNoFurtherLine) {
    EXPECT_EQ(LineIndex("a\nb").lineCount(), 2);
    EXPECT_EQ(LineIndex("a\nb\n").lineCount(), 2);
    EXPECT_EQ(LineIndex("a\nb\n\n").lineCount(), 3);
    EXPECT_EQ(LineIndex("\n").lineCount(), 1);
}

TEST(LineIndex, LineRangesLeaveTheLineEndOut) {
    const LineIndex lines("ab\n\nc\n");
    EXPECT_EQ(lines.lineBegin(1), 0);
    EXPECT_EQ(lines.lineEnd(1), 2);
    EXPECT_EQ(lines.lineBegin(2), 3);
    EXPECT_EQ(lines.lineEnd(2), 3);
    EXPECT_EQ(lines.lineBegin(3), 4);
    EXPECT_EQ(lines.lineEnd(3), 5);
}

TEST(LineIndex, ALineEndBelongsToTheLineItEnds) {
    const LineIndex lines("ab\nc");
    EXPECT_EQ(lines.position(2).line, 1);
    EXPECT_EQ(lines.position(2).column, 3);
    EXPECT_EQ(lines.position(3).line, 2);
    EXPECT_EQ(lines.position(3).column, 1);
    EXPECT_EQ(lines.position(4).column, 2);
}

TEST(LineIndex, EveryByteOfRandomTextsRoundTrips) {
    for (uint32_t seed = 1; seed <= 50; ++seed) {
        const std::string text = randomText(seed);
        const LineIndex lines(text);
        int64_t line = 1;
        for (size_t i = 0; i < text.size(); ++i) {
            const LinePosition at = lines.position(static_cast<int64_t>(i));
            ASSERT_EQ(at.line, line) << "byte " << i << ", seed " << seed;
            ASSERT_EQ(lines.lineBegin(at.line) + at.column - 1, static_cast<int64_t>(i));
            ASSERT_LE(static_cast<int64_t>(i), lines.lineEnd(at.line));
            line += text[i] == '\n' ? 1 : 0;
        }
    }
}

}  // namespace
}  // namespace tl
