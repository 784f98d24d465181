// SPDX-License-Identifier: Apache-2.0
// Architectures against logits of Hugging Face's transformers on random weights; the files come
// from tests/engine/make_reference_models.py.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/gguf_file.h"
#include "engine/model/model.h"
#include "engine/model_config.h"
#include "engine/session.h"
#include "kernels/backend.h"

namespace tl {
namespace {

const std::string kData = std::string(TL_SOURCE_DIR) + "/tests/data/model/";

struct Case {
    const char* name;
    // Largest difference of a logit, all of which are of order 1: single against double precision
    // through two blocks. The reference rounds keys and values to f16 as the engine does; where a
    // value lies between two halves, the two may round it apart, by 2^-11 of it.
    double tolerance;
};
constexpr Case kCases[] = {
    {"tiny-mamba2-groups", 2e-5},    // two groups, convolution bias, tied output
    {"tiny-mamba2-untied", 2e-5},    // no convolution bias
    {"tiny-llama-biases", 1e-4},     // biases of all projections, grouped queries
    {"tiny-llama-3", 1e-4},          // scaled frequencies, tied output
    {"tiny-mixtral", 1e-4},          // two of eight experts
    {"tiny-granite-experts", 1e-4},  // four of ten, a shared one, all multipliers
};

class LoadedModel {
public:
    explicit LoadedModel(const std::string& name)
        : m_file(GgufFile::open(kData + name + ".gguf").value())
        , m_backend(makeCpuBackend(/*threads=*/2, ActivationType::kF32).value())
        , m_model(Model::load(m_file, parseModelConfig(m_file).value(), *m_backend, KvType::kF16)
                      .value()) {}

    const Model& model() const { return *m_model; }
    std::unique_ptr<Session> session() const {
        return std::make_unique<Session>(*m_model, m_model->newState(/*maxTokens=*/4096).value());
    }

private:
    GgufFile m_file;
    std::unique_ptr<Backend> m_backend;
    std::unique_ptr<Model> m_model;
};

double largestDifference(std::span<const float> logits, const std::vector<double>& expected) {
    EXPECT_EQ(logits.size(), expected.size());
    double largest = 0;
    for (size_t i = 0; i < std::min(logits.size(), expected.size()); ++i) {
        largest = std::max(largest, std::abs(static_cast<double>(logits[i]) - expected[i]));
    }
    return largest;
}

class ReferenceModelTest : public testing::TestWithParam<Case> {
protected:
    ReferenceModelTest() {
        std::ifstream in(kData + GetParam().name + ".json");
        m_golden = nlohmann::json::parse(in);
        m_ids = m_golden["ids"].get<std::vector<TokenId>>();
    }

    // Calls advance(session, count) up to each listed position and compares the logits there.
    template <typename Fn>
    void expectLogits(Fn advance) {
        const auto session = m_loaded.session();
        double largest = 0;
        for (const auto& entry : m_golden["logits"]) {
            const auto end = entry["position"].get<size_t>() + 1;
            const auto begin = static_cast<size_t>(session->position());
            advance(*session, std::span(m_ids).subspan(begin, end - begin));
            const auto expected = entry["values"].get<std::vector<double>>();
            largest = std::max(largest, largestDifference(session->logits().value(), expected));
        }
        EXPECT_LE(largest, GetParam().tolerance);
        RecordProperty("largestDifference", std::to_string(largest));
    }

    const LoadedModel m_loaded{GetParam().name};
    nlohmann::json m_golden;
    std::vector<TokenId> m_ids;
};

TEST_P(ReferenceModelTest, ReadingMatchesTransformers) {
    ASSERT_EQ(m_golden["logits"].size(), 8U);
    expectLogits([](Session& session, std::span<const TokenId> ids) {
        ASSERT_TRUE(session.read(ids).ok());
    });
}

TEST_P(ReferenceModelTest, SteppingMatchesTransformers) {
    expectLogits([](Session& session, std::span<const TokenId> ids) {
        for (const TokenId id : ids) {
            ASSERT_TRUE(session.step(id).ok());
        }
    });
}

TEST_P(ReferenceModelTest, ASnapshotIsRestoredBitForBit) {
    const auto session = m_loaded.session();
    ASSERT_TRUE(session->read(std::span(m_ids).first(50)).ok());
    const Snapshot end = session->snapshot().value();
    ASSERT_TRUE(session->ask(std::span(m_ids).last(20)).ok());
    const auto logits = session->logits().value();
    const std::vector<float> expected(logits.begin(), logits.end());
    ASSERT_TRUE(session->restore(end).ok());
    ASSERT_TRUE(session->ask(std::span(m_ids).last(20)).ok());
    EXPECT_TRUE(std::ranges::equal(session->logits().value(), expected));
}

// Without attention there is nothing that could point: the weights are there and zero.
TEST_P(ReferenceModelTest, PointsOnlyWhereItLooksBack) {
    const auto session = m_loaded.session();
    ASSERT_TRUE(session->read(std::span(m_ids).first(50)).ok());
    Pointers pointers{0, 5, {}};
    ASSERT_TRUE(session->ask(std::span(m_ids).last(5), {}, &pointers).ok());
    ASSERT_EQ(pointers.scores.size(), 50U);
    const bool pointed =
        std::ranges::any_of(pointers.scores, [](float weight) { return weight > 0; });
    EXPECT_EQ(pointed, !m_loaded.model().config().pointerLayers.empty());
}

INSTANTIATE_TEST_SUITE_P(EveryFile,
                         ReferenceModelTest,
                         testing::ValuesIn(kCases),
                         [](const auto& named) {
                             std::string name = named.param.name;
                             std::ranges::replace(name, '-', '_');
                             return name;
                         });

}  // namespace
}  // namespace tl
