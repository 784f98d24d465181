// SPDX-License-Identifier: Apache-2.0
// The engine against logits of an independent float64 implementation; tests/data/model/README.md.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/engine.h"

namespace tl {
namespace {

const std::string kData = std::string(TL_SOURCE_DIR) + "/tests/data/model/";
const std::string kModel =
    std::string(TL_SOURCE_DIR) + "/resources/model/throughline-154m-q4_0.gguf";

struct Precision {
    ActivationType activations;
    KvType kvType;
    double leastCosine;
};
// What issue 3 asks for: f32 activations to 0.9999, int8 activations to 0.999.
constexpr Precision kPrecisions[] = {
    {ActivationType::kInt8, KvType::kInt8, 0.999},
    {ActivationType::kInt8, KvType::kF16, 0.999},
    {ActivationType::kF32, KvType::kInt8, 0.9999},
    {ActivationType::kF32, KvType::kF16, 0.9999},
};

nlohmann::json loadJson(const std::string& name) {
    std::ifstream in(kData + name);
    return nlohmann::json::parse(in);
}

std::unique_ptr<Engine> load(const std::string& file, const Precision& precision) {
    EngineOptions options;
    options.activations = precision.activations;
    options.kvType = precision.kvType;
    Result<std::unique_ptr<Engine>> engine = Engine::load(file, options);
    EXPECT_TRUE(engine.ok()) << (engine.ok() ? "" : engine.error().message);
    return std::move(engine).value();
}

double cosine(const std::vector<double>& a, const std::vector<double>& b) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (size_t i = 0; i < a.size(); ++i) {
        dot += a[i] * b[i];
        aa += a[i] * a[i];
        bb += b[i] * b[i];
    }
    return dot / std::sqrt(aa * bb);
}

// Cosine over the listed ids of [[id, logit], ...].
double topCosine(std::span<const float> logits, const nlohmann::json& top) {
    std::vector<double> ours;
    std::vector<double> theirs;
    for (const auto& pair : top) {
        ours.push_back(logits[pair[0].get<size_t>()]);
        theirs.push_back(pair[1].get<double>());
    }
    return cosine(ours, theirs);
}

TokenId largest(std::span<const float> logits) {
    return static_cast<TokenId>(std::ranges::max_element(logits) - logits.begin());
}

class GoldenTest : public testing::TestWithParam<Precision> {};

TEST_P(GoldenTest, ShippedModelReadsAsksAndAnswers) {
    const auto engine = load(kModel, GetParam());
    for (const auto& c : loadJson("golden_logits.json")["cases"]) {
        SCOPED_TRACE(c["question"].get<std::string>());
        const auto session = engine->newSession(4096).value();
        ASSERT_TRUE(session->read(c["corpus_ids"].get<std::vector<TokenId>>()).ok());
        EXPECT_GE(topCosine(session->logits(), c["read_top20"]), GetParam().leastCosine);
        EXPECT_EQ(largest(session->logits()), c["read_top20"][0][0].get<TokenId>());
        ASSERT_TRUE(session->ask(c["turn_ids"].get<std::vector<TokenId>>()).ok());
        EXPECT_GE(topCosine(session->logits(), c["ask_top20"]), GetParam().leastCosine);
        std::vector<TokenId> greedy;
        const auto expected = c["greedy_ids"].get<std::vector<TokenId>>();
        while (greedy.size() < expected.size()) {
            greedy.push_back(largest(session->logits()));
            ASSERT_TRUE(session->step(greedy.back()).ok());
        }
        EXPECT_EQ(greedy, expected);
    }
}

TEST_P(GoldenTest, GraniteShapeMatchesAtEveryListedPosition) {
    const auto engine = load(kData + "tiny-granite-h.gguf", GetParam());
    const auto golden = loadJson("golden_granite.json");
    const auto ids = golden["ids"].get<std::vector<TokenId>>();
    for (const auto& entry : golden["logits"]) {
        const auto length = entry["position"].get<size_t>() + 1;
        const auto session = engine->newSession(4096).value();
        ASSERT_TRUE(session->read(std::span(ids).first(length)).ok());
        const auto logits = session->logits();
        const auto expected = entry["values"].get<std::vector<double>>();
        EXPECT_GE(cosine({logits.begin(), logits.end()}, expected), GetParam().leastCosine)
            << "position " << length - 1;
        EXPECT_EQ(largest(logits), std::ranges::max_element(expected) - expected.begin());
    }
}

INSTANTIATE_TEST_SUITE_P(EveryPrecision,
                         GoldenTest,
                         testing::ValuesIn(kPrecisions),
                         [](const auto& precision) {
                             const bool f32 = precision.param.activations == ActivationType::kF32;
                             const bool f16 = precision.param.kvType == KvType::kF16;
                             return std::string(f32 ? "f32" : "int8") + (f16 ? "_f16" : "_int8");
                         });

}  // namespace
}  // namespace tl
