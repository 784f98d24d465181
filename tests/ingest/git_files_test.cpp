// SPDX-License-Identifier: Apache-2.0
// Files of git that are read here: its index and its configuration. gitignore_test compares both
// with git itself.
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "ingest/source/git_config.h"
#include "ingest/source/git_index.h"
#include "tests/support/said.h"

namespace tl {
namespace {

std::string bigEndian(uint32_t value, int bytes) {
    std::string text;
    for (int at = bytes - 1; at >= 0; --at) {
        text += static_cast<char>(value >> static_cast<unsigned>(8 * at));
    }
    return text;
}

// An entry of version 2.
std::string entryOf(const std::string& path, size_t idBytes = 20) {
    std::string entry(40 + idBytes, '\x11');
    entry += bigEndian(static_cast<uint32_t>(path.size()), 2) + path;
    entry.append(8 - entry.size() % 8, '\0');
    return entry;
}

std::string indexOf(uint32_t version, uint32_t count, const std::string& entries) {
    return "DIRC" + bigEndian(version, 4) + bigEndian(count, 4) + entries;
}

const std::string kChecksum(20, '\x22');

TEST(GitIndexTest, TellsFilesAndFoldersThatAreTracked) {
    const auto index =
        GitIndex::parse(indexOf(2, 2, entryOf("a/b.txt") + entryOf("a0")) + kChecksum, 20);
    ASSERT_TRUE(index.ok()) << said(index.error());
    EXPECT_TRUE(index.value().tracks("a/b.txt"));
    EXPECT_TRUE(index.value().tracks("a0"));
    EXPECT_FALSE(index.value().tracks("a"));
    EXPECT_TRUE(index.value().tracksBelow("a"));
    EXPECT_FALSE(index.value().tracksBelow("a0"));
    EXPECT_FALSE(index.value().tracksBelow("b"));
}

TEST(GitIndexTest, ObjectNamesOf32BytesAreStridden) {
    const std::string bytes = indexOf(2, 1, entryOf("a/b.txt", 32)) + kChecksum;
    EXPECT_TRUE(GitIndex::parse(bytes, 32).value().tracks("a/b.txt"));
}

TEST(GitIndexTest, NamesOfVersion4ShareTheirStart) {
    const std::string head = std::string(60, '\x11') + bigEndian(0, 2);
    std::string entries = head + '\0' + "dir/one.txt" + '\0';
    entries += head + '\x07' + "two" + '\0';
    const auto index = GitIndex::parse(indexOf(4, 2, entries) + kChecksum, 20);
    ASSERT_TRUE(index.ok()) << said(index.error());
    EXPECT_TRUE(index.value().tracks("dir/two"));
}

TEST(GitIndexTest, WhatIsNotReadSaysWhy) {
    const auto reasonFor = [](const std::string& bytes) {
        const auto index = GitIndex::parse(bytes, 20);
        return index.ok() ? "" : said(index.error());
    };
    EXPECT_EQ(reasonFor(""), "damaged");
    EXPECT_EQ(reasonFor("PK\3\4 and more of it"), "damaged");
    EXPECT_EQ(reasonFor(indexOf(5, 0, "")), "of version 5");
    EXPECT_EQ(reasonFor(indexOf(2, 0xFFFFFFFF, entryOf("a"))), "damaged");
    const std::string link = "link" + bigEndian(20, 4) + std::string(20, 'x');
    EXPECT_EQ(reasonFor(indexOf(2, 1, entryOf("a")) + link + kChecksum), "split into two files");
    EXPECT_EQ(reasonFor(indexOf(2, 1, entryOf("a")) + "TREE" + bigEndian(2, 4) + "xx" + kChecksum),
              "");
}

TEST(GitIndexTest, EveryTruncationWithinTheEntriesIsDamage) {
    const std::string bytes = indexOf(2, 2, entryOf("a/b.txt") + entryOf("c"));
    for (size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_FALSE(GitIndex::parse(std::string_view(bytes).substr(0, size), 20).ok()) << size;
    }
}

// A name may say that it goes on from the one before: 100 KB of index are 3 GB of names.
TEST(GitIndexTest, NamesThatGrowAreLimited) {
    const std::string head = std::string(60, '\x11') + bigEndian(0, 2);
    std::string entries = head + '\0' + std::string(1 << 20, 'a') + '\0';
    constexpr uint32_t kMore = 3000;
    for (uint32_t i = 0; i < kMore; ++i) {
        entries += head + '\0' + "b" + '\0';
    }
    const auto index = GitIndex::parse(indexOf(4, kMore + 1, entries) + kChecksum, 20);
    ASSERT_FALSE(index.ok());
    EXPECT_EQ(said(index.error()), "too large");
}

TEST(GitIndexTest, FlippedBytesAreNoHarm) {
    const std::string sound = indexOf(2, 2, entryOf("a/b.txt") + entryOf("c")) + kChecksum;
    std::mt19937 random(3);
    for (int i = 0; i < 20'000; ++i) {
        std::string bytes = sound;
        bytes[random() % bytes.size()] = static_cast<char>(random());
        bytes[7] = static_cast<char>(2 + random() % 3);
        const auto index = GitIndex::parse(bytes, 20);
        EXPECT_TRUE(!index.ok() || index.value().size() <= 2);
    }
}

TEST(GitConfigTest, TakesTheLastValueInItsSection) {
    const auto value = [](const char* text) {
        return gitConfigValue(text, "core", "excludesfile").value_or("none");
    };
    EXPECT_EQ(value(""), "none");
    EXPECT_EQ(value("[core]\n\texcludesFile = ~/a b \t\n"), "~/a b");
    EXPECT_EQ(value("[CORE]EXCLUDESFILE=a\n[user]\nexcludesfile=b\n"), "a");
    EXPECT_EQ(value("[core \"x\"]\nexcludesfile=a\n"), "none");
    EXPECT_EQ(value("[core]\nexcludesfile=a\n[core]\r\nexcludesfile = b\r\n"), "b");
    EXPECT_EQ(value("[core]\nexcludesfile = \"a # b\" ; c\n"), "a # b");
    EXPECT_EQ(value("[core]\nexcludesfile = a\\\\b\\\"c\\\n d\n"), "a\\b\"c d");
    EXPECT_EQ(value("[core]\nexcludesfile =\n"), "");
    EXPECT_EQ(value("[core]\n# excludesfile = a\nexcludesfilex = b\n"), "none");
    EXPECT_EQ(value("[core"), "none");
    EXPECT_EQ(value("[core]\nexcludesfile = \"a"), "a");
}

}  // namespace
}  // namespace tl
