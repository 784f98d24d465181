// SPDX-License-Identifier: Apache-2.0
// A small reading, cut short at every single write and sync of its.
#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "store/project_reader.h"
#include "store/project_store.h"
#include "tests/app/temp_folder.h"
#include "tests/store/project_values.h"
#include "tests/support/fault_vfs.h"

namespace tl {
namespace {

// As far as flush() said that it is kept.
struct Kept {
    bool corpus = false;
    std::vector<int64_t> checkpoints;  // positions
    std::string error;                 // the first one
};

std::vector<ProjectChange> workload() {
    std::vector<ProjectChange> changes{someCorpus(1000)};
    for (int64_t position = 256; position <= 768; position += 256) {
        changes.push_back(withCheckpoint(someCheckpoint(position, 256, /*stateBytes=*/5000)));
    }
    changes.push_back(withCheckpoint(someCheckpoint(900, 388, 5000)));
    changes.back().goBackTo = 512;
    changes.push_back(withCheckpoint(someCheckpoint(1000, 100, 5000)));
    return changes;
}

// With a budget that evicts nothing.
Kept runWorkload(const std::filesystem::path& path) {
    Kept kept;
    auto store = ProjectStore::create(path, {.checkpointBytes = 1 << 30});
    if (!store.ok()) {
        kept.error = store.error().message;
        return kept;
    }
    for (const ProjectChange& change : workload()) {
        Status done = store.value()->write(change);
        if (done.ok()) {
            done = store.value()->flush();
        }
        if (!done.ok()) {
            kept.error = done.error().message;
            return kept;
        }
        kept.corpus = true;
        auto& positions = kept.checkpoints;
        if (change.goBackTo >= 0) {
            positions.erase(
                std::remove_if(positions.begin(),
                               positions.end(),
                               [&](int64_t position) { return position > change.goBackTo; }),
                positions.end());
        }
        if (change.addsCheckpoint) {
            positions.push_back(change.checkpoint.position);
        }
    }
    return kept;
}

std::vector<int64_t> positionsOf(ProjectReader& reader) {
    std::vector<int64_t> positions;
    const auto checkpoints = reader.checkpoints();
    EXPECT_TRUE(checkpoints.ok()) << checkpoints.error().message;
    for (const CheckpointInfo& checkpoint : checkpoints.value()) {
        positions.push_back(checkpoint.position);
    }
    return positions;
}

// What was not acknowledged may be there or not, the change as a whole.
bool isAllowed(const std::vector<int64_t>& found, const Kept& kept) {
    std::vector<std::vector<int64_t>> states{
        {}, {}, {256}, {256, 512}, {256, 512, 768}, {256, 512, 900}, {256, 512, 900, 1000}};
    for (size_t i = kept.corpus ? 1 : 0; i < states.size(); ++i) {
        if (states[i] == kept.checkpoints && (kept.corpus || i == 0)) {
            return found == states[i] || (i + 1 < states.size() && found == states[i + 1]);
        }
    }
    return false;
}

// Opened as the next start does it, also where it was not even made.
void expectKept(const std::filesystem::path& path, const Kept& kept) {
    if (!std::filesystem::exists(path)) {
        EXPECT_FALSE(kept.corpus);
        return;
    }
    const FaultVfs withoutSyncs;  // quicker
    auto store = ProjectStore::open(path);
    ASSERT_TRUE(store.ok()) << store.error().message;
    auto reader = ProjectReader::open(path);
    ASSERT_TRUE(reader.ok()) << reader.error().message;
    const auto damage = reader.value().verify();
    ASSERT_TRUE(damage.ok()) << damage.error().message;
    EXPECT_EQ(damage.value(), std::vector<std::string>());
    EXPECT_TRUE(isAllowed(positionsOf(reader.value()), kept));
    EXPECT_TRUE(!kept.corpus || reader.value().tokenCount().value() == 1000);
    const Status goesOn = store.value()->write(withCheckpoint(someCheckpoint(2000, 1000, 10)));
    EXPECT_TRUE(goesOn.ok() && store.value()->flush().ok());
}

int64_t operationsOfWorkload() {
    const TempFolder folder;
    const FaultVfs vfs;
    const Kept kept = runWorkload(folder.path() / "a.throughline");
    EXPECT_EQ(kept.error, "");
    EXPECT_EQ(kept.checkpoints, (std::vector<int64_t>{256, 512, 900, 1000}));
    return vfs.operations();
}

class PowerLossTest : public testing::TestWithParam<uint64_t> {};

TEST_P(PowerLossTest, LosesNothingThatWasCommitted) {
    const int64_t operations = operationsOfWorkload();
    ASSERT_GT(operations, 50);
    for (int64_t at = 1; at <= operations; ++at) {
        SCOPED_TRACE("power lost at operation " + std::to_string(at));
        const TempFolder folder;
        const std::filesystem::path path = folder.path() / "a.throughline";
        Kept kept;
        {
            FaultVfs vfs(FaultVfs::Fault::kPowerLoss, at);
            kept = runWorkload(path);
            vfs.dropUnsynced(GetParam() == 0 ? 0 : GetParam() + static_cast<uint64_t>(at));
        }
        expectKept(path, kept);
        if (HasFailure()) {
            return;
        }
    }
}

// None of the unsynced writes reached the disk, or some did.
INSTANTIATE_TEST_SUITE_P(Disks, PowerLossTest, testing::Values(0, 1000, 2000));

TEST(DiskFullTest, SaysSoAndKeepsWhatWasCommitted) {
    const int64_t operations = operationsOfWorkload();
    for (int64_t at = 1; at <= operations; ++at) {
        SCOPED_TRACE("disk full at operation " + std::to_string(at));
        const TempFolder folder;
        const std::filesystem::path path = folder.path() / "a.throughline";
        Kept kept;
        {
            const FaultVfs vfs(FaultVfs::Fault::kDiskFull, at);
            kept = runWorkload(path);
        }
        // Emptying the log into the file fails silently: it is tried again at the next start.
        EXPECT_TRUE(kept.error.empty() || kept.error == path.string() + ": the disk is full")
            << kept.error;
        expectKept(path, kept);
        if (HasFailure()) {
            return;
        }
    }
}

}  // namespace
}  // namespace tl
