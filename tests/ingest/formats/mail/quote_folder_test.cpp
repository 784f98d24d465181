// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/mail/quote_folder.h"

#include <string>

#include <gtest/gtest.h>

#include "ingest/formats/mail/flowed_text.h"

namespace tl {
namespace {

const std::string kFirst = "The pump stops at noon.\nWe looked at\nthe valve\nand the motor.\n";

TEST(QuoteFolder, AQuoteOfAnEarlierMessageBecomesOneLine) {
    QuoteFolder folder;
    EXPECT_EQ(folder.fold(kFirst), kFirst);
    EXPECT_EQ(
        folder.fold("Ana wrote:\n"
                    "> The pump stops at noon.\n> We looked at\n> the valve\n> and the motor.\n"
                    "Yes.\n"),
        "Ana wrote:\n[\u2026 4 quoted lines of an earlier message]\nYes.\n");
}

// What was changed, cut within, or never sent to this mailbox stays word by word.
TEST(QuoteFolder, WhatCannotBeFoundIsKept) {
    QuoteFolder folder;
    folder.fold(kFirst);
    const std::string changed =
        "> The pump stops at nine.\n> We looked at\n> the valve\n> and the motor.\n";
    EXPECT_EQ(folder.fold(changed), changed);
    const std::string withGap =
        "> The pump stops at noon.\n> We looked at\n> [...]\n> the motor.\n";
    EXPECT_EQ(folder.fold(withGap), withGap);
    const std::string short3 = "> The pump stops at noon.\n> We looked at\n> the valve\n";
    EXPECT_EQ(folder.fold(short3), short3);
    const std::string twoMessages = "> and the motor.\n> Ana wrote:\n> x\n> y\n";
    EXPECT_EQ(folder.fold(twoMessages), twoMessages);
}

TEST(QuoteFolder, LineBreaksAndDepthDoNotMatter) {
    QuoteFolder folder;
    folder.fold(kFirst);
    EXPECT_EQ(folder.fold("> > We looked\n> > at the\n>\n>> valve and\n> > the motor.\n"),
              "[\u2026 5 quoted lines of an earlier message]\n");
}

// The second message shows the first one folded; the third quotes both.
TEST(QuoteFolder, AQuoteOfAQuoteIsFoundInTheWholeMessage) {
    QuoteFolder folder;
    folder.fold(kFirst);
    folder.fold("> The pump stops at noon.\n> We looked at\n> the valve\n> and the motor.\nYes.\n");
    EXPECT_EQ(folder.fold("> > the valve\n> > and the motor.\n> Yes.\n>\nGood.\n"),
              "[\u2026 4 quoted lines of an earlier message]\nGood.\n");
}

TEST(QuoteFolder, AMessageDoesNotFoldIntoItself) {
    QuoteFolder folder;
    const std::string body = "a b c\nd\n> a b c\n> d\n> \n> \n";
    EXPECT_EQ(folder.fold(body), body);
}

TEST(FlowedText, SoftBreaksAreUndoneWithinAQuoteDepth) {
    EXPECT_EQ(unwrapFlowed("one \ntwo\nthree\n", false), "one two\nthree\n");
    EXPECT_EQ(unwrapFlowed("one \ntwo \nthree", true), "onetwothree\n");
    EXPECT_EQ(unwrapFlowed("> a \n> b\n>> c \nd\n", false), "> a b\n> > c \nd\n");
    EXPECT_EQ(unwrapFlowed(" From here\n >no quote\n", false), "From here\n>no quote\n");
    EXPECT_EQ(unwrapFlowed("end \n-- \nAna\n", false), "end \n-- \nAna\n");
    EXPECT_EQ(unwrapFlowed("", false), "");
}

}  // namespace
}  // namespace tl
