// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizer.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>

#include <gtest/gtest.h>

#include "engine/gguf_file.h"
#include "engine/text/byte_alphabet.h"
#include "tests/support/gguf_writer.h"

namespace tl {
namespace {

using Ids = std::vector<TokenId>;

Result<Tokenizer> fromWriter(const GgufWriter& writer) {
    const std::string bytes = writer.file();
    const Result<GgufFile> file = GgufFile::parse(std::as_bytes(std::span(bytes)), "test.gguf");
    EXPECT_TRUE(file.ok());
    return Tokenizer::fromGguf(file.value());
}

Tokenizer shipped() {
    const Result<GgufFile> file =
        GgufFile::open(TL_SOURCE_DIR "/resources/model/throughline-154m-q4_0.gguf");
    EXPECT_TRUE(file.ok());
    return Tokenizer::fromGguf(file.value()).value().clone();
}

// All 256 bytes in order (ids 0 to 255), `extra` after them, then two tokens that are no text:
// "<|end|>" (control) and "<tool>" (user-defined).
GgufWriter allBytes(const std::vector<std::string>& extra, const std::vector<std::string>& merges) {
    std::vector<std::string> tokens;
    for (int byte = 0; byte < 256; ++byte) {
        tokens.push_back(spellByte(static_cast<unsigned char>(byte)));
    }
    tokens.insert(tokens.end(), extra.begin(), extra.end());
    std::vector<int32_t> types(tokens.size(), 1);
    tokens.insert(tokens.end(), {"<|end|>", "<tool>"});
    types.insert(types.end(), {3, 4});
    GgufWriter writer;
    writer.set("tokenizer.ggml.model", std::string("gpt2"));
    writer.set("tokenizer.ggml.pre", std::string("smollm"));
    writer.setArray("tokenizer.ggml.tokens", tokens);
    writer.setArray("tokenizer.ggml.token_type", types);
    writer.setArray("tokenizer.ggml.merges", merges);
    return writer;
}

std::string randomBytes(std::mt19937& random, size_t size) {
    std::string bytes(size, '\0');
    for (char& byte : bytes) {
        byte = static_cast<char>(random());
    }
    return bytes;
}

TEST(TokenizerTest, MatchesEveryGoldenLineBothWays) {
    Tokenizer tokenizer = shipped();
    std::ifstream in(TL_SOURCE_DIR "/tests/data/model/golden_tokens.jsonl");
    std::string line;
    int lines = 0;
    for (; std::getline(in, line); ++lines) {
        const auto golden = nlohmann::json::parse(line);
        const std::string text = golden["text"];
        const Ids ids = tokenizer.encode(text);
        EXPECT_EQ(ids, golden["ids"].get<Ids>()) << line;
        EXPECT_EQ(tokenizer.decode(ids), text) << line;
        EXPECT_EQ(tokenizer.count(text), static_cast<int64_t>(ids.size()));
    }
    EXPECT_EQ(lines, 644);
}

TEST(TokenizerTest, AnyBytesComeBackWhereEveryByteHasAToken) {
    Result<Tokenizer> tokenizer = fromWriter(allBytes({"th", "the"}, {"t h", "th e"}));
    ASSERT_TRUE(tokenizer.ok()) << tokenizer.error().message;
    std::mt19937 random(3);
    for (int round = 0; round < 2000; ++round) {
        const std::string bytes = randomBytes(random, random() % 64);
        ASSERT_EQ(tokenizer.value().decode(tokenizer.value().encode(bytes)), bytes);
    }
}

TEST(TokenizerTest, ReadsBytesWithoutATokenAsReplacementCharacters) {
    // The shipped vocabulary has no token for 21 bytes that its training texts never held.
    Tokenizer tokenizer = shipped();
    const std::string mark = "\xEF\xBF\xBD";
    EXPECT_EQ(tokenizer.decode(tokenizer.encode("a\x04\x14z\xFF")), "a" + mark + mark + "z" + mark);
    std::mt19937 random(4);
    for (int round = 0; round < 500; ++round) {
        const std::string bytes = randomBytes(random, random() % 64);
        std::string expected;
        for (const char byte : bytes) {
            const std::string_view absent =
                "\x04\x06\x13\x14\x16\x1D\xC0\xC1\xF1\xF2\xF5\xF6\xF7\xF8"
                "\xF9\xFA\xFB\xFC\xFD\xFE\xFF";
            expected += absent.find(byte) == std::string_view::npos ? std::string(1, byte) : mark;
        }
        ASSERT_EQ(tokenizer.decode(tokenizer.encode(bytes)), expected);
    }
}

TEST(TokenizerTest, TextNeverGivesControlTokens) {
    Tokenizer tokenizer = shipped();
    for (TokenId id = 0; id < 17; ++id) {
        ASSERT_TRUE(tokenizer.isControl(id));
        EXPECT_EQ(tokenizer.bytes(id), "");
    }
    for (const std::string name : {"<|im_end|>", "<|im_start|>", "<|endoftext|>", "<file_sep>"}) {
        const std::optional<TokenId> id = tokenizer.control(name);
        ASSERT_TRUE(id.has_value());
        for (const std::string& around : {name, "a" + name, name + name, name + "\n"}) {
            const Ids ids = tokenizer.encode(around);
            EXPECT_EQ(tokenizer.decode(ids), around);
            EXPECT_TRUE(std::none_of(ids.begin(), ids.end(), [&](TokenId token) {
                return tokenizer.isControl(token);
            })) << around;
        }
    }
    EXPECT_FALSE(tokenizer.control("the").has_value());
    EXPECT_EQ(tokenizer.endOfSequence(), *tokenizer.control("<|im_end|>"));
}

TEST(TokenizerTest, UserDefinedTokensHaveTextButNeverComeFromIt) {
    Result<Tokenizer> tokenizer = fromWriter(allBytes({}, {}));
    ASSERT_TRUE(tokenizer.ok());
    const TokenId tool = tokenizer.value().control("<tool>").value();
    EXPECT_EQ(tool, 257);
    EXPECT_EQ(tokenizer.value().bytes(tool), "<tool>");
    EXPECT_EQ(tokenizer.value().encode("<tool>").size(), 6U);
    EXPECT_EQ(tokenizer.value().endOfSequence(), -1);
}

TEST(TokenizerTest, OffsetsSayWhichBytesEachTokenCovers) {
    Tokenizer tokenizer = shipped();
    const std::string text = "int main() {\n    return 42;  // caf\xC3\xA9 \xF0\x9F\x98\x80\n}\n";
    Ids ids{7};
    std::vector<uint32_t> ends{99};
    tokenizer.encodeWithOffsets(text, ids, ends);
    ASSERT_EQ(ids.size(), ends.size());
    EXPECT_EQ(ids.front(), 7);  // appended, not replaced
    uint32_t begin = 0;
    for (size_t i = 1; i < ids.size(); ++i) {
        ASSERT_EQ(tokenizer.bytes(ids[i]), text.substr(begin, ends[i] - begin));
        begin = ends[i];
    }
    EXPECT_EQ(begin, text.size());
    EXPECT_EQ(Ids(ids.begin() + 1, ids.end()), tokenizer.encode(text));
}

TEST(TokenizerTest, OffsetsStayRightBehindAByteWithoutAToken) {
    Tokenizer tokenizer = shipped();
    Ids ids;
    std::vector<uint32_t> ends;
    tokenizer.encodeWithOffsets(
        "ab\x04"
        "cd",
        ids,
        ends);
    ASSERT_GE(ends.size(), 3U);
    EXPECT_EQ(ends.back(), 5U);
    const auto mark = std::find(ends.begin(), ends.end(), 3U);
    ASSERT_NE(mark, ends.end());
    EXPECT_EQ(tokenizer.bytes(ids[static_cast<size_t>(mark - ends.begin())]), "\xEF\xBF\xBD");
}

// What the scan and the heap of BpeMerger are both compared with: merge the first pair of lowest
// rank, again and again.
Ids mergedByDefinition(const std::string& word,
                       const std::vector<std::pair<std::string, std::string>>& merges,
                       const Tokenizer& tokenizer) {
    std::vector<std::string> parts;
    for (const char c : word) {
        parts.emplace_back(1, c);
    }
    for (bool merged = true; merged;) {
        merged = false;
        for (size_t rank = 0; rank < merges.size() && !merged; ++rank) {
            for (size_t i = 0; i + 1 < parts.size() && !merged; ++i) {
                if (parts[i] == merges[rank].first && parts[i + 1] == merges[rank].second) {
                    parts[i] += parts[i + 1];
                    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(i) + 1);
                    merged = true;
                }
            }
        }
    }
    Ids ids;
    for (const std::string& part : parts) {
        TokenId id = 0;
        while (tokenizer.bytes(id) != part) {
            ++id;
        }
        ids.push_back(id);
    }
    return ids;
}

TEST(TokenizerTest, LongAndShortWordsMergeByDefinition) {
    const std::vector<std::pair<std::string, std::string>> merges = {
        {"a", "a"}, {"b", "a"}, {"aa", "b"}, {"aa", "aa"}, {"ba", "ba"}, {"a", "b"}};
    std::vector<std::string> tokens, pairs;
    for (const auto& [left, right] : merges) {
        tokens.push_back(left + right);
        pairs.push_back(left + " " + right);
    }
    Result<Tokenizer> tokenizer = fromWriter(allBytes(tokens, pairs));
    ASSERT_TRUE(tokenizer.ok());
    std::mt19937 random(11);
    // 64 symbols is where the heap takes over.
    for (const size_t size : {1, 2, 3, 20, 63, 64, 65, 66, 150, 400}) {
        for (int round = 0; round < 10; ++round) {
            std::string word(size, 'a');
            for (char& c : word) {
                c = "aaabc"[random() % 5];
            }
            ASSERT_EQ(tokenizer.value().encode(word),
                      mergedByDefinition(word, merges, tokenizer.value()))
                << word;
        }
    }
}

TEST(TokenizerTest, AMegabyteWithoutABlankIsNotQuadratic) {
    Tokenizer tokenizer = shipped();
    std::mt19937 random(5);
    std::string word(3 << 19, 'x');  // 1.5 MiB: more than is merged in one part
    for (char& c : word) {
        c = static_cast<char>('a' + random() % 26);
    }
    const auto start = std::chrono::steady_clock::now();
    const Ids ids = tokenizer.encode(word);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    EXPECT_EQ(tokenizer.decode(ids), word);
    // Half a second on a slow machine, minutes if it were quadratic; sanitizers take tenfold.
    EXPECT_LT(seconds.count(), 20);
}

TEST(TokenizerTest, CachedWordsGiveTheSameTokens) {
    Tokenizer warm = shipped();
    std::ifstream in(TL_SOURCE_DIR "/tests/data/model/golden_tokens.jsonl");
    const std::string text(std::istreambuf_iterator<char>(in), {});
    const Ids first = warm.encode(text);
    EXPECT_EQ(warm.encode(text), first);
    Tokenizer clone = warm.clone();
    EXPECT_EQ(clone.encode(text), first);
}

TEST(TokenizerTest, DropsMergesThatMakeNoToken) {
    Result<Tokenizer> tokenizer = fromWriter(allBytes({"abc"}, {"a b", "ab c"}));
    ASSERT_TRUE(tokenizer.ok());
    EXPECT_EQ(tokenizer.value().encode("abc"), (Ids{'a', 'b', 'c'}));
}

void expectRefused(const GgufWriter& writer, ErrorCode code, std::string_view words) {
    const Result<Tokenizer> tokenizer = fromWriter(writer);
    ASSERT_FALSE(tokenizer.ok()) << words;
    EXPECT_EQ(tokenizer.error().code, code);
    EXPECT_NE(tokenizer.error().message.find(words), std::string::npos)
        << tokenizer.error().message;
}

TEST(TokenizerTest, RefusesMetadataItDoesNotKnow) {
    GgufWriter model = allBytes({}, {});
    model.set("tokenizer.ggml.model", std::string("llama"));
    expectRefused(model, ErrorCode::kUnsupported, "tokenizer 'llama' is not supported");
    GgufWriter pre = allBytes({}, {});
    pre.set("tokenizer.ggml.pre", std::string("tekken"));
    expectRefused(pre, ErrorCode::kUnsupported, "pre-tokenizer 'tekken' is not supported (smollm");
}

TEST(TokenizerTest, RefusesBrokenMetadata) {
    for (const std::string key : {"model", "pre", "tokens", "merges"}) {
        GgufWriter writer = allBytes({}, {});
        writer.remove("tokenizer.ggml." + key);
        expectRefused(writer, ErrorCode::kCorrupt, "'tokenizer.ggml." + key + "' is missing");
    }
    GgufWriter types = allBytes({}, {});
    types.setArray("tokenizer.ggml.token_type", std::vector<int32_t>{1});
    expectRefused(types, ErrorCode::kCorrupt, "one type for every token");
    types.setArray("tokenizer.ggml.token_type", std::vector<int32_t>(258, 9));
    expectRefused(types, ErrorCode::kCorrupt, "unknown type 9");
    GgufWriter end = allBytes({}, {});
    end.set("tokenizer.ggml.eos_token_id", uint32_t{258});
    expectRefused(end, ErrorCode::kCorrupt, "eos_token_id' is no token");
    for (const std::string merge : {"ab", " b", "a ", "a b c", ""}) {
        expectRefused(allBytes({}, {merge}), ErrorCode::kCorrupt, "entry 0 is no pair");
    }
}

}  // namespace
}  // namespace tl
