// SPDX-License-Identifier: Apache-2.0
#include "app/corpus/reading_order.h"

#include <gtest/gtest.h>

namespace tl {
namespace {

using Order = std::vector<size_t>;

const std::vector<TokenId> kOld = {1, 2, 3};
const std::vector<TokenId> kOther = {1, 2, 4};

TEST(ReadingOrder, PutsFirstWhatChangedLeastRecently) {
    const std::vector<OrderedFile> files = {{"a", 30, kOld}, {"b", 10, kOld}, {"c", 20, kOld}};
    EXPECT_EQ(stableOrder(files, {}), (Order{1, 2, 0}));
}

TEST(ReadingOrder, KeepsWalkOrderAmongEquallyOldFiles) {
    const std::vector<OrderedFile> files = {{"a", 5, kOld}, {"b", 5, kOld}, {"c", 5, kOld}};
    EXPECT_EQ(stableOrder(files, {}), (Order{0, 1, 2}));
}

TEST(ReadingOrder, PutsNewFilesBehindThoseThatWereRead) {
    const std::vector<OrderedFile> files = {{"a", 30, kOld}, {"b", 10, kOld}, {"new", 1, kOld}};
    const std::vector<EarlierFile> earlier = {{"a", kOld}, {"b", kOld}};
    EXPECT_EQ(stableOrder(files, earlier), (Order{0, 1, 2}));
}

TEST(ReadingOrder, KeepsPlacesUpToTheFirstChangeAndOrdersTheRestAnew) {
    const std::vector<OrderedFile> files = {
        {"a", 40, kOld}, {"b", 90, kOther}, {"c", 60, kOld}, {"d", 50, kOld}};
    const std::vector<EarlierFile> earlier = {{"a", kOld}, {"b", kOld}, {"c", kOld}, {"d", kOld}};
    EXPECT_EQ(stableOrder(files, earlier), (Order{0, 3, 2, 1}));
}

TEST(ReadingOrder, TakesARemovedFileForAChange) {
    const std::vector<OrderedFile> files = {{"b", 9, kOld}, {"c", 2, kOld}};
    const std::vector<EarlierFile> earlier = {{"a", kOld}, {"b", kOld}, {"c", kOld}};
    EXPECT_EQ(stableOrder(files, earlier), (Order{1, 0}));
}

}  // namespace
}  // namespace tl
