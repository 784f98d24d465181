// SPDX-License-Identifier: Apache-2.0
// The ignore rules against the program they come from: random trees with random ignore files, and
// for every path in them the verdict, file, line and pattern that `git check-ignore` names.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>
#include <set>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ingest/corpus.h"
#include "ingest/io/file_bytes.h"
#include "ingest/source/git_index.h"
#include "tests/ingest/temp_tree.h"
#include "tests/support/said.h"

namespace tl {
namespace {

namespace fs = std::filesystem;
using Random = std::mt19937;

std::string pick(Random& random, std::span<const std::string_view> choices) {
    return std::string(choices[random() % choices.size()]);
}

std::string randomName(Random& random) {
    static constexpr std::array<std::string_view, 18> kNames{"a",
                                                             "b",
                                                             "ab",
                                                             "foo",
                                                             "foobar",
                                                             "x.o",
                                                             "a.c",
                                                             "o",
                                                             "ba",
                                                             "b]",
                                                             "#a",
                                                             "!b",
                                                             "a b",
                                                             "a ",
                                                             "A",
                                                             "7",
                                                             "a-b",
                                                             "\xC3\xA9"};
    return pick(random, kNames);
}

// A line that often means something in git's syntax, and often something odd.
std::string randomPattern(Random& random) {
    static constexpr std::array<std::string_view, 36> kPieces{"a",
                                                              "b",
                                                              "o",
                                                              "foo",
                                                              "ba",
                                                              "x.o",
                                                              ".",
                                                              "*",
                                                              "*",
                                                              "*",
                                                              "**",
                                                              "***",
                                                              "?",
                                                              "?",
                                                              "/",
                                                              "/",
                                                              "/",
                                                              "/**/",
                                                              "**/",
                                                              "/**",
                                                              "[ab]",
                                                              "[!a]",
                                                              "[^b]",
                                                              "[a-f]",
                                                              "[]]",
                                                              "[!]a]",
                                                              "[a-]",
                                                              "[[:alpha:]]",
                                                              "[[:digit:][:punct:]]",
                                                              "[[:nope:]]",
                                                              "[",
                                                              "\\",
                                                              "\\a",
                                                              " ",
                                                              "\\ ",
                                                              "[\\]a-]"};
    std::string pattern;
    if (random() % 4 == 0) {
        pattern += "!";
    }
    if (random() % 6 == 0) {
        pattern += "/";
    }
    for (size_t pieces = 1 + random() % 4; pieces > 0; --pieces) {
        pattern += pick(random, kPieces);
    }
    if (random() % 5 == 0) {
        pattern += pick(random, std::array<std::string_view, 5>{"/", "  ", "\r", " \r", "\\"});
    }
    return pattern;
}

std::string randomIgnoreFile(Random& random) {
    std::string text = random() % 8 == 0 ? "\xEF\xBB\xBF" : "";
    for (size_t lines = 1 + random() % 6; lines > 0; --lines) {
        const auto kind = random() % 10;
        text += kind == 0   ? ""
                : kind == 1 ? std::string("#").append(randomName(random))
                            : randomPattern(random);
        text += "\n";
    }
    if (random() % 3 == 0 && text.size() > 1) {
        text.pop_back();  // no line end at the end of the file
    }
    return text;
}

// Runs a command and gives what it wrote.
std::string outputOf(const std::string& command) {
    std::string output;
    FILE* pipe = ::popen(command.c_str(), "r");
    std::array<char, 4096> buffer{};
    while (size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
        output.append(buffer.data(), count);
    }
    ::pclose(pipe);
    return output;
}

// A tree with ignore files at all places git looks at, and a home folder that holds nothing else.
class GitTree {
public:
    explicit GitTree(uint32_t seed) {
        ::setenv("XDG_CONFIG_HOME", (m_temp.path() / "config").c_str(), 1);
        ::setenv("HOME", m_temp.path().c_str(), 1);
        ::setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
        Random random(seed);
        // What git demands of a repository, without the time that git init takes.
        m_temp.write("tree/.git/HEAD", "ref: refs/heads/main\n");
        m_temp.makeFolder("tree/.git/objects");
        m_temp.makeFolder("tree/.git/refs");
        fillFolder(random, "tree/", 0);
        m_temp.write("tree/.git/info/exclude", randomIgnoreFile(random));
        m_temp.write("config/git/ignore", randomIgnoreFile(random));
        writeConfig(random);
        if (random() % 2 == 0) {
            trackSome(random);
        }
    }

    fs::path root() const { return m_temp.path() / "tree"; }
    const std::set<std::string>& paths() const { return m_paths; }

    // For each path the reason git has to ignore it, in our words; "" when it does not.
    std::map<std::string, std::string> askGit() const {
        std::string list;
        for (const std::string& path : m_paths) {
            list += path + '\0';
        }
        m_temp.write("list", list);
        std::istringstream answers(outputOf("cd " + root().string() +
                                            " && git check-ignore -v -n -z --stdin < " +
                                            (m_temp.path() / "list").string()));
        std::map<std::string, std::string> reasons;
        std::array<std::string, 4> fields;  // file, line, pattern, path
        while (std::getline(answers, fields[0], '\0') && std::getline(answers, fields[1], '\0') &&
               std::getline(answers, fields[2], '\0') && std::getline(answers, fields[3], '\0')) {
            const bool isIgnored = !fields[0].empty() && !fields[2].starts_with('!');
            reasons[fields[3]] =
                isIgnored ? "ignored by " + fields[0] + ":" + fields[1] + ": " + fields[2] : "";
        }
        return reasons;
    }

    // Adds a third of the files to the index, whatever rules say.
    void trackSome(Random& random) {
        std::string list;
        for (const std::string& path : m_paths) {
            if (random() % 3 == 0 && fs::is_regular_file(root() / path)) {
                list += path + '\0';
            }
        }
        if (list.empty()) {
            return;
        }
        m_temp.write("tracked", list);
        const std::string files = " --pathspec-from-file=../tracked --pathspec-file-nul";
        const std::string version = std::to_string(2 + random() % 3);
        const std::string intent = random() % 3 == 0 ? " -N" : "";  // a bit that version 2 has not
        outputOf("cd " + root().string() + " && git --literal-pathspecs -c index.version=" +
                 version + " add -f" + intent + files + " 2>&1");
    }

    // What git lists as tracked.
    std::vector<std::string> tracked() const {
        std::istringstream list(outputOf("cd " + root().string() + " && git ls-files -z"));
        std::vector<std::string> paths;
        for (std::string path; std::getline(list, path, '\0');) {
            paths.push_back(path);
        }
        return paths;
    }

private:
    // In three trees of four core.excludesFile is set, in one of the three places that we look at.
    void writeConfig(Random& random) {
        const size_t place = random() % 4;
        if (place == 3) {
            return;
        }
        constexpr std::array<const char*, 3> kPlaces{
            "config/git/config", ".gitconfig", "tree/.git/config"};
        constexpr std::array<const char*, 3> kLines{
            "[core] excludesfile = ~/own/rules",
            "[Core]\n\tExcludesFile = \"~/own/ru\"les  # x",
            "[a]\n[core]\nexcludesFile=~/own/\\\nrules ; x"};
        m_temp.write(kPlaces.at(place), kLines.at(random() % kLines.size()));
        m_temp.write("own/rules", randomIgnoreFile(random));
    }

    void fillFolder(Random& random, const std::string& folder, int depth) {
        if (random() % (depth == 0 ? 1 : 3) == 0) {
            addFile(folder + ".gitignore", randomIgnoreFile(random));
        }
        for (size_t items = 3 + random() % 4; items > 0; --items) {
            const std::string path = folder + randomName(random);
            if (fs::exists(m_temp.path() / path)) {
                continue;
            }
            if (depth < 3 && random() % 2 == 0) {
                m_temp.makeFolder(path);
                m_paths.insert(path.substr(5));
                fillFolder(random, path + "/", depth + 1);
            } else {
                addFile(path, "text");
            }
        }
    }

    void addFile(const std::string& path, const std::string& bytes) {
        m_temp.write(path, bytes);
        m_paths.insert(path.substr(std::string_view("tree/").size()));
    }

    TempTree m_temp;
    std::set<std::string> m_paths;  // below tree/
};

// Our reason for a path: its own, or that of the folder above it that was not entered.
std::string reasonFor(const std::map<std::string, std::string>& skipped, const std::string& path) {
    for (size_t end = path.find('/'); end != std::string::npos; end = path.find('/', end + 1)) {
        if (const auto at = skipped.find(path.substr(0, end)); at != skipped.end()) {
            return at->second;
        }
    }
    const auto at = skipped.find(path);
    return at == skipped.end() ? "" : at->second;
}

// Adds the paths it compared that git ignores to `ignored`.
void compareWithGit(uint32_t seed, size_t& ignored) {
    const GitTree tree(seed);
    SourceOptions options;
    options.useDefaultRules = false;
    options.exclude = {"/.git/"};
    const auto entries = collectSources({tree.root()}, options);
    ASSERT_TRUE(entries.ok()) << said(entries.error());
    std::map<std::string, std::string> skipped;
    for (const SourceEntry& entry : entries.value()) {
        if (entry.fate == FileFate::kSkipped) {
            skipped[entry.name] = said(entry.reason);
        }
    }
    const auto expected = tree.askGit();
    ASSERT_EQ(expected.size(), tree.paths().size())
        << "git answered for fewer paths, seed " << seed;
    for (const auto& [path, reason] : expected) {
        EXPECT_EQ(reasonFor(skipped, path), reason) << "path " << path << ", seed " << seed;
        ignored += reason.empty() ? 0 : 1;
    }
}

TEST(GitIndex, ListsWhatGitLists) {
    if (outputOf("git --version 2>/dev/null").empty()) {
        GTEST_SKIP() << "git is not installed, and it is what this compares with";
    }
    std::set<char> versions;
    size_t listed = 0;
    for (uint32_t seed = 1; seed <= 30; ++seed) {
        const GitTree tree(seed);
        const auto bytes = readFileBytes(tree.root() / ".git/index", 1 << 20);
        if (!bytes.ok()) {
            continue;  // of a tree that tracks nothing
        }
        const auto index = GitIndex::parse(bytes.value(), 20);
        ASSERT_TRUE(index.ok()) << said(index.error());
        const std::vector<std::string> expected = tree.tracked();
        EXPECT_EQ(index.value().size(), expected.size());
        for (const std::string& path : expected) {
            EXPECT_TRUE(index.value().tracks(path)) << path;
            EXPECT_FALSE(index.value().tracks(path + "x")) << path;
        }
        listed += expected.size();
        versions.insert(bytes.value().at(7));
    }
    EXPECT_EQ(versions, (std::set<char>{2, 3, 4}));
    EXPECT_GT(listed, 50U);
}

TEST(GitIgnore, AnswersAsGitDoesOnRandomTrees) {
    if (outputOf("git --version 2>/dev/null").empty()) {
        GTEST_SKIP() << "git is not installed, and it is what this compares with";
    }
    const char* more = std::getenv("TL_GIT_TREES");  // for longer runs by hand
    const auto count = static_cast<uint32_t>(more != nullptr ? std::atoi(more) : 25);
    size_t ignored = 0;
    for (uint32_t seed = 1; seed <= count && !testing::Test::HasFailure(); ++seed) {
        compareWithGit(seed, ignored);
    }
    EXPECT_GT(ignored, 5 * count) << "the random patterns hardly ever match";
}

}  // namespace
}  // namespace tl
