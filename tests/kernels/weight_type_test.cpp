// SPDX-License-Identifier: Apache-2.0
#include "kernels/weight_type.h"

#include <cmath>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <vector>

#include <gtest/gtest.h>

#include "kernels/half.h"

namespace tl {
namespace {

using nlohmann::json;

std::vector<uint8_t> fromHex(const std::string& hex) {
    std::vector<uint8_t> bytes;
    for (size_t i = 0; i < hex.size(); i += 2) {
        bytes.push_back(static_cast<uint8_t>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    }
    return bytes;
}

// Rows of all formats, decoded by another implementation; see tests/data/kernels.
json goldenFormats() {
    std::ifstream in(TL_SOURCE_DIR "/tests/data/kernels/weight_types.json");
    return json::parse(in);
}

TEST(WeightTypeTest, DecodesEveryFormatToTheSameBits) {
    const json formats = goldenFormats();
    ASSERT_EQ(formats.size(), 11U);
    for (const auto& [name, golden] : formats.items()) {
        const WeightTypeInfo* info = weightTypeInfo(golden["id"].get<uint32_t>());
        ASSERT_NE(info, nullptr) << name;
        EXPECT_EQ(info->name, name);
        const std::vector<uint8_t> row = fromHex(golden["row"]);
        const std::vector<uint8_t> expected = fromHex(golden["values"]);
        const int64_t count = static_cast<int64_t>(expected.size() / sizeof(float));
        ASSERT_EQ(count % info->blockElements, 0) << name;
        ASSERT_EQ(static_cast<int64_t>(row.size()), count / info->blockElements * info->blockBytes)
            << name;
        std::vector<float> decoded(static_cast<size_t>(count));
        decodeRow(info->type, row.data(), count, decoded.data());
        EXPECT_EQ(std::memcmp(decoded.data(), expected.data(), expected.size()), 0) << name;
    }
}

TEST(WeightTypeTest, DecodesRowsAtAnyAddress) {
    const json formats = goldenFormats();
    const std::vector<uint8_t> row = fromHex(formats["Q6_K"]["row"]);
    std::vector<uint8_t> shifted(row.size() + 1);
    std::memcpy(shifted.data() + 1, row.data(), row.size());
    std::vector<float> straight(512), moved(512);
    decodeRow(WeightType::kQ6_K, row.data(), 512, straight.data());
    decodeRow(WeightType::kQ6_K, shifted.data() + 1, 512, moved.data());
    EXPECT_EQ(straight, moved);
}

TEST(WeightTypeTest, KnowsNoOtherFormat) {
    int known = 0;
    for (uint32_t id = 0; id < 100; ++id) {
        known += weightTypeInfo(id) != nullptr ? 1 : 0;
    }
    EXPECT_EQ(known, 11);
    EXPECT_EQ(ggufTypeName(12), "Q4_K");
    EXPECT_EQ(ggufTypeName(23), "IQ4_XS");
    EXPECT_EQ(ggufTypeName(77), "type 77");
}

// The value of a half by its definition, from exponent and fraction.
double halfByDefinition(uint16_t half) {
    const int exponent = (half >> 10) & 31;
    const double fraction = (half & 1023) / 1024.0;
    const double magnitude =
        exponent == 0 ? std::ldexp(fraction, -14) : std::ldexp(1 + fraction, exponent - 15);
    return (half & 0x8000) != 0 ? -magnitude : magnitude;
}

TEST(HalfTest, EveryFiniteHalfIsExact) {
    for (uint32_t bits = 0; bits < 0x10000; ++bits) {
        const uint16_t half = static_cast<uint16_t>(bits);
        if (((half >> 10) & 31) == 31) {
            continue;
        }
        const float value = halfToFloat(half);
        ASSERT_EQ(static_cast<double>(value), halfByDefinition(half)) << bits;
        ASSERT_EQ(std::signbit(value), (half & 0x8000) != 0) << bits;
    }
}

TEST(HalfTest, InfinityAndNanStayWhatTheyAre) {
    EXPECT_EQ(halfToFloat(0x7C00), INFINITY);
    EXPECT_EQ(halfToFloat(0xFC00), -INFINITY);
    EXPECT_TRUE(std::isnan(halfToFloat(0x7C01)));
    EXPECT_TRUE(std::isnan(halfToFloat(0xFFFF)));
    EXPECT_TRUE(std::isnan(bfloat16ToFloat(0x7FC0)));
    EXPECT_EQ(bfloat16ToFloat(0xBF80), -1.0F);
}

}  // namespace
}  // namespace tl
