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

TEST(AnswerClaim, ALengthHasAUnit) {
    EXPECT_TRUE(meetsIt("How long are they kept?", "sixty days"));
    EXPECT_TRUE(meetsIt("How long is the pier?", "40 m"));
    EXPECT_TRUE(meetsIt("How long are they kept?", "forever"));
    EXPECT_FALSE(meetsIt("How long are they kept?", "three ways"));
}

TEST(AnswerClaim, AMomentIsATimeOrWhatMustHaveHappened) {
    EXPECT_TRUE(meetsIt("When did it sail?", "in 1931"));
    EXPECT_TRUE(meetsIt("When did it sail?", "Friday"));
    EXPECT_TRUE(meetsIt("When is it written?", "after the last boat"));
    EXPECT_FALSE(meetsIt("When did it sail?", "San Diego"));
    EXPECT_FALSE(meetsIt("When does it come?", "to take the readings"));
}

TEST(AnswerClaim, AVersionHasADigitAndAnOptionADash) {
    EXPECT_TRUE(meetsIt("Which version is it?", "v1.9"));
    EXPECT_FALSE(meetsIt("Which version was shown?", "that of the harbour"));
    EXPECT_TRUE(meetsIt("Which option sorts?", "-s"));
    EXPECT_TRUE(meetsIt("Which option sorts?", "sort_all"));
    EXPECT_FALSE(meetsIt("Which option sorts?", "the second one"));
}

TEST(AnswerClaim, APersonIsANameOrARole) {
    EXPECT_TRUE(meetsIt("Who keeps the key?", "Birgit Aas"));
    EXPECT_TRUE(meetsIt("Who keeps the key?", "the lock keeper"));
    EXPECT_TRUE(meetsIt("Who may enter?", "everyone"));
    EXPECT_FALSE(meetsIt("Who feels it coming?", "something wicked this way comes"));
}

TEST(AnswerClaim, KnowsWhatIsCounted) {
    EXPECT_EQ(demandOf("How many mailing lists are there?").counted,
              (std::vector<std::string>{"mailing", "lists"}));
    EXPECT_TRUE(demandOf("How much is it?").counted.empty());
    EXPECT_TRUE(demandOf("How many?").counted.empty());
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
