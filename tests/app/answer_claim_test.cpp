// SPDX-License-Identifier: Apache-2.0
#include "app/citation/answer_claim.h"

#include <gtest/gtest.h>

namespace tl {
namespace {

bool meetsIt(std::string_view question, std::string_view answer) {
    return meets(demandOf(question), splitWords(answer));
}

TEST(AnswerClaim, ANumberIsAskedForAndGiven) {
    EXPECT_TRUE(meetsIt("How many boats are there?", "nine"));
    EXPECT_TRUE(meetsIt("How many of them sail?", "all of them"));
    EXPECT_FALSE(meetsIt("How many boats are there?", "the boats of the pier"));
    EXPECT_TRUE(meetsIt("What is a boat?", "a thing that floats"));
}

TEST(AnswerClaim, ADateIsNoLengthOfTime) {
    EXPECT_TRUE(meetsIt("On which day does it leave?", "on Friday"));
    EXPECT_TRUE(meetsIt("In what year was it built?", "1931"));
    EXPECT_FALSE(meetsIt("In what year was it built?", "60 days"));
    EXPECT_FALSE(meetsIt("Which date is it?", "the harbour"));
}

TEST(AnswerClaim, KnowsWhatIsAskedFor) {
    EXPECT_TRUE(demandOf("Where is kMax defined?").definition);
    EXPECT_TRUE(demandOf("In which file is the class Ring?").definition);
    EXPECT_FALSE(demandOf("What is defined here?").definition);
    EXPECT_TRUE(demandOf("Where does the ferry leave?").place);
    EXPECT_FALSE(demandOf("Where does the ferry leave?").definition);
    EXPECT_TRUE(demandOf("Who said so?").speaker);
    EXPECT_FALSE(demandOf("Who keeps the key?").speaker);
    EXPECT_TRUE(demandOf("Is it red?").yesOrNo);
    EXPECT_FALSE(demandOf("").yesOrNo);
}

TEST(AnswerClaim, KnowsClaimsOfADefinition) {
    EXPECT_TRUE(claimsDefinition("`kMax` is defined in a.h."));
    EXPECT_TRUE(claimsDefinition("It is implemented in b.cpp"));
    EXPECT_FALSE(claimsDefinition("kMax is defined as 7"));
}

}  // namespace
}  // namespace tl
