// SPDX-License-Identifier: Apache-2.0
#include "engine/model/weight_loader.h"

#include <numeric>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/gguf_file.h"
#include "kernels/backend.h"
#include "tests/support/gguf_writer.h"

namespace tl {
namespace {

class WeightLoaderTest : public testing::Test {
protected:
    // 0, 1, 2, ... in the tensor's order.
    void add(const std::string& name, const std::vector<int64_t>& shape) {
        std::vector<float> values(static_cast<size_t>(
            std::accumulate(shape.begin(), shape.end(), int64_t{1}, std::multiplies<>())));
        std::iota(values.begin(), values.end(), 0.0F);
        m_writer.addTensor(name, shape, std::span<const float>(values));
    }

    WeightLoader& loader() {
        m_bytes = m_writer.file();
        m_file = std::make_unique<GgufFile>(
            GgufFile::parse(std::as_bytes(std::span(m_bytes)), "weights.gguf").value());
        m_loader = std::make_unique<WeightLoader>(*m_file, *m_backend);
        return *m_loader;
    }

    // Row `row` of a matrix, by looking it up as an embedding.
    std::vector<float> rowOf(const Matrix& matrix, int32_t row) {
        std::vector<float> out(static_cast<size_t>(matrix.columns()));
        m_backend->embed(matrix, &row, 1, 1, out.data());
        return out;
    }

    void expectFailure(ErrorCode code, const std::string& message) {
        ASSERT_FALSE(m_loader->status().ok());
        EXPECT_EQ(m_loader->status().error().code, code);
        EXPECT_EQ(m_loader->status().error().message, message);
    }

    GgufWriter m_writer;
    std::string m_bytes;
    std::unique_ptr<Backend> m_backend = makeCpuBackend(1, ActivationType::kF32).value();
    std::unique_ptr<GgufFile> m_file;
    std::unique_ptr<WeightLoader> m_loader;
};

TEST_F(WeightLoaderTest, AnOptionalTensorMayBeAbsentButNotOfAnotherSize) {
    add("here.bias", {4});
    WeightLoader& weights = loader();
    EXPECT_EQ(weights.optionalVector("absent.bias", 4), nullptr);
    EXPECT_TRUE(weights.optionalValues("absent.bias", 4).empty());
    EXPECT_TRUE(weights.status().ok());
    EXPECT_NE(weights.optionalVector("here.bias", 4), nullptr);
    EXPECT_EQ(weights.optionalValues("here.bias", 4), (std::vector<float>{0, 1, 2, 3}));
    EXPECT_EQ(weights.optionalVector("here.bias", 5), nullptr);
    expectFailure(ErrorCode::kCorrupt, "weights.gguf: tensor here.bias does not have 5 values");
}

TEST_F(WeightLoaderTest, ExpertsLieOneBelowTheOther) {
    add("ffn_up_exps.weight", {32, 2, 3});  // three experts of 2 x 32
    const auto experts = loader().stack("ffn_up_exps.weight", 3, 2, 32);
    ASSERT_TRUE(m_loader->status().ok());
    EXPECT_EQ(experts->rows(), 6);
    EXPECT_EQ(experts->columns(), 32);
    for (int32_t row = 0; row < 6; ++row) {
        EXPECT_EQ(rowOf(*experts, row)[5], static_cast<float>(row * 32 + 5));
    }
}

TEST_F(WeightLoaderTest, AStackHasItsShape) {
    add("ffn_up_exps.weight", {32, 3, 2});
    add("flat.weight", {32, 6});
    EXPECT_EQ(loader().stack("ffn_up_exps.weight", 3, 2, 32), nullptr);
    expectFailure(
        ErrorCode::kCorrupt,
        "weights.gguf: tensor ffn_up_exps.weight is 2 x 3 x 32, expected 3 experts of 2 x 32");
    EXPECT_EQ(loader().stack("flat.weight", 3, 2, 32), nullptr);
    expectFailure(ErrorCode::kCorrupt,
                  "weights.gguf: tensor flat.weight is 6 x 32, expected 3 experts of 2 x 32");
    EXPECT_EQ(loader().stack("absent.weight", 3, 2, 32), nullptr);
    expectFailure(ErrorCode::kCorrupt, "weights.gguf: tensor absent.weight is missing");
}

TEST_F(WeightLoaderTest, ATensorThatNobodyTookIsNamed) {
    add("blk.0.attn_q.weight", {32, 2});
    add("blk.0.attn_q_norm.weight", {32});
    add("rope_freqs.weight", {8});
    WeightLoader& weights = loader();
    EXPECT_NE(weights.matrix("blk.0.attn_q.weight", 2, 32), nullptr);
    weights.refuseUnused("blk.");
    expectFailure(
        ErrorCode::kUnsupported,
        "weights.gguf: tensor 'blk.0.attn_q_norm.weight' has no place in this architecture");
}

}  // namespace
}  // namespace tl
