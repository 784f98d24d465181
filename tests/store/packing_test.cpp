// SPDX-License-Identifier: Apache-2.0
#include "store/blob/packing.h"

#include <gtest/gtest.h>

#include "store/blob/byte_shuffle.h"
#include "store/blob/state_parts.h"
#include "store/blob/token_ids.h"
#include "tests/store/project_values.h"

namespace tl {
namespace {

TEST(Packing, GivesBackBytesOfEverySize) {
    for (const size_t size : {0U, 1U, 3U, 4U, 5U, 7U, 8U, 1000U, 1001U, 1002U, 1003U}) {
        const std::vector<std::byte> bytes = someBytes(size, size);
        const auto packed = packShuffled(bytes);
        ASSERT_TRUE(packed.ok());
        EXPECT_EQ(unpackShuffled(packed.value(), size).value(), bytes) << size;
    }
}

TEST(Packing, PutsLikeBytesSideBySide) {
    const std::vector<std::byte> bytes{std::byte{1},
                                       std::byte{2},
                                       std::byte{3},
                                       std::byte{4},
                                       std::byte{5},
                                       std::byte{6},
                                       std::byte{7},
                                       std::byte{8},
                                       std::byte{9}};
    std::vector<std::byte> shuffled(bytes.size());
    shuffleBytes(bytes, shuffled);
    const std::vector<std::byte> expected{std::byte{1},
                                          std::byte{5},
                                          std::byte{2},
                                          std::byte{6},
                                          std::byte{3},
                                          std::byte{7},
                                          std::byte{4},
                                          std::byte{8},
                                          std::byte{9}};
    EXPECT_EQ(shuffled, expected);
}

TEST(Packing, RefusesWhatIsLargerThanItMayBe) {
    const auto packed = packShuffled(someBytes(100, 1));
    EXPECT_EQ(unpackShuffled(packed.value(), 99).error().code, ErrorCode::kCorrupt);
}

TEST(Packing, RefusesOtherBytes) {
    std::vector<std::byte> packed = packShuffled(someBytes(100, 1)).value();
    packed.resize(packed.size() / 2);
    EXPECT_EQ(unpackShuffled(packed, 100).error().code, ErrorCode::kCorrupt);
    EXPECT_EQ(unpackShuffled(someBytes(50, 2), 100).error().code, ErrorCode::kCorrupt);
    EXPECT_EQ(unpackShuffled({}, 100).error().code, ErrorCode::kCorrupt);
}

TEST(Packing, CutsStatesIntoParts) {
    const std::vector<std::byte> state = someBytes(2 * kStatePartBytes + 5, 3);
    const auto parts = packState(state);
    ASSERT_EQ(parts.value().size(), 3U);
    std::vector<std::byte> joined;
    for (const std::vector<std::byte>& part : parts.value()) {
        ASSERT_TRUE(unpackStatePart(part, joined).ok());
    }
    EXPECT_EQ(joined, state);
}

TEST(Packing, RefusesAnotherNumberOfTokens) {
    const auto packed = packTokens(someTokens(10, 1));
    std::vector<int32_t> tokens;
    for (const int64_t count : {int64_t{9}, int64_t{11}, int64_t{0}, int64_t{-1}, kTokensPerPart}) {
        EXPECT_EQ(unpackTokens(packed.value(), count, tokens).error().code, ErrorCode::kCorrupt);
    }
    EXPECT_TRUE(unpackTokens(packed.value(), 10, tokens).ok());
    EXPECT_EQ(tokens, someTokens(10, 1));
}

}  // namespace
}  // namespace tl
