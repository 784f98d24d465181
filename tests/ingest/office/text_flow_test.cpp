// SPDX-License-Identifier: Apache-2.0
#include "ingest/office/text_flow.h"

#include <random>
#include <string>

#include <gtest/gtest.h>

#include "ingest/sandbox/check_extract.h"

namespace tl {
namespace {

Extract finished(TextFlow& flow) {
    Extract extract;
    std::move(flow).finish(extract);
    return extract;
}

TEST(TextFlow, WhiteSpaceWaitsForSomethingVisible) {
    TextFlow flow(10'000);
    flow.words("  a \n ");
    flow.words(" b  ");
    flow.newParagraph();
    flow.words("   ");
    flow.newParagraph();
    flow.verbatim("\tc  d \n  ");
    flow.newLine();
    flow.words("e");
    EXPECT_EQ(finished(flow).text, "a b\n\n\tc  d\ne\n");
}

TEST(TextFlow, OddBytesAreCleaned) {
    TextFlow flow(10'000);
    flow.words(
        std::string("a\0b\rc\x01"
                    "d\xC2\xA0"
                    "e\xC2\xAD"
                    "f\xEF\xBB\xBFg \xE9!",
                    20));
    EXPECT_EQ(finished(flow).text, "abcd efg \xEF\xBF\xBD!\n");
}

TEST(TextFlow, BreaksMakeOneEmptyLineAtMost) {
    TextFlow flow(10'000);
    flow.lineBreak();
    flow.words("a");
    for (int i = 0; i < 9; ++i) {
        flow.lineBreak();
    }
    flow.words(" b");
    EXPECT_EQ(finished(flow).text, "a\n\nb\n");
}

TEST(TextFlow, LabelsHaveOneSpaceBehindThem) {
    TextFlow flow(10'000);
    flow.label("Header: ");
    flow.verbatim(" \t words");
    EXPECT_EQ(finished(flow).text, "Header: words\n");
}

TEST(TextFlow, UnitsCoverTheirTextAndEmptyOnesStandWhereTheyWould) {
    TextFlow flow(10'000);
    for (const char* words : {"one", "", "three"}) {
        flow.beginUnit(UnitKind::kSlide, 1);
        flow.words(words);
        flow.endUnit(words);
    }
    const Extract extract = finished(flow);
    EXPECT_EQ(extract.text, "one\n\nthree\n");
    ASSERT_EQ(extract.units.size(), 3U);
    EXPECT_EQ(extract.units[1].begin, 3);
    EXPECT_EQ(extract.units[1].end, 3);
    EXPECT_EQ(extract.units[2].begin, 5);
    EXPECT_EQ(extract.units[2].end, 10);
}

// Any order of calls gives what Extract promises.
TEST(TextFlow, AnyCallsGiveASoundExtract) {
    std::mt19937 random(17);
    for (int run = 0; run < 500; ++run) {
        TextFlow flow(2'000);
        bool isInUnit = false;
        for (int call = 0; call < 200; ++call) {
            switch (random() % 16) {
                case 0:
                    flow.newLine();
                    break;
                case 1:
                    flow.newParagraph();
                    break;
                case 2:
                    flow.lineBreak();
                    break;
                case 3:
                    flow.beginItem(static_cast<int>(random() % 4), "1. ");
                    break;
                case 4:
                    flow.endItem();
                    break;
                case 5:
                    flow.beginHeading(1 + static_cast<int>(random() % 3));
                    break;
                case 6:
                    flow.endHeading();
                    break;
                case 7:
                    flow.beginTable();
                    break;
                case 8:
                    flow.beginRow();
                    break;
                case 9:
                    flow.beginCell();
                    break;
                case 10:
                    flow.endTable();
                    break;
                case 11:
                    flow.verbatim(" x\ny ");
                    break;
                case 12:
                    flow.label("l:");
                    break;
                case 13:
                    isInUnit ? flow.endUnit("u") : flow.beginUnit(UnitKind::kSlide, call);
                    isInUnit = !isInUnit;
                    break;
                default:
                    flow.words(" w\xC3\xA4s ");
                    break;
            }
        }
        if (isInUnit) {
            flow.endUnit("last");
        }
        ReadLimits limits;
        limits.maxTextBytes = 2'000;
        const Extract extract = finished(flow);
        const Status checked = checkExtract(extract, limits);
        ASSERT_TRUE(checked.ok()) << checked.error().message << "\n" << extract.text;
        ASSERT_EQ(extract.text.find(" \n"), std::string::npos) << extract.text;
    }
}

}  // namespace
}  // namespace tl
