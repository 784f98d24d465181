// SPDX-License-Identifier: Apache-2.0
#include "engine/gguf_file.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "engine/model_config.h"
#include "engine/tokenizer.h"
#include "tests/support/gguf_writer.h"

namespace tl {
namespace {

constexpr uint32_t kF32 = 0;
constexpr uint32_t kQ4 = 2;  // Q4_0: 32 values in 18 bytes

std::span<const std::byte> asBytes(const std::string& file) {
    return std::as_bytes(std::span(file));
}

Result<GgufFile> parse(const std::string& file) {
    return GgufFile::parse(asBytes(file), "test.gguf");
}

// The error of a file that must be refused.
Error refused(const std::string& file) {
    const Result<GgufFile> result = parse(file);
    if (result.ok()) {
        ADD_FAILURE() << "the file was taken";
        return {ErrorCode::kIo, ""};
    }
    EXPECT_EQ(result.error().message.rfind("test.gguf: ", 0), 0U) << result.error().message;
    EXPECT_EQ(result.error().message.find('\n'), std::string::npos);
    return result.error();
}

void expectRefused(const GgufWriter& writer, ErrorCode code, std::string_view words) {
    const Error error = refused(writer.file());
    EXPECT_EQ(error.code, code) << error.message;
    EXPECT_NE(error.message.find(words), std::string::npos) << error.message;
}

// A file with something of everything.
GgufWriter sample() {
    GgufWriter writer;
    writer.set("general.architecture", std::string("granitehybrid"));
    writer.set("a.float", 0.5F);
    writer.setArray("a.integers", std::vector<int32_t>{-1, 0, 7});
    writer.setArray("a.strings", std::vector<std::string>{"one", "", "three"});
    writer.addTensor("first", {2, 3}, std::vector<float>{1, 2, 3, 4, 5, 6});
    writer.addTensor("second", {64, 1}, kQ4, std::string(36, '\x11'));
    return writer;
}

TEST(GgufFileTest, ReadsNumbersOfEveryType) {
    GgufWriter writer;
    writer.set("u8", uint8_t{255});
    writer.set("i8", int8_t{-128});
    writer.set("u16", uint16_t{65535});
    writer.set("i16", int16_t{-32768});
    writer.set("u32", std::numeric_limits<uint32_t>::max());
    writer.set("i32", std::numeric_limits<int32_t>::min());
    writer.set("u64", uint64_t{1} << 62);
    writer.set("i64", std::numeric_limits<int64_t>::min());
    writer.set("f32", 0.25F);
    writer.set("f64", 1e300);
    const std::string bytes = writer.file();
    const Result<GgufFile> file = parse(bytes);
    ASSERT_TRUE(file.ok()) << file.error().message;
    EXPECT_EQ(file.value().integer("u8").value(), 255);
    EXPECT_EQ(file.value().integer("i8").value(), -128);
    EXPECT_EQ(file.value().integer("u16").value(), 65535);
    EXPECT_EQ(file.value().integer("i16").value(), -32768);
    EXPECT_EQ(file.value().integer("u32").value(), 4294967295);
    EXPECT_EQ(file.value().integer("i32").value(), std::numeric_limits<int32_t>::min());
    EXPECT_EQ(file.value().integer("u64").value(), int64_t{1} << 62);
    EXPECT_EQ(file.value().integer("i64").value(), std::numeric_limits<int64_t>::min());
    EXPECT_EQ(file.value().number("f32").value(), 0.25);
    EXPECT_EQ(file.value().number("f64").value(), 1e300);
}

TEST(GgufFileTest, ReadsStringsBooleansAndArrays) {
    GgufWriter writer = sample();
    writer.set("yes", true);
    writer.setArray("doubles", std::vector<double>{1.5, -2});
    const std::string bytes = writer.file();
    const Result<GgufFile> file = parse(bytes);
    ASSERT_TRUE(file.ok()) << file.error().message;
    EXPECT_EQ(file.value().string("general.architecture").value(), "granitehybrid");
    EXPECT_EQ(std::get<bool>(*file.value().find("yes")), true);
    const auto& integers = std::get<GgufArray>(*file.value().find("a.integers"));
    EXPECT_EQ(std::get<std::vector<int64_t>>(integers), (std::vector<int64_t>{-1, 0, 7}));
    const auto& doubles = std::get<GgufArray>(*file.value().find("doubles"));
    EXPECT_EQ(std::get<std::vector<double>>(doubles), (std::vector<double>{1.5, -2}));
    const auto& strings = std::get<GgufArray>(*file.value().find("a.strings"));
    EXPECT_EQ(std::get<std::vector<std::string_view>>(strings),
              (std::vector<std::string_view>{"one", "", "three"}));
}

TEST(GgufFileTest, LooksUpByTypeAndNamesWhatIsMissing) {
    const std::string bytes = sample().file();
    const Result<GgufFile> file = parse(bytes);
    ASSERT_TRUE(file.ok());
    EXPECT_EQ(file.value().integer("a.float").error().code, ErrorCode::kCorrupt);
    EXPECT_EQ(file.value().string("a.float").error().message,
              "test.gguf: metadata 'a.float' is no string");
    EXPECT_EQ(file.value().number("absent").error().message,
              "test.gguf: metadata 'absent' is missing");
    EXPECT_EQ(file.value().tensor("absent").error().message,
              "test.gguf: tensor 'absent' is missing");
    EXPECT_EQ(file.value().find("absent"), nullptr);
}

TEST(GgufFileTest, FindsTensorsWithTheirBytes) {
    for (const uint32_t version : {2U, 3U}) {
        GgufWriter writer = sample();
        writer.setVersion(version);
        const std::string bytes = writer.file();
        const Result<GgufFile> file = parse(bytes);
        ASSERT_TRUE(file.ok()) << file.error().message;
        EXPECT_EQ(file.value().version(), version);
        ASSERT_EQ(file.value().tensors().size(), 2U);
        const GgufTensor first = file.value().tensor("first").value();
        EXPECT_EQ(first.columns(), 2);
        EXPECT_EQ(first.rows(), 3);
        float last = 0;
        decodeRow(first.type, first.bytes.data() + 20, 1, &last);
        EXPECT_EQ(last, 6.0F);
        const GgufTensor* second = file.value().findTensor("second");
        ASSERT_NE(second, nullptr);
        EXPECT_EQ(second->type, WeightType::kQ4_0);
        EXPECT_EQ(second->bytes.size(), 36U);
        EXPECT_EQ(second->bytes[35], std::byte{0x11});
    }
}

TEST(GgufFileTest, HonoursItsAlignment) {
    GgufWriter writer;
    writer.setAlignment(4096);
    writer.set("general.alignment", uint32_t{4096});
    writer.addTensor("a", {1}, std::vector<float>{1});
    writer.addTensor("b", {1}, std::vector<float>{2});
    const std::string bytes = writer.file();
    const Result<GgufFile> file = parse(bytes);
    ASSERT_TRUE(file.ok()) << file.error().message;
    const GgufTensor* b = file.value().findTensor("b");
    EXPECT_EQ(b->bytes.data(), asBytes(bytes).data() + 8192);
}

TEST(GgufFileTest, OpensFilesAndSaysWhenThereIsNone) {
    const std::string model = TL_SOURCE_DIR "/tests/data/model/tiny-granite-h.gguf";
    const Result<GgufFile> file = GgufFile::open(model);
    ASSERT_TRUE(file.ok()) << file.error().message;
    EXPECT_EQ(file.value().name(), model);
    EXPECT_EQ(file.value().tensors().size(), 72U);
    EXPECT_EQ(GgufFile::open("/nowhere/model.gguf").error().code, ErrorCode::kNotFound);
}

TEST(GgufFileTest, RefusesForeignHeaders) {
    EXPECT_EQ(refused("").code, ErrorCode::kCorrupt);
    EXPECT_EQ(refused("GGML and more").message, "test.gguf: not a GGUF file");
    GgufWriter writer;
    writer.setVersion(1);
    expectRefused(writer, ErrorCode::kUnsupported, "version 1");
    writer.setVersion(4);
    expectRefused(writer, ErrorCode::kUnsupported, "version 4");
    writer.setVersion(0x03000000);
    expectRefused(writer, ErrorCode::kUnsupported, "big-endian");
}

TEST(GgufFileTest, RefusesCountsTheFileCannotHold) {
    const auto header = [](uint64_t tensors, uint64_t pairs) {
        return "GGUF" + GgufWriter::number(uint32_t{3}) + GgufWriter::number(tensors) +
               GgufWriter::number(pairs) + std::string(1000, '\0');
    };
    const uint64_t huge = std::numeric_limits<uint64_t>::max();
    EXPECT_NE(refused(header(huge, 0)).message.find("tensors do not fit"), std::string::npos);
    EXPECT_NE(refused(header(0, huge)).message.find("pairs do not fit"), std::string::npos);
    EXPECT_NE(refused(header(0, 100)).message.find("pairs do not fit"), std::string::npos);
}

TEST(GgufFileTest, RefusesBadMetadata) {
    const auto expectBad = [](const std::string& raw, ErrorCode code, std::string_view words) {
        GgufWriter writer = sample();
        writer.addRaw("bad", raw);
        expectRefused(writer, code, words);
    };
    const auto id = [](uint32_t type) { return GgufWriter::number(type); };
    const auto count = [](uint64_t value) { return GgufWriter::number(value); };
    const uint64_t huge = std::numeric_limits<uint64_t>::max();
    expectBad(id(13), ErrorCode::kUnsupported, "unknown type 13");
    expectBad(id(7) + "\x02", ErrorCode::kCorrupt, "no boolean");
    expectBad(id(10) + count(huge), ErrorCode::kCorrupt, "out of range");
    expectBad(id(8) + count(huge), ErrorCode::kCorrupt, "ends within metadata 'bad'");
    expectBad(id(9) + id(0) + count(huge), ErrorCode::kCorrupt, "do not fit");
    expectBad(id(9) + id(12) + count(huge / 8 + 2), ErrorCode::kCorrupt, "do not fit");
    expectBad(id(9) + id(99) + count(1), ErrorCode::kUnsupported, "unknown type 99");
    expectBad(id(9) + id(9) + count(1), ErrorCode::kUnsupported, "array of arrays");
    expectBad(id(9) + id(8) + count(2) + count(0) + count(huge), ErrorCode::kCorrupt, "ends");
}

TEST(GgufFileTest, RefusesBadKeys) {
    const std::string value = GgufWriter::number(uint32_t{0}) + "x";
    GgufWriter twice = sample();
    twice.addRaw("a.float", value);
    expectRefused(twice, ErrorCode::kCorrupt, "'a.float' appears twice");
    GgufWriter empty = sample();
    empty.addRaw("", value);
    expectRefused(empty, ErrorCode::kCorrupt, "empty metadata key");
    GgufWriter longest = sample();
    longest.addRaw(std::string(65535, 'k'), value);
    EXPECT_TRUE(parse(longest.file()).ok());
    GgufWriter tooLong = sample();
    tooLong.addRaw(std::string(65536, 'k'), value);
    expectRefused(tooLong, ErrorCode::kCorrupt, "key of 65536 bytes");
}

TEST(GgufFileTest, RefusesBadAlignments) {
    for (const uint32_t alignment : {0U, 3U, 48U}) {
        GgufWriter writer = sample();
        writer.set("general.alignment", alignment);
        expectRefused(writer, ErrorCode::kCorrupt, "general.alignment");
    }
    GgufWriter text = sample();
    text.set("general.alignment", std::string("32"));
    expectRefused(text, ErrorCode::kCorrupt, "general.alignment");
}

TEST(GgufFileTest, RefusesBadShapes) {
    const auto expectBad = [](const std::vector<int64_t>& shape, std::string_view words) {
        GgufWriter writer = sample();
        writer.addTensor("bad", shape, kF32, "");
        expectRefused(writer, ErrorCode::kCorrupt, words);
    };
    const int64_t half = int64_t{1} << 32;
    expectBad({}, "has 0 dimensions");
    expectBad({1, 1, 1, 1, 1}, "has 5 dimensions");
    expectBad({0}, "impossible shape");
    expectBad({4, -1}, "impossible shape");
    expectBad({half, half}, "impossible shape");
    expectBad({half, half, half, half}, "impossible shape");
    // The product fits, the bytes do not.
    expectBad({std::numeric_limits<int64_t>::max()}, "past the end");
}

TEST(GgufFileTest, RefusesBadTensorTypesByName) {
    GgufWriter known = sample();
    known.addTensor("odd", {256}, 23, "");
    expectRefused(known, ErrorCode::kUnsupported, "tensor 'odd' has the unsupported type IQ4_XS");
    GgufWriter unknown = sample();
    unknown.addTensor("odd", {256}, 77, "");
    expectRefused(unknown, ErrorCode::kUnsupported, "type 77");
    GgufWriter ragged = sample();
    ragged.addTensor("odd", {33}, kQ4, std::string(36, 'x'));
    expectRefused(ragged, ErrorCode::kCorrupt, "rows of 33 values are no whole Q4_0 blocks");
}

TEST(GgufFileTest, RefusesBadTensorNames) {
    GgufWriter twice = sample();
    twice.addTensor("first", {1}, std::vector<float>{1});
    expectRefused(twice, ErrorCode::kCorrupt, "tensor 'first' appears twice");
    GgufWriter empty = sample();
    empty.addTensor("", {1}, std::vector<float>{1});
    expectRefused(empty, ErrorCode::kCorrupt, "empty tensor name");
    GgufWriter tooLong = sample();
    tooLong.addTensor(std::string(65, 'n'), {1}, std::vector<float>{1});
    expectRefused(tooLong, ErrorCode::kCorrupt, "name of 65 bytes");
    GgufWriter unprintable = sample();
    unprintable.addTensor("a\nb\x1b", {0}, kF32, "");
    expectRefused(unprintable, ErrorCode::kCorrupt, "'a?b?'");
}

TEST(GgufFileTest, RefusesTensorsOutsideTheFileOrOnEachOther) {
    const auto expectBad = [](uint64_t offset, std::string_view words) {
        GgufWriter writer = sample();
        writer.addTensorAt("bad", {8}, kF32, offset);
        expectRefused(writer, ErrorCode::kCorrupt, words);
    };
    expectBad(64, "past the end");  // 32 bytes at 64 of 68
    expectBad(96, "past the end");
    expectBad(std::numeric_limits<uint64_t>::max() - 31, "past the end");
    expectBad(1, "not aligned to 32 bytes");
    expectBad(0, "overlap");
    expectBad(32, "overlap");
}

// Whatever happens to a file, its reader answers with a value or with one line.
void walk(const std::string& bytes) {
    const Result<GgufFile> file = parse(bytes);
    if (!file.ok()) {
        EXPECT_FALSE(file.error().message.empty());
        return;
    }
    for (const GgufTensor& tensor : file.value().tensors()) {
        std::vector<float> row(static_cast<size_t>(tensor.columns()));
        decodeRow(tensor.type, tensor.bytes.data(), tensor.columns(), row.data());
    }
    const Result<ModelConfig> config = parseModelConfig(file.value());
    Result<Tokenizer> tokenizer = Tokenizer::fromGguf(file.value());
    if (tokenizer.ok()) {
        EXPECT_LE(tokenizer.value().encode("a b").size(), 3U);
    }
    EXPECT_TRUE(config.ok() || !config.error().message.empty());
}

GgufWriter smallModel() {
    GgufWriter writer = sample();
    writer.set("granitehybrid.block_count", uint32_t{2});
    writer.set("tokenizer.ggml.model", std::string("gpt2"));
    writer.set("tokenizer.ggml.pre", std::string("smollm"));
    writer.setArray("tokenizer.ggml.tokens", std::vector<std::string>{"a", "b", "ab", "<x>"});
    writer.setArray("tokenizer.ggml.token_type", std::vector<int32_t>{1, 1, 1, 3});
    writer.setArray("tokenizer.ggml.merges", std::vector<std::string>{"a b"});
    return writer;
}

TEST(GgufFileTest, SurvivesTruncationAtEveryByte) {
    const std::string whole = smallModel().file();
    ASSERT_TRUE(parse(whole).ok());
    for (size_t size = 0; size < whole.size(); ++size) {
        // A copy of exactly this size, so that a sanitizer sees every read after it.
        const std::string cut(whole.data(), size);
        EXPECT_FALSE(parse(cut).ok()) << size;
    }
}

TEST(GgufFileTest, SurvivesEveryChangedByte) {
    const std::string whole = smallModel().file();
    for (size_t i = 0; i < whole.size(); ++i) {
        for (const int change : {0x01, 0x80, 0xFF}) {
            std::string changed = whole;
            changed[i] = static_cast<char>(changed[i] ^ change);
            walk(changed);
        }
    }
}

}  // namespace
}  // namespace tl
