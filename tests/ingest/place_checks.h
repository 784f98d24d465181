// SPDX-License-Identifier: Apache-2.0
// What places promise of any document, checked at random spans.
#pragma once

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "ingest/place.h"

namespace tl {

inline std::string slice(const Document& document, int64_t begin, int64_t end) {
    return document.text.substr(static_cast<size_t>(begin), static_cast<size_t>(end - begin));
}

// Text -> anchor -> text gives the same bytes.
inline void expectSpansComeBack(const Document& document, std::mt19937& random, int runs) {
    for (int run = 0; run < runs && !document.text.empty(); ++run) {
        auto begin = static_cast<int64_t>(random() % document.text.size());
        auto end = static_cast<int64_t>(random() % document.text.size());
        std::tie(begin, end) = std::minmax({begin, end});
        const Place from = placeOf(document, begin);
        const Place to = placeOf(document, end);
        EXPECT_EQ(slice(document,
                        byteOfPosition(document, from.position).value(),
                        byteOfPosition(document, to.position).value()),
                  slice(document, begin, end));
        EXPECT_EQ(slice(document,
                        byteOfUnit(document, from.unit, from.offset).value(),
                        byteOfUnit(document, to.unit, to.offset).value()),
                  slice(document, begin, end));
    }
}

// The boxes of a run of words are theirs, one each, and lead back to it.
inline void expectBoxesComeBack(const Document& document, std::mt19937& random, int runs) {
    for (int run = 0; run < runs && !document.words.empty(); ++run) {
        size_t first = random() % document.words.size();
        size_t last = random() % document.words.size();
        std::tie(first, last) = std::minmax({first, last});
        const ByteRange range{document.words[first].begin, document.words[last].end};
        const auto boxes = boxesOf(document, range);
        ASSERT_EQ(boxes.size(), last - first + 1);
        EXPECT_EQ(rangeOfBoxes(boxes).begin, range.begin);
        EXPECT_EQ(rangeOfBoxes(boxes).end, range.end);
        EXPECT_EQ(boxes.front().left, document.words[first].left);
        EXPECT_EQ(boxes.back().top, document.words[last].top);
    }
}

// Passages are in order, lie within one unit each, know their lines and leave no word out.
inline void expectPassagesCoverAllWords(const Document& document) {
    std::string covered(document.text.size(), '.');
    int64_t done = 0;
    for (const Passage& passage : segmentPassages(document, 0)) {
        ASSERT_GE(passage.begin, done);
        ASSERT_LT(passage.begin, passage.end);
        EXPECT_EQ(document.lines.position(passage.begin).line, passage.firstLine);
        EXPECT_EQ(document.lines.position(passage.end - 1).line, passage.lastLine);
        EXPECT_EQ(unitAt(document, passage.begin), unitAt(document, passage.end - 1));
        for (const Unit& unit : document.units) {
            ASSERT_TRUE(passage.end <= unit.begin || passage.begin >= unit.end ||
                        (passage.begin >= unit.begin && passage.end <= unit.end));
        }
        done = passage.end;
        covered.replace(static_cast<size_t>(passage.begin),
                        static_cast<size_t>(passage.end - passage.begin),
                        static_cast<size_t>(passage.end - passage.begin),
                        'x');
    }
    for (size_t i = 0; i < covered.size(); ++i) {
        const bool isSpace = document.text[i] == ' ' || document.text[i] == '\n';
        EXPECT_TRUE(isSpace || covered[i] == 'x') << i;
    }
}

}  // namespace tl
