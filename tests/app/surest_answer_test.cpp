// SPDX-License-Identifier: Apache-2.0
#include "app/answer/surest_answer.h"

#include <gtest/gtest.h>

namespace tl {
namespace {

GeneratedAnswer answer(const std::string& text, double surety, bool isRepeating = false) {
    GeneratedAnswer given;
    given.text = text;
    given.meanLogProbability = surety;
    given.isRepeating = isRepeating;
    return given;
}

GeneratedAnswer withRefusal(GeneratedAnswer given, double refusal) {
    given.refusalLogProbability = refusal;
    return given;
}

TEST(SurestAnswer, IsTheLikeliestAndOfEqualOnesTheLast) {
    const std::vector<GeneratedAnswer> answers = {
        answer("9", -0.2), answer("7", -0.1), answer("8", -0.1), answer("6", -0.3)};
    const SurestAnswer surest = chooseSurest(answers);
    EXPECT_EQ(surest.index, 2U);
    EXPECT_EQ(surest.surety.readings, 4);
    EXPECT_EQ(surest.surety.agreeing, 1);
    EXPECT_DOUBLE_EQ(surest.surety.logProbability, -0.1);
    EXPECT_FALSE(surest.surety.margin.has_value());
}

TEST(SurestAnswer, ALoopIsTakenOnlyWhereAllAreLoops) {
    EXPECT_EQ(chooseSurest(std::vector{answer("a b a b", 0, true), answer("c", -2)}).index, 1U);
    EXPECT_EQ(chooseSurest(std::vector{answer("c", -2), answer("a b a b", 0, true)}).index, 0U);
    EXPECT_EQ(chooseSurest(std::vector{answer("a", -2, true), answer("b", -1, true)}).index, 1U);
}

TEST(SurestAnswer, CountsReadingsThatSayTheSame) {
    const std::vector<GeneratedAnswer> answers = {answer("In the harbour office.", -1),
                                                  answer("the **harbour office**", 0),
                                                  answer("in town", -1)};
    EXPECT_EQ(chooseSurest(answers).surety.agreeing, 2);
    // "7" is not in "77".
    EXPECT_EQ(chooseSurest(std::vector{answer("77", -1), answer("7", 0)}).surety.agreeing, 1);
    EXPECT_EQ(chooseSurest(std::vector{answer("", -1), answer("...", 0)}).surety.agreeing, 2);
    EXPECT_EQ(chooseSurest(std::vector{answer("", -1), answer("7", 0)}).surety.agreeing, 1);
}

TEST(SurestAnswer, IsUnknownWhereOneReadingSaysItHardlyLikelierThanARefusal) {
    const AnswerSettings settings;
    const auto isUnknownAt = [&](double refusal, const std::string& other) {
        const std::vector<GeneratedAnswer> answers = {answer(other, -1),
                                                      withRefusal(answer("7", -0.5), refusal),
                                                      withRefusal(answer("5", -3), -9)};
        return isUnknown(chooseSurest(answers).surety, settings);
    };
    EXPECT_TRUE(isUnknownAt(-0.5 - settings.knownMargin / 2, "8"));
    EXPECT_FALSE(isUnknownAt(-0.5 - settings.knownMargin * 2, "8"));
    EXPECT_FALSE(isUnknownAt(-0.5, "7 boats"));
    EXPECT_FALSE(isUnknown(chooseSurest(std::vector{answer("7", -5)}).surety, settings));
}

TEST(SurestAnswer, IsSureWhereReadingsAgreeAndTheWordsAreLikely) {
    const AnswerSettings settings;
    const double far = settings.sureOfTwo - settings.sureMargin - 0.1;
    const auto isSureOf = [&](double surety, const std::string& other, double refusal) {
        const std::vector<GeneratedAnswer> answers = {answer(other, -9),
                                                      withRefusal(answer("7", surety), refusal)};
        return isSure(chooseSurest(answers).surety, settings);
    };
    EXPECT_TRUE(isSureOf(settings.sureOfTwo, "7", far));
    EXPECT_FALSE(isSureOf(settings.sureOfTwo - 0.01, "7", far));
    EXPECT_FALSE(isSureOf(settings.sureOfTwo, "8", far));
    EXPECT_FALSE(isSureOf(settings.sureOfTwo, "7", far + 0.2));
}

TEST(SurestAnswer, ThreeReadingsThatAgreeMayBeLessSure) {
    const AnswerSettings settings;
    const auto isSureOf = [&](double surety) {
        const std::vector<GeneratedAnswer> answers = {
            answer("7", -9), answer("7", -9), withRefusal(answer("7", surety), 0)};
        return isSure(chooseSurest(answers).surety, settings);
    };
    EXPECT_TRUE(isSureOf(settings.sureOfThree));
    EXPECT_FALSE(isSureOf(settings.sureOfThree - 0.01));
}

TEST(SurestAnswer, ASingleReadingHasToBeSurer) {
    const AnswerSettings settings;
    const auto isSureOf = [&](double surety) {
        return isSure(chooseSurest(std::vector{answer("7", surety)}).surety, settings);
    };
    EXPECT_TRUE(isSureOf(settings.sureAlone));
    EXPECT_FALSE(isSureOf(settings.sureAlone - 0.01));
}

}  // namespace
}  // namespace tl
