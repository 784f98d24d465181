// SPDX-License-Identifier: Apache-2.0
#include "app/cli/terminal_text.h"

#include <gtest/gtest.h>

namespace tl {
namespace {

const std::string kMark = "\xEF\xBF\xBD";

TEST(TerminalText, LeavesOrdinaryTextAsItIs) {
    const std::string text = "Zo\xC3\xAB \xE2\x82\xAC \xF0\x9F\x9A\xA2 \xC2\xA0\xEF\xBF\xBD";
    EXPECT_EQ(terminalText(text), text);
    EXPECT_EQ(terminalLine(text), text);
    EXPECT_EQ(terminalText(""), "");
}

TEST(TerminalText, ReplacesControlCharacters) {
    EXPECT_EQ(terminalText("a\x1b[31mb\x07\r\x7F"), "a" + kMark + "[31mb" + kMark + kMark + kMark);
    // CSI as one character of C1, and as a byte that is no UTF-8.
    EXPECT_EQ(terminalText("\xC2\x9B"
                           "31m\x9B"
                           "31m"),
              kMark + "31m" + kMark + "31m");
    EXPECT_EQ(terminalText(std::string("a\0b", 3)), "a" + kMark + "b");
}

TEST(TerminalText, LineEndsStayInTextAlone) {
    EXPECT_EQ(terminalText("a\n\tb"), "a\n\tb");
    EXPECT_EQ(terminalLine("a\n\tb"), "a" + kMark + kMark + "b");
}

TEST(TerminalText, ReplacesHalfACharacter) {
    EXPECT_EQ(terminalText("a\xE2\x82"), "a" + kMark);
}

}  // namespace
}  // namespace tl
