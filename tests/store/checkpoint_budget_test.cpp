// SPDX-License-Identifier: Apache-2.0
#include "store/write/checkpoint_budget.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace tl {
namespace {

std::vector<CheckpointInfo> at(const std::vector<int64_t>& positions) {
    std::vector<CheckpointInfo> checkpoints;
    for (const int64_t position : positions) {
        checkpoints.push_back({position, 10});
    }
    return checkpoints;
}

TEST(CheckpointBudget, EvictsNothingWithinIt) {
    EXPECT_TRUE(checkpointsToEvict(at({10, 20, 30}), 30).empty());
    EXPECT_TRUE(checkpointsToEvict({}, 0).empty());
}

TEST(CheckpointBudget, EvictsWhereCheckpointsLieClosest) {
    EXPECT_EQ(checkpointsToEvict(at({100, 190, 200, 300, 400}), 40), std::vector<int64_t>{190});
}

TEST(CheckpointBudget, CountsTheBeginningAsACheckpoint) {
    EXPECT_EQ(checkpointsToEvict(at({10, 100, 200, 300}), 30), std::vector<int64_t>{10});
}

TEST(CheckpointBudget, KeepsTheNewestTwoWhateverTheyTake) {
    EXPECT_EQ(checkpointsToEvict(at({100, 200, 201}), 0), std::vector<int64_t>{100});
    EXPECT_TRUE(checkpointsToEvict(at({100, 101}), 0).empty());
}

TEST(CheckpointBudget, SpreadsWhatStaysWhileReadingGoesOn) {
    std::vector<CheckpointInfo> kept;
    for (int64_t position = 1; position <= 1000; ++position) {
        kept.push_back({position, 10});
        for (const int64_t gone : checkpointsToEvict(kept, 100)) {
            kept.erase(std::find_if(kept.begin(), kept.end(), [&](const CheckpointInfo& one) {
                return one.position == gone;
            }));
        }
    }
    ASSERT_EQ(kept.size(), 10U);
    int64_t before = 0;
    for (const CheckpointInfo& checkpoint : kept) {
        // An even spread would be 1000 / 8; halving makes some gaps twice as wide as others.
        EXPECT_LE(checkpoint.position - before, 2 * 1000 / 8);
        before = checkpoint.position;
    }
}

}  // namespace
}  // namespace tl
