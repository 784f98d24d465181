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
    options.device.activations = precision.activations;
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

// Rounding activations to 8 bits moves a logit of 20 by some hundredths. Where the golden's best
// two lie closer together than this (0.02 and 0.09 after two of the readings), either may come
// first.
constexpr double kInt8Tie = 0.1;

TokenId largest(std::span<const float> logits) {
    return static_cast<TokenId>(std::ranges::max_element(logits) - logits.begin());
}

class GoldenTest : public testing::TestWithParam<Precision> {
protected:
    // The best of the listed tokens is ours too, but for ties; the cosine over them is at least the
    // precision's.
    void expectTop(std::span<const float> logits, const nlohmann::json& top, double& least) {
        const double cosineHere = topCosine(logits, top);
        EXPECT_GE(cosineHere, GetParam().leastCosine);
        least = std::min(least, cosineHere);
        const TokenId best = largest(logits);
        const auto listed = std::ranges::find_if(
            top, [&](const nlohmann::json& pair) { return pair[0].get<TokenId>() == best; });
        ASSERT_NE(listed, top.end()) << "token " << best << " is not among the golden's best";
        const double tie = GetParam().activations == ActivationType::kF32 ? 0 : kInt8Tie;
        EXPECT_GE((*listed)[1].get<double>(), top[0][1].get<double>() - tie) << "token " << best;
    }
};

TEST_P(GoldenTest, ShippedModelReadsAsksAndAnswers) {
    const auto engine = load(kModel, GetParam());
    const auto golden = loadJson("golden_logits.json");
    ASSERT_EQ(golden["cases"].size(), 8U);
    double leastRead = 1;
    double leastAsk = 1;
    for (const auto& c : golden["cases"]) {
        SCOPED_TRACE(c["question"].get<std::string>());
        const auto session = engine->newSession(4096).value();
        ASSERT_TRUE(session->read(c["corpus_ids"].get<std::vector<TokenId>>()).ok());
        expectTop(session->logits().value(), c["read_top20"], leastRead);
        ASSERT_TRUE(session->ask(c["turn_ids"].get<std::vector<TokenId>>()).ok());
        expectTop(session->logits().value(), c["ask_top20"], leastAsk);
        std::vector<TokenId> greedy;
        const auto expected = c["greedy_ids"].get<std::vector<TokenId>>();
        while (greedy.size() < expected.size()) {
            greedy.push_back(largest(session->logits().value()));
            ASSERT_TRUE(session->step(greedy.back()).ok());
        }
        EXPECT_EQ(greedy, expected);
    }
    RecordProperty("leastCosineRead", std::to_string(leastRead));
    RecordProperty("leastCosineAsk", std::to_string(leastAsk));
}

TEST_P(GoldenTest, GraniteShapeMatchesAtEveryListedPosition) {
    const auto engine = load(kData + "tiny-granite-h.gguf", GetParam());
    const auto golden = loadJson("golden_granite.json");
    const auto ids = golden["ids"].get<std::vector<TokenId>>();
    ASSERT_EQ(golden["logits"].size(), 8U);
    double least = 1;
    for (const auto& entry : golden["logits"]) {
        const auto length = entry["position"].get<size_t>() + 1;
        const auto session = engine->newSession(4096).value();
        ASSERT_TRUE(session->read(std::span(ids).first(length)).ok());
        const auto logits = session->logits().value();
        const auto expected = entry["values"].get<std::vector<double>>();
        const double cosineHere = cosine({logits.begin(), logits.end()}, expected);
        EXPECT_GE(cosineHere, GetParam().leastCosine) << "position " << length - 1;
        least = std::min(least, cosineHere);
        EXPECT_EQ(largest(logits), std::ranges::max_element(expected) - expected.begin());
    }
    RecordProperty("leastCosine", std::to_string(least));
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
