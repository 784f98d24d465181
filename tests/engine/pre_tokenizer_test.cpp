// SPDX-License-Identifier: Apache-2.0
#include "engine/text/pre_tokenizer.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/gguf_file.h"
#include "engine/tokenizer.h"
#include "tests/support/gguf_writer.h"

namespace tl {
namespace {

using nlohmann::json;
using Pieces = std::vector<std::string>;

Pieces piecesOf(std::string_view name, std::string_view text) {
    PieceScanner scanner(*findPreTokenizer(name), text);
    Pieces pieces;
    while (!scanner.atEnd()) {
        pieces.emplace_back(scanner.next());
    }
    return pieces;
}

// The ids Hugging Face tokenizers gives; see tests/data/tokenizer/make_pre_tokenizers.py.
json golden() {
    std::ifstream in(TL_SOURCE_DIR "/tests/data/tokenizer/pre_tokenizers.json");
    return json::parse(in);
}

Result<Tokenizer> makeTokenizer(const std::string& pre, const json& model) {
    GgufWriter writer;
    writer.set("tokenizer.ggml.model", std::string("gpt2"));
    writer.set("tokenizer.ggml.pre", pre);
    writer.setArray("tokenizer.ggml.tokens", model["tokens"].get<std::vector<std::string>>());
    writer.setArray("tokenizer.ggml.merges", model["merges"].get<std::vector<std::string>>());
    const std::string bytes = writer.file();
    const Result<GgufFile> file = GgufFile::parse(std::as_bytes(std::span(bytes)), pre);
    return file.ok() ? Tokenizer::fromGguf(file.value()) : Result<Tokenizer>(file.error());
}

class PreTokenizerGoldenTest : public testing::TestWithParam<std::string> {};

TEST_P(PreTokenizerGoldenTest, GivesTheIdsOfHuggingFaceTokenizers) {
    const json all = golden();
    const json& model = all["models"][GetParam()];
    Result<Tokenizer> tokenizer = makeTokenizer(GetParam(), model);
    ASSERT_TRUE(tokenizer.ok()) << tokenizer.error().message;
    ASSERT_EQ(all["texts"].size(), 600U);
    for (size_t i = 0; i < all["texts"].size(); ++i) {
        const std::string text = all["texts"][i];
        EXPECT_EQ(tokenizer.value().encode(text), model["ids"][i].get<std::vector<TokenId>>())
            << json(text);
    }
}

INSTANTIATE_TEST_SUITE_P(
    EveryName,
    PreTokenizerGoldenTest,
    testing::Values("smollm", "gpt-2", "refact", "starcoder", "dbrx", "llama-bpe", "qwen2"),
    [](const auto& param) {
        std::string name = param.param;
        name.erase(std::remove(name.begin(), name.end(), '-'), name.end());
        return name;
    });

TEST(PreTokenizerTest, EveryNameOfTheTableIsTested) {
    std::string names;
    const json all = golden();
    for (const auto& [name, model] : all["models"].items()) {
        EXPECT_NE(findPreTokenizer(name), nullptr) << name;
        names += name + ", ";
    }
    EXPECT_EQ(names.size(), preTokenizerNames().size() + 2) << preTokenizerNames();
    EXPECT_EQ(findPreTokenizer("smoll"), nullptr);
    EXPECT_EQ(findPreTokenizer(""), nullptr);
}

TEST(PreTokenizerTest, Gpt2JoinsOneBlankToWhatFollows) {
    EXPECT_EQ(piecesOf("gpt-2", "Hello  world's 42!"),
              (Pieces{"Hello", " ", " world", "'s", " 42", "!"}));
    EXPECT_EQ(piecesOf("gpt-2", "a\n\n b\t"), (Pieces{"a", "\n\n", " b", "\t"}));
    EXPECT_EQ(piecesOf("gpt-2", "'S don'T"), (Pieces{"'", "S", " don", "'", "T"}));
}

TEST(PreTokenizerTest, SmollmCutsNumbersOutFirst) {
    EXPECT_EQ(piecesOf("smollm", "x  42 y"), (Pieces{"x", "  ", "4", "2", " y"}));
    EXPECT_EQ(piecesOf("smollm", " \xC2\xBD"), (Pieces{" ", "\xC2\xBD"}));
}

TEST(PreTokenizerTest, Cl100kKeepsNewlinesAndLimitsNumbers) {
    EXPECT_EQ(piecesOf("dbrx", "a;\n\n  b 12345"),
              (Pieces{"a", ";\n\n", " ", " b", " ", "123", "45"}));
    EXPECT_EQ(piecesOf("qwen2", " \n\n 12"), (Pieces{" \n\n", " ", "1", "2"}));
    EXPECT_EQ(piecesOf("llama-bpe", "I'LL\tgo"), (Pieces{"I", "'LL", "\tgo"}));
}

TEST(PreTokenizerTest, PiecesOfAnyBytesAreTheTextAgain) {
    uint32_t state = 1;
    for (int round = 0; round < 2000; ++round) {
        std::string text(static_cast<size_t>(round % 40), '\0');
        for (char& byte : text) {
            state = state * 1664525 + 1013904223;
            byte = static_cast<char>(state >> 24);
        }
        for (const char* name : {"smollm", "gpt-2", "dbrx", "qwen2"}) {
            std::string joined;
            for (const std::string& piece : piecesOf(name, text)) {
                ASSERT_FALSE(piece.empty());
                joined += piece;
            }
            ASSERT_EQ(joined, text);
        }
    }
}

}  // namespace
}  // namespace tl
