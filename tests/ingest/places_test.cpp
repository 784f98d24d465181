// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "tests/ingest/place_checks.h"

namespace tl {
namespace {

Unit unitOf(UnitKind kind, int64_t number, const ByteRange& range = {}) {
    Unit unit;
    unit.kind = kind;
    unit.number = number;
    unit.begin = range.begin;
    unit.end = range.end;
    return unit;
}

// A text of random lines (no, one or many bytes, some not ASCII) cut into units of random sizes
// with gaps between some, and words with boxes.
Document randomDocument(std::mt19937& random) {
    Document document;
    const size_t size = random() % 400;
    while (document.text.size() < size) {
        const auto pick = random() % 12;
        document.text += pick == 0 ? "\n" : pick == 1 ? "\xC3\xA9" : pick < 4 ? " " : "ab";
    }
    document.lines = LineIndex(document.text);
    int64_t at = 0;
    for (int64_t number = 1; at < std::ssize(document.text); ++number) {
        const int64_t begin = at + static_cast<int64_t>(random() % 3);
        const int64_t end = std::min<int64_t>(begin + 1 + static_cast<int64_t>(random() % 60),
                                              std::ssize(document.text));
        if (begin < end) {
            document.units.push_back(unitOf(UnitKind::kPage, number, {begin, end}));
        }
        at = std::max(begin, end);
    }
    for (size_t begin = 0; begin < document.text.size();) {
        const size_t end = document.text.find_first_of(" \n", begin);
        const size_t stop = std::min(end, document.text.size());
        if (stop > begin) {
            document.words.push_back({.begin = static_cast<uint32_t>(begin),
                                      .end = static_cast<uint32_t>(stop),
                                      .left = static_cast<float>(begin)});
        }
        begin = stop + 1;
    }
    return document;
}

TEST(Places, SpansComeBackFromLinesAndFromUnits) {
    std::mt19937 random(3);
    for (int run = 0; run < 2000; ++run) {
        expectSpansComeBack(randomDocument(random), random, 1);
    }
}

TEST(Places, AUnitHoldsItsBytesAndNoOthers) {
    std::mt19937 random(4);
    for (int run = 0; run < 300; ++run) {
        const Document document = randomDocument(random);
        for (int64_t byte = 0; byte < std::ssize(document.text); ++byte) {
            const Unit* wanted = nullptr;
            for (const Unit& unit : document.units) {
                wanted = unit.begin <= byte && byte < unit.end ? &unit : wanted;
            }
            ASSERT_EQ(unitAt(document, byte), wanted) << byte;
        }
    }
}

TEST(Places, BoxesOfARunOfWordsLeadBackToIt) {
    std::mt19937 random(5);
    for (int run = 0; run < 2000; ++run) {
        expectBoxesComeBack(randomDocument(random), random, 1);
    }
}

TEST(Places, PassagesLieWithinOneUnitAndCoverAllWords) {
    std::mt19937 random(6);
    for (int run = 0; run < 2000; ++run) {
        expectPassagesCoverAllWords(randomDocument(random));
    }
}

TEST(Places, PlacesThatAreNotThereGiveNothing) {
    Document document;
    document.text = "one\ntwo\n";
    document.lines = LineIndex(document.text);
    document.units = {unitOf(UnitKind::kPage, 1, {0, 4})};
    EXPECT_FALSE(byteOfPosition(document, {3, 1}));
    EXPECT_FALSE(byteOfPosition(document, {1, 5}));
    EXPECT_FALSE(byteOfPosition(document, {0, 1}));
    EXPECT_FALSE(byteOfUnit(document, 0, 4));
    EXPECT_FALSE(byteOfUnit(document, 1, 0));
    EXPECT_EQ(unitByNumber(document, UnitKind::kPage, 2), nullptr);
    EXPECT_EQ(byteOfPosition({}, {1, 1}), 0);
}

TEST(Places, UnitsAreFoundByNumberTimeAndLabel) {
    Document document;
    document.text = std::string(30, 'x');
    document.units = {unitOf(UnitKind::kCue, 1, {0, 9}),
                      unitOf(UnitKind::kCue, 2, {9, 20}),
                      unitOf(UnitKind::kMessage, 3, {20, 30})};
    document.units[0].endMs = 2000;
    document.units[1].beginMs = 2000;
    document.units[1].endMs = 5000;
    document.units[2].label = "<a@b>";
    EXPECT_EQ(unitAtTime(document, 2000), &document.units[1]);
    EXPECT_EQ(unitAtTime(document, 5000), nullptr);
    EXPECT_EQ(unitByNumber(document, UnitKind::kMessage, 3), &document.units[2]);
    EXPECT_EQ(unitByLabel(document, UnitKind::kMessage, "<a@b>"), &document.units[2]);
}

TEST(Places, AreToldAsAPersonLooksThemUp) {
    Unit page = unitOf(UnitKind::kPage, 4);
    EXPECT_EQ(describeUnit(page), "page 4");
    page.label = "iv";
    EXPECT_EQ(describeUnit(page), "page iv");
    Unit cue = unitOf(UnitKind::kCue, 1);
    cue.label = "Ana";
    cue.beginMs = 723'999;
    EXPECT_EQ(describeUnit(cue), "00:12:03 Ana");
    Unit message = unitOf(UnitKind::kMessage, 2);
    message.label = "<x@y>";
    message.date = "2024-03-01T10:00:00+01:00";
    EXPECT_EQ(describeUnit(message), "message <x@y> 2024-03-01");
    EXPECT_EQ(describeUnit(unitOf(UnitKind::kCell, 3)), "cell 3");
    EXPECT_EQ(describeUnit(unitOf(UnitKind::kRow, 17)), "row 17");
    Document document;
    document.text = "a\nb\n";
    document.lines = LineIndex(document.text);
    EXPECT_EQ(describePlace(document, 2), "line 2");
}

}  // namespace
}  // namespace tl
