// SPDX-License-Identifier: Apache-2.0
#include "app/answer/repetition.h"

#include <string>

#include <gtest/gtest.h>

namespace tl {
namespace {

std::string times(int count, const std::string& text) {
    std::string repeated;
    for (int i = 0; i < count; ++i) {
        repeated += text;
    }
    return repeated;
}

// What is left of a text that ends in a loop; all of it where there is none.
std::string kept(const std::string& text) {
    const auto repetition = findRepetition(text);
    return repetition && repetition->isCertain ? text.substr(0, repetition->begin) : text;
}

// The same as the text grows byte by byte, as it does while a model writes.
std::string keptWhileWriting(const std::string& text) {
    for (size_t size = 1; size <= text.size(); ++size) {
        const std::string written = text.substr(0, size);
        if (kept(written) != written) {
            return kept(written);
        }
    }
    return text;
}

TEST(Repetition, ALoopIsCutBehindItsFirstCopy) {
    EXPECT_EQ(keptWhileWriting("He said no" + times(8, " no")), "He said no");
    EXPECT_EQ(keptWhileWriting(times(9, "to be ")), "to be");
    EXPECT_EQ(keptWhileWriting("It is " + times(6, "the red boat ")), "It is the red boat");
    EXPECT_EQ(keptWhileWriting("Yes. " + times(4, "The ferry leaves on Friday at nine. ")),
              "Yes. The ferry leaves on Friday at nine.");
    EXPECT_EQ(keptWhileWriting(times(5, "- read the file\n- write the file\n")),
              "- read the file\n- write the file");
}

TEST(Repetition, NumberedLinesThatSayTheSameAreALoop) {
    EXPECT_EQ(keptWhileWriting(
                  "1. Open it.\n2. Open it.\n3. Open it.\n4. Open it.\n5. Open it.\n6. Open it.\n"),
              "1. Open it.");
}

TEST(Repetition, DotsAreCutBeforeTheFirst) {
    EXPECT_EQ(keptWhileWriting("BZ2_bzRead" + times(40, " .") + " 12"), "BZ2_bzRead ");
    EXPECT_EQ(keptWhileWriting("Memory management" + times(30, ".")), "Memory management");
}

TEST(Repetition, LoopsWithoutBlanksAreLoops) {
    EXPECT_EQ(keptWhileWriting(times(30, "BZ2_")), "BZ2_");
    // Six copies of two CJK characters are 36 bytes; the loop is certain at 60.
    EXPECT_EQ(keptWhileWriting(times(12, "\xE6\x9D\xB1\xE4\xBA\xAC")), "\xE6\x9D\xB1\xE4\xBA\xAC");
}

TEST(Repetition, ListsTablesAndCodeAreNoLoops) {
    for (const std::string& text :
         {std::string("very, very, very good"),
          std::string("Chapter 1\nChapter 2\nChapter 3\nChapter 4\nChapter 5\nChapter 6\n"),
          std::string("1. apples\n2. pears\n3. apples and pears\n4. plums\n5. apples\n"),
          std::string("| a | b | c | d | e | f |\n|---|---|---|---|---|---|\n| 0 | 0 | 0 | 0 |\n"),
          std::string("1 0 0 0 0\n0 1 0 0 0\n0 0 1 0 0\n0 0 0 1 0\n"),
          std::string(
              "case 1: return x;\ncase 2: return x;\ncase 3: return x;\ncase 4: return x;\n"),
          std::string("    }\n    }\n  }\n}\n}\n}\n}\n}\n"),
          std::string("Usage\n") + times(70, "-") + "\n-v ... level\n",
          std::string("Wait... what? And then... nothing. So... yes."),
          std::string("The key is " + times(8, "0000") + "."),
          std::string(
              "Row, row, row your boat, gently down the stream. Row, row, row your boat.")}) {
        EXPECT_EQ(keptWhileWriting(text), text);
    }
}

TEST(Repetition, WhatMayBecomeALoopIsASuspicion) {
    const auto suspected = findRepetition("He said the red boat and the red boat and the red boat");
    ASSERT_TRUE(suspected.has_value());
    EXPECT_FALSE(suspected->isCertain);
    EXPECT_EQ(suspected->begin, std::string("He said the red boat and").size());
    EXPECT_FALSE(findRepetition("The ferry leaves on Friday.").has_value());
    EXPECT_FALSE(findRepetition("").has_value());
}

TEST(Repetition, OfALongTextOnlyTheEndIsLookedAt) {
    std::string text = times(10, "no ");
    for (int i = 0; i < 2000; ++i) {
        text += "word" + std::to_string(i) + " ";
    }
    EXPECT_EQ(kept(text), text);
    const std::string looped = text + times(8, "no ");
    EXPECT_EQ(kept(looped), text + "no");
}

}  // namespace
}  // namespace tl
