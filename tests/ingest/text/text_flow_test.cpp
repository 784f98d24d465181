// SPDX-License-Identifier: Apache-2.0
#include "ingest/text/text_flow.h"

#include <iterator>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "ingest/sandbox/check_extract.h"
#include "tests/support/said.h"

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

void callAny(TextFlow& flow, unsigned int which) {
    using Call = void (*)(TextFlow&);
    constexpr Call kCalls[] = {
        [](TextFlow& f) { f.newLine(); },
        [](TextFlow& f) { f.newParagraph(); },
        [](TextFlow& f) { f.lineBreak(); },
        [](TextFlow& f) { f.beginItem(2, "1. "); },
        [](TextFlow& f) { f.endItem(); },
        [](TextFlow& f) { f.beginHeading(1); },
        [](TextFlow& f) { f.beginHeading(2); },
        [](TextFlow& f) { f.endHeading(); },
        [](TextFlow& f) { f.beginTable(); },
        [](TextFlow& f) { f.beginRow(); },
        [](TextFlow& f) { f.beginCell(); },
        [](TextFlow& f) { f.endTable(); },
        [](TextFlow& f) { f.verbatim(" x\ny "); },
        [](TextFlow& f) { f.label("l:"); },
        [](TextFlow& f) { f.words(" w\xC3\xA4s "); },
    };
    kCalls[which % std::size(kCalls)](flow);
}

// Any order of calls gives what Extract promises.
TEST(TextFlow, AnyCallsGiveASoundExtract) {
    std::mt19937 random(17);
    for (int run = 0; run < 500; ++run) {
        TextFlow flow(2'000);
        for (int unit = 0; unit < 4; ++unit) {
            flow.beginUnit(UnitKind::kSlide, unit);
            for (int call = 0; call < 50; ++call) {
                callAny(flow, static_cast<unsigned int>(random()));
            }
            flow.endUnit("u");
        }
        ReadLimits limits;
        limits.maxTextBytes = 2'000;
        const Extract extract = finished(flow);
        const ReadStatus checked = checkExtract(extract, limits);
        ASSERT_TRUE(checked.ok()) << said(checked.error()) << "\n" << extract.text;
        ASSERT_EQ(extract.text.find(" \n"), std::string::npos) << extract.text;
    }
}

}  // namespace
}  // namespace tl
