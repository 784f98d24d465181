// SPDX-License-Identifier: Apache-2.0
// A tree as large as users have: 50,000 files. How fast it is walked tells tests/bench; here, that
// every file has its fate and that the time grows with the number of files and not faster.
#include <algorithm>
#include <chrono>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "ingest/corpus.h"
#include "tests/ingest/temp_tree.h"
#include "tests/support/said.h"

namespace tl {
namespace {

constexpr int kFilesPerFolder = 10;

// Ten files a folder, of which one is ignored, one is binary by its name and one is a lock file;
// rules at the top and in every tenth folder.
void writeTree(const TempTree& tree, int files) {
    tree.write(".gitignore", "*.o\n/build/\n!keep.o\ndocs/**/gen\n*~\n**/cache/\n");
    for (int folder = 0; folder < files / kFilesPerFolder; ++folder) {
        const std::string name =
            "part" + std::to_string(folder / 100) + "/module" + std::to_string(folder) + "/";
        if (folder % 10 == 0) {
            tree.write(name + ".gitignore", "*.log\n/out/\n");
        }
        for (const char* file : {"a.cpp",
                                 "a.h",
                                 "b.cpp",
                                 "b.h",
                                 "main.cpp",
                                 "notes.md",
                                 "table.csv",
                                 "a.o",
                                 "a.class",
                                 "package-lock.json"}) {
            tree.write(name + file, "int value = 1;\n");
        }
    }
}

TEST(LargeTree, FiftyThousandFilesHaveTheirFatesInOrder) {
    const TempTree tree;
    writeTree(tree, 50'000);
    int64_t found = 0;
    std::string last;
    std::map<std::string, int64_t> fates;
    const Status walked = walkSources({tree.path()}, {}, {}, [&](const SourceEntry& entry) {
        ++found;
        ++fates[entry.fate == FileFate::kIn ? "in" : said(entry.reason)];
        // Folders are in the order of the names, with what they hold in between.
        const std::string folder = entry.name.substr(0, entry.name.rfind('/') + 1);
        EXPECT_TRUE(folder != last.substr(0, last.rfind('/') + 1) || last < entry.name)
            << last << " before " << entry.name;
        last = entry.name;
    });
    ASSERT_TRUE(walked.ok()) << said(walked.error());
    EXPECT_EQ(found, 50'501) << "files, and the ignore files at the top and in 500 folders";
    EXPECT_EQ(fates["in"], 7 * 5'000 + 501);
    EXPECT_EQ(fates["ignored by .gitignore:1: *.o"], 5'000);
    int64_t skipped = 0;
    for (const auto& [reason, count] : fates) {
        EXPECT_FALSE(reason.empty());
        skipped += reason == "in" ? 0 : count;
    }
    EXPECT_EQ(skipped, found - fates["in"]);
}

double bestSeconds(const TempTree& tree) {
    double best = 1e9;
    for (int run = 0; run < 5; ++run) {
        const auto start = std::chrono::steady_clock::now();
        EXPECT_TRUE(collectSources({tree.path()}, {}).ok());
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
        best = std::min(best, seconds.count());
    }
    return best;
}

// Ten times the files take ten times as long, or three times that on a machine that is busy. What
// looks at every file for every file would take a hundred times as long.
TEST(LargeTree, TheTimeOfAWalkGrowsWithTheFiles) {
    const TempTree small;
    writeTree(small, 2'000);
    const TempTree large;
    writeTree(large, 20'000);
    EXPECT_LT(bestSeconds(large), 30 * bestSeconds(small));
}

}  // namespace
}  // namespace tl
