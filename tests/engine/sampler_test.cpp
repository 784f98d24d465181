// SPDX-License-Identifier: Apache-2.0
#include "engine/sampler.h"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace tl {
namespace {

// Logits of probabilities 0.4, 0.3, 0.2, 0.1 in scrambled order: ids 2, 0, 3, 1.
std::vector<float> fourTokens() {
    return {std::log(0.3F), std::log(0.1F), std::log(0.4F), std::log(0.2F)};
}

std::vector<double> frequencies(const SamplerOptions& options,
                                const std::vector<float>& logits,
                                int draws) {
    Sampler sampler(options, static_cast<int64_t>(logits.size()));
    std::vector<double> counts(logits.size());
    for (int i = 0; i < draws; ++i) {
        counts[static_cast<size_t>(sampler.sample(logits))] += 1;
    }
    for (double& count : counts) {
        count /= draws;
    }
    return counts;
}

void expectNear(const std::vector<double>& actual, const std::vector<double>& expected) {
    // 40,000 draws have a standard deviation of at most 0.0025; seeds are fixed, so five of them
    // never fail by chance.
    for (size_t i = 0; i < expected.size(); ++i) {
        EXPECT_NEAR(actual[i], expected[i], 0.0125) << "token " << i;
    }
}

constexpr int kDraws = 40000;

TEST(SamplerTest, GreedyTakesTheLargestAndTheLowestIdOnTies) {
    Sampler sampler({}, 5);
    EXPECT_EQ(sampler.sample(std::vector<float>{1, 3, 2, 3, 0}), 1);
    EXPECT_EQ(sampler.sample(std::vector<float>{-5, -4, -3, -2, -1}), 4);
    EXPECT_EQ(sampler.sample(std::vector<float>(5, 0.0F)), 0);
}

TEST(SamplerTest, DrawsByProbability) {
    SamplerOptions options;
    options.temperature = 1;
    expectNear(frequencies(options, fourTokens(), kDraws), {0.3, 0.1, 0.4, 0.2});
}

TEST(SamplerTest, TemperatureSharpensAndFlattens) {
    SamplerOptions options;
    options.temperature = 0.5F;  // squares the probabilities: 9, 1, 16, 4 of 30
    expectNear(frequencies(options, fourTokens(), kDraws), {0.3, 1 / 30.0, 16 / 30.0, 4 / 30.0});
    options.temperature = 1e6F;
    expectNear(frequencies(options, fourTokens(), kDraws), {0.25, 0.25, 0.25, 0.25});
    options.temperature = 1e-6F;
    EXPECT_EQ(frequencies(options, fourTokens(), 100)[2], 1);
}

TEST(SamplerTest, TopKKeepsTheLikeliest) {
    SamplerOptions options;
    options.temperature = 1;
    options.topK = 2;
    expectNear(frequencies(options, fourTokens(), kDraws), {3 / 7.0, 0, 4 / 7.0, 0});
    EXPECT_EQ(frequencies(options, fourTokens(), 1000)[3], 0);
    options.topK = 9;  // more than there are
    expectNear(frequencies(options, fourTokens(), kDraws), {0.3, 0.1, 0.4, 0.2});
}

TEST(SamplerTest, TopPKeepsTheFewestThatHoldIt) {
    SamplerOptions options;
    options.temperature = 1;
    options.topP = 0.65F;  // 0.4 + 0.3
    expectNear(frequencies(options, fourTokens(), kDraws), {3 / 7.0, 0, 4 / 7.0, 0});
    EXPECT_EQ(frequencies(options, fourTokens(), 1000)[1], 0);
    options.topP = 0;
    EXPECT_EQ(frequencies(options, fourTokens(), 1000)[2], 1);
}

TEST(SamplerTest, MinPDropsWhatIsRareBesideTheLikeliest) {
    SamplerOptions options;
    options.temperature = 1;
    options.minP = 0.4F;  // of 0.4, so 0.16
    const std::vector<double> drawn = frequencies(options, fourTokens(), kDraws);
    EXPECT_EQ(drawn[1], 0);
    expectNear(drawn, {3 / 9.0, 0, 4 / 9.0, 2 / 9.0});
}

TEST(SamplerTest, RepetitionPenaltyWeakensRecentTokens) {
    SamplerOptions options;
    options.repetitionPenalty = 2;
    options.repetitionWindow = 1;
    Sampler sampler(options, 3);
    const std::vector<float> logits{3, 2, -1};
    EXPECT_EQ(sampler.sample(logits), 0);
    EXPECT_EQ(sampler.sample(logits), 1);  // 3 counts as 1.5
    EXPECT_EQ(sampler.sample(logits), 0);  // forgotten again
    Sampler negative(options, 2);
    EXPECT_EQ(negative.sample(std::vector<float>{-1, -1.5F}), 0);
    EXPECT_EQ(negative.sample(std::vector<float>{-1, -1.5F}), 1);  // -1 counts as -2
}

TEST(SamplerTest, APenaltyCountsOncePerToken) {
    SamplerOptions options;
    options.repetitionPenalty = 2;
    Sampler sampler(options, 2);
    const std::vector<float> logits{8, 3};
    // 8 counts as 4 however often it came, so it stays ahead of 3.
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(sampler.sample(logits), 0);
    }
}

TEST(SamplerTest, TheSameSeedGivesTheSameTokensAndAnotherDoesNot) {
    const std::vector<float> logits(1000, 0.0F);
    const auto drawn = [&](uint64_t seed) {
        SamplerOptions options;
        options.temperature = 1;
        options.seed = seed;
        Sampler sampler(options, 1000);
        std::vector<TokenId> tokens(20);
        for (TokenId& token : tokens) {
            token = sampler.sample(logits);
        }
        return tokens;
    };
    EXPECT_EQ(drawn(1), drawn(1));
    EXPECT_NE(drawn(1), drawn(2));
}

TEST(SamplerTest, DrawsAreTheSameOnEveryMachine) {
    // SplitMix64 from seed 1234567, published with its reference: 6457827717110365317 first. Over
    // four equal tokens that number falls into the second quarter, 0.350 of the range.
    SamplerOptions options;
    options.temperature = 1;
    options.seed = 1234567;
    Sampler sampler(options, 4);
    EXPECT_EQ(sampler.sample(std::vector<float>(4, 0.0F)), 1);
    // The next are 3203168211198807973 (0.174) and 9817491932198370423 (0.532).
    EXPECT_EQ(sampler.sample(std::vector<float>(4, 0.0F)), 0);
    EXPECT_EQ(sampler.sample(std::vector<float>(4, 0.0F)), 2);
}

TEST(SamplerTest, BrokenLogitsGiveSomeToken) {
    const float inf = std::numeric_limits<float>::infinity();
    const float nan = std::numeric_limits<float>::quiet_NaN();
    for (const float temperature : {0.0F, 1.0F}) {
        SamplerOptions options;
        options.temperature = temperature;
        options.topP = 0.9F;
        options.repetitionPenalty = 1.1F;
        Sampler sampler(options, 3);
        EXPECT_EQ(sampler.sample(std::vector<float>{nan, 1, -inf}), 1);
        EXPECT_EQ(sampler.sample(std::vector<float>{nan, inf, 2}), 1);
        const TokenId any = sampler.sample(std::vector<float>{nan, nan, nan});
        EXPECT_TRUE(any >= 0 && any < 3);
    }
}

TEST(SamplerTest, AllFiltersTogetherKeepTheirOrder) {
    SamplerOptions options;
    options.temperature = 1;
    options.topK = 3;     // 0.4, 0.3, 0.2
    options.minP = 0.6F;  // 0.4, 0.3
    options.topP = 0.5F;  // 0.4 holds 57 % of what is left
    EXPECT_EQ(frequencies(options, fourTokens(), 1000)[2], 1);
}

}  // namespace
}  // namespace tl
