// SPDX-License-Identifier: Apache-2.0
#include "app/corpus/reading_speed.h"

#include <cstdlib>

#include <gtest/gtest.h>

#include "tests/app/temp_folder.h"

namespace tl {
namespace {

class ReadingSpeed : public testing::Test {
protected:
    ReadingSpeed() { ::setenv("XDG_STATE_HOME", m_folder.path().c_str(), /*overwrite=*/1); }

    static ReadingProgress finished(int64_t tokens, double tokensPerSecond) {
        return {tokens, tokens, tokensPerSecond, 0};
    }

    TempFolder m_folder;
};

TEST_F(ReadingSpeed, IsUnknownBeforeTheFirstReading) {
    EXPECT_EQ(lastReadingSpeed("a model"), std::nullopt);
}

TEST_F(ReadingSpeed, IsThatOfTheModelsLastReading) {
    rememberReadingSpeed("a model", finished(5000, 1200));
    rememberReadingSpeed("another", finished(5000, 80));
    rememberReadingSpeed("a model", finished(9000, 1500));
    EXPECT_EQ(lastReadingSpeed("a model"), 1500);
    EXPECT_EQ(lastReadingSpeed("another"), 80);
}

TEST_F(ReadingSpeed, ShortReadingsTellNothing) {
    rememberReadingSpeed("a model", finished(300, 1200));
    EXPECT_EQ(lastReadingSpeed("a model"), std::nullopt);
}

TEST_F(ReadingSpeed, ADamagedFileCostsTheForecastAlone) {
    for (const char* bytes : {"", "{", "[]", "{\"a model\": \"fast\"}", "{\"a model\": -1}"}) {
        m_folder.write("throughline/reading_speed.json", bytes);
        EXPECT_EQ(lastReadingSpeed("a model"), std::nullopt) << bytes;
    }
    rememberReadingSpeed("a model", finished(5000, 1200));
    EXPECT_EQ(lastReadingSpeed("a model"), 1200);
}

}  // namespace
}  // namespace tl
