// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <fcntl.h>
#include <map>
#include <string>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <vector>

#include <gtest/gtest.h>

#include "ingest/corpus.h"
#include "tests/ingest/temp_tree.h"
#include "tests/support/said.h"

namespace tl {
namespace {

namespace fs = std::filesystem;

// name -> reason, "in" for what is taken.
using Fates = std::map<std::string, std::string>;

class CollectSources : public testing::Test {
protected:
    // The tests must not depend on the ignore file of whoever runs them.
    CollectSources() { ::setenv("XDG_CONFIG_HOME", (m_home.path() / "config").c_str(), 1); }

    std::vector<SourceEntry> collect(const std::vector<fs::path>& roots,
                                     const SourceOptions& options = {}) {
        auto entries = collectSources(roots, options);
        EXPECT_TRUE(entries.ok()) << said(entries.error());
        return entries.ok() ? std::move(entries).value() : std::vector<SourceEntry>();
    }

    Fates fates(const SourceOptions& options = {}) {
        Fates result;
        for (const SourceEntry& entry : collect({m_tree.path()}, options)) {
            const bool isNew =
                result.emplace(entry.name, entry.fate == FileFate::kIn ? "in" : said(entry.reason))
                    .second;
            EXPECT_TRUE(isNew) << entry.name << " is listed twice";
        }
        return result;
    }

    TempTree m_home;
    TempTree m_tree;
};

TEST_F(CollectSources, ListsFilesInByteOrderWithFoldersWhereTheyStand) {
    for (const char* name : {"b.txt", "a/z.txt", "a/B.txt", "a.txt", "Z.txt"}) {
        m_tree.write(name, "x");
    }
    std::vector<std::string> names;
    for (const SourceEntry& entry : collect({m_tree.path()})) {
        names.push_back(entry.name);
        EXPECT_EQ(entry.bytes, 1);
        EXPECT_TRUE(fs::exists(entry.path));
    }
    EXPECT_EQ(names, (std::vector<std::string>{"Z.txt", "a/B.txt", "a/z.txt", "a.txt", "b.txt"}));
}

TEST_F(CollectSources, SaysWhichLineOfWhichFileIgnores) {
    m_tree.write("src/.gitignore", "# objects\n\n*.o\n!keep.o\n");
    m_tree.write("src/a.o", "x");
    m_tree.write("src/keep.o", "x");
    SourceOptions options;
    options.useDefaultRules = false;
    const Fates all = fates(options);
    EXPECT_EQ(all.at("src/a.o"), "ignored by src/.gitignore:3: *.o");
    EXPECT_EQ(all.at("src/keep.o"), "in");
}

TEST_F(CollectSources, AnIgnoredFolderIsOneEntryAndNothingBelowComesBack) {
    m_tree.write(".gitignore", "out/\n!out/keep.txt\n");
    m_tree.write("out/keep.txt", "x");
    m_tree.write("out/other.txt", "x");
    EXPECT_EQ(fates(), (Fates{{".gitignore", "in"}, {"out", "ignored by .gitignore:1: out/"}}));
}

TEST_F(CollectSources, IgnoreFilesAboveTheChosenFolderCountWithinAWorkTree) {
    m_tree.makeFolder(".git");
    m_tree.write(".gitignore", "/src/gen/\n");
    m_tree.write(".git/info/exclude", "*.tmp\n");
    m_tree.write("src/gen/a.c", "x");
    m_tree.write("src/b.tmp", "x");
    const auto entries = collect({m_tree.path() / "src"});
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_EQ(entries[0].name, "b.tmp");
    EXPECT_EQ(said(entries[0].reason),
              "ignored by " + m_tree.path().string() + "/.git/info/exclude:1: *.tmp");
    EXPECT_EQ(said(entries[1].reason),
              "ignored by " + m_tree.path().string() + "/.gitignore:1: /src/gen/");
}

TEST_F(CollectSources, RulesOfGitStopAtAWorkTreeInside) {
    m_tree.write(".gitignore", "*.txt\n");
    m_tree.write("sub/.git", "gitdir: ../modules/sub\n");
    m_tree.write("modules/sub/info/exclude", "b.*\n");
    m_tree.write("sub/a.txt", "x");
    m_tree.write("sub/b.txt", "x");
    const Fates all = fates();
    EXPECT_EQ(all.at("sub/a.txt"), "in");
    EXPECT_TRUE(all.at("sub/b.txt").ends_with("modules/sub/info/exclude:1: b.*"))
        << all.at("sub/b.txt");
}

// As git does: what it tracks it does not ignore.
TEST_F(CollectSources, TrackedFilesAreTakenWhateverMatches) {
    m_tree.write(".gitignore", "*.log\nout/\n");
    m_tree.write(".ignore", "secret.log\n");
    for (const char* name :
         {"kept.log", "other.log", "secret.log", "out/keep.txt", "out/other.txt", "out/a/b.txt"}) {
        m_tree.write(name, "x");
    }
    const std::string git = "cd " + m_tree.path().string() +
                            " && git init -q && git add -f kept.log secret.log out/keep.txt";
    if (std::system(git.c_str()) != 0) {
        GTEST_SKIP() << "git is not installed";
    }
    EXPECT_EQ(fates(),
              (Fates{{".git", "version control (.git)"},
                     {".gitignore", "in"},
                     {".ignore", "in"},
                     {"kept.log", "in"},
                     {"other.log", "ignored by .gitignore:1: *.log"},
                     {"secret.log", "ignored by .ignore:1: secret.log"},
                     {"out/keep.txt", "in"},
                     {"out/other.txt", "ignored by .gitignore:2: out/"},
                     {"out/a", "ignored by .gitignore:2: out/"}}));
}

// The index lists a submodule as one path; what is in it is its own.
TEST_F(CollectSources, AnIgnoredSubmoduleIsReadByItsOwnRules) {
    m_tree.write(".gitignore", "sub/\n");
    m_tree.write("sub/.git", "gitdir: ../.git/modules/sub\n");
    m_tree.write("sub/.gitignore", "*.log\n");
    m_tree.write("sub/a.txt", "x");
    m_tree.write("sub/b.log", "x");
    const std::string git = "cd " + m_tree.path().string() +
                            " && git init -q && git update-index --add --cacheinfo 160000," +
                            std::string(40, '1') + ",sub";
    if (std::system(git.c_str()) != 0) {
        GTEST_SKIP() << "git is not installed";
    }
    const Fates all = fates();
    EXPECT_EQ(all.at("sub/a.txt"), "in");
    EXPECT_EQ(all.at("sub/b.log"), "ignored by sub/.gitignore:1: *.log");
}

TEST_F(CollectSources, RulesThatCannotBeUsedAreTold) {
    m_tree.write(".git/index", "no index");
    m_tree.write(".gitignore", "*.log\n");
    m_tree.write("a.log", "x");
    m_tree.write("sub/.gitignore", std::string(5 << 20, '#'));
    const Fates all = fates();
    EXPECT_EQ(all.at("sub/.gitignore"),
              "5.0 MiB, over the limit of 4.0 MiB; its rules are not used");
    EXPECT_EQ(all.at(".git/index"),
              "git's index: damaged; tracked files that match an ignore rule are left out");
    EXPECT_EQ(all.at("a.log"), "ignored by .gitignore:1: *.log");
}

TEST_F(CollectSources, DotIgnoreIsStrongerThanGitAndTheDefaultRules) {
    m_tree.write(".gitignore", "*.log\n");
    m_tree.write(".ignore", "!keep.log\nsecret*\n!yarn.lock\n");
    for (const char* name : {"keep.log", "other.log", "secret.txt", "yarn.lock"}) {
        m_tree.write(name, "x");
    }
    const Fates all = fates();
    EXPECT_EQ(all.at("keep.log"), "in");
    EXPECT_EQ(all.at("other.log"), "ignored by .gitignore:1: *.log");
    EXPECT_EQ(all.at("secret.txt"), "ignored by .ignore:2: secret*");
    EXPECT_EQ(all.at("yarn.lock"), "in");
}

TEST_F(CollectSources, IgnoreFilesCanBeSwitchedOff) {
    m_tree.write(".gitignore", "*.txt\n");
    m_tree.write("a.txt", "x");
    SourceOptions options;
    options.useIgnoreFiles = false;
    EXPECT_EQ(fates(options).at("a.txt"), "in");
}

TEST_F(CollectSources, IncludePatternsRestrictAndExcludePatternsAreStronger) {
    for (const char* name : {"a.md", "b.txt", "docs/c.txt", "docs/old/d.txt"}) {
        m_tree.write(name, "x");
    }
    SourceOptions options;
    options.include = {"*.md", "docs/"};
    options.exclude = {"old/"};
    EXPECT_EQ(fates(options),
              (Fates{{"a.md", "in"},
                     {"b.txt", "matches no include pattern"},
                     {"docs/c.txt", "in"},
                     {"docs/old", "excluded by the pattern old/"}}));
}

TEST_F(CollectSources, SkipsBySizeAndSaysBoth) {
    m_tree.write("big.txt", std::string(3000, 'x'));
    m_tree.write("empty.txt", "");
    SourceOptions options;
    options.maxFileBytes = 2048;
    EXPECT_EQ(
        fates(options),
        (Fates{{"big.txt", "2.9 KiB, over the limit of 2.0 KiB"}, {"empty.txt", "empty file"}}));
}

TEST_F(CollectSources, LinksAreToldNotFollowed) {
    m_tree.write("a/file.txt", "x");
    m_tree.write("b.txt", "x");
    fs::create_symlink("../b.txt", m_tree.path() / "a/inside");
    fs::create_symlink("..", m_tree.path() / "a/loop");
    fs::create_symlink("nowhere", m_tree.path() / "a/broken");
    fs::create_symlink("self", m_tree.path() / "a/self");
    fs::create_symlink(m_home.path(), m_tree.path() / "a/outside");
    const Fates all = fates();
    EXPECT_EQ(all.at("a/inside"), "symbolic link to b.txt (not read twice)");
    EXPECT_EQ(all.at("a/loop"), "symbolic link back to a folder above it");
    EXPECT_EQ(all.at("a/broken"), "symbolic link that leads nowhere");
    EXPECT_EQ(all.at("a/self"), "symbolic link that leads nowhere");
    EXPECT_EQ(all.at("a/outside"),
              "symbolic link out of the chosen folder, to " + m_home.path().string());
    EXPECT_EQ(all.at("a/file.txt"), "in");
}

TEST_F(CollectSources, PipesAndSocketsAreToldNotOpened) {
    ASSERT_EQ(::mkfifo((m_tree.path() / "pipe").c_str(), 0600), 0);
    sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
    const std::string socketPath = m_tree.path() / "socket";
    ASSERT_LT(socketPath.size(), sizeof(address.sun_path));
    socketPath.copy(address.sun_path, socketPath.size());
    const int server = ::socket(AF_UNIX, SOCK_STREAM, 0);
    ASSERT_EQ(::bind(server, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
    ::close(server);
    EXPECT_EQ(fates(), (Fates{{"pipe", "named pipe"}, {"socket", "socket"}}));
}

TEST_F(CollectSources, ADeviceFileIsTold) {
    const auto entries = collect({"/dev/null"});
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_EQ(entries[0].fate, FileFate::kSkipped);
    EXPECT_EQ(said(entries[0].reason), "not a regular file");
}

TEST_F(CollectSources, AFolderThatCannotBeOpenedIsTold) {
    m_tree.write("closed/a.txt", "x");
    m_tree.write("open.txt", "x");
    fs::permissions(m_tree.path(), fs::perms(0755));
    fs::permissions(m_home.path(), fs::perms(0755));
    fs::permissions(m_tree.path() / "closed", fs::perms::none);
    const bool isRoot = ::geteuid() == 0;
    const uid_t nobody = 65534;
    ASSERT_TRUE(!isRoot || ::seteuid(nobody) == 0);  // root may open anything
    const Fates all = fates();
    ASSERT_TRUE(!isRoot || ::seteuid(0) == 0);
    fs::permissions(m_tree.path() / "closed", fs::perms::owner_all);
    EXPECT_EQ(all, (Fates{{"closed", "cannot be opened: Permission denied"}, {"open.txt", "in"}}));
}

TEST_F(CollectSources, NamesThatAreNoUtf8AreShownRepairedAndOpenedAsTheyAre) {
    m_tree.write("caf\xE9.txt", "x");
    const auto entries = collect({m_tree.path()});
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_EQ(entries[0].name, "caf\xEF\xBF\xBD.txt");
    ReaderSet readers;
    EXPECT_TRUE(readDocument(entries[0], {}, readers).ok());
}

TEST_F(CollectSources, NamesThatLookAlikeOnceRepairedAreNumbered) {
    m_tree.write("a\xFE.txt", "x");
    m_tree.write("a\xFF.txt", "y");
    m_tree.write("d\xFE/c.txt", "z");
    m_tree.write("d\xFF/c.txt", "z");
    EXPECT_EQ(fates(),
              (Fates{{"a\xEF\xBF\xBD.txt", "in"},
                     {"a\xEF\xBF\xBD (2).txt", "in"},
                     {"d\xEF\xBF\xBD/c.txt", "in"},
                     {"d\xEF\xBF\xBD/c (2).txt", "in"}}));
}

TEST_F(CollectSources, DeepTreesEndWithAReasonNotACrash) {
    // Deeper than any path may be long: made step by step from within.
    const int home = ::open(".", O_RDONLY | O_DIRECTORY);
    ASSERT_EQ(::chdir(m_tree.path().c_str()), 0);
    constexpr int kDepth = 3000;
    for (int i = 0; i < kDepth; ++i) {
        ASSERT_EQ(::mkdir("d", 0700), 0);
        ASSERT_EQ(::chdir("d"), 0);
    }
    ASSERT_EQ(::fchdir(home), 0);
    ::close(home);
    const Fates all = fates();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all.begin()->second, "cannot be opened: File name too long");
}

TEST_F(CollectSources, SeveralRootsAreNamedApart) {
    m_tree.write("x/src/a.c", "x");
    m_tree.write("y/src/a.c", "x");
    m_tree.write("notes.txt", "x");
    std::vector<std::string> names;
    for (const SourceEntry& entry :
         collect({m_tree.path() / "x/src", m_tree.path() / "y/src", m_tree.path() / "notes.txt"})) {
        names.push_back(entry.name);
    }
    const std::string top = m_tree.path().filename();
    EXPECT_EQ(names, (std::vector<std::string>{"x/src/a.c", "y/src/a.c", top + "/notes.txt"}));
}

TEST_F(CollectSources, WhatIsChosenTwiceIsTakenOnce) {
    m_tree.write("p/src/a.c", "x");
    m_tree.write("p/b.c", "x");
    const fs::path project = m_tree.path() / "p";
    int taken = 0;
    for (const SourceEntry& entry : collect({project, project / "src", project, project / "b.c"})) {
        taken += entry.fate == FileFate::kIn ? 1 : 0;
        if (entry.fate == FileFate::kSkipped) {
            EXPECT_EQ(said(entry.reason), "chosen twice: already in the list");
        }
    }
    EXPECT_EQ(taken, 2);
}

TEST_F(CollectSources, AChosenFileIsTakenAgainstTheRulesButNotTheLimit) {
    m_tree.write(".gitignore", "*\n");
    const fs::path lock = m_tree.write("yarn.lock", "x");
    auto entries = collect({lock});
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_EQ(entries[0].fate, FileFate::kIn);
    EXPECT_EQ(entries[0].name, "yarn.lock");
    SourceOptions options;
    options.maxFileBytes = 0;
    entries = collect({lock}, options);
    EXPECT_EQ(said(entries[0].reason), "1 byte, over the limit of 0 bytes");
}

TEST_F(CollectSources, SaysNotFoundForAPlaceThatIsNot) {
    const auto entries = collectSources({m_tree.path() / "none"}, {});
    ASSERT_FALSE(entries.ok());
    EXPECT_EQ(entries.error().code, ErrorCode::kNotFound);
    EXPECT_EQ(said(entries.error()),
              (m_tree.path() / "none").string() + ": No such file or directory");
}

TEST_F(CollectSources, AMissingPlaceAmongOthersIsAReason) {
    m_tree.write("p/a.txt", "x");
    std::map<std::string, std::string> reasons;
    for (const SourceEntry& entry : collect({m_tree.path() / "none.pdf", m_tree.path() / "p"})) {
        reasons[entry.name] = said(entry.reason);
    }
    EXPECT_EQ(reasons, (Fates{{"none.pdf", "No such file or directory"}, {"p/a.txt", ""}}));
}

TEST_F(CollectSources, StopsWhenAskedTo) {
    m_tree.write("a.txt", "x");
    std::stop_source source;
    source.request_stop();
    const auto entries = collectSources({m_tree.path()}, {}, source.get_token());
    ASSERT_FALSE(entries.ok());
    EXPECT_EQ(entries.error().code, ErrorCode::kCancelled);
}

TEST_F(CollectSources, GivesEntriesWhileItWalks) {
    m_tree.write("a/b.txt", "x");
    m_tree.write("c.txt", "x");
    std::stop_source source;
    std::vector<std::string> names;
    const Status walked =
        walkSources({m_tree.path()}, {}, source.get_token(), [&](const SourceEntry& entry) {
            names.push_back(entry.name);
            source.request_stop();
        });
    ASSERT_FALSE(walked.ok());
    EXPECT_EQ(walked.error().code, ErrorCode::kCancelled);
    EXPECT_EQ(names, (std::vector<std::string>{"a/b.txt"}));
}

}  // namespace
}  // namespace tl
