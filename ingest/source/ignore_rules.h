// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/reason.h"
#include "ingest/source/git_index.h"
#include "ingest/source/ignore_pattern.h"

namespace tl {

enum class IgnoreAnswer {
    kNoRule,
    kIgnored,
    kTakenBack,        // a line with '!' in a file of git
    kTakenBackForAll,  // a line with '!' in an .ignore file: also stronger than the default rules
    kHoldsTracked,     // a folder that git ignores, but tracks files in: they alone are not ignored
};

struct IgnoreVerdict {
    IgnoreAnswer answer = IgnoreAnswer::kNoRule;
    Reason reason;  // by which rule; for kIgnored and kHoldsTracked
};

// A file of rules, or of what git tracks, that is there and cannot be used.
struct UnusableRules {
    std::filesystem::path path;
    std::string shown;
    Reason reason;
};

// The ignore files that hold where a walk stands. Enter a folder before asking about what it
// holds, leave it afterwards; an ignored folder is not entered, so nothing below one is ever
// asked about and nothing below one can be taken back.
//
// From strong to weak: .ignore files, .gitignore files (deeper ones first in both), the work
// tree's .git/info/exclude, the user's global file (core.excludesFile). Within a file the last
// match decides. The rules of git stop at the border of a work tree that lies inside another, and
// do not speak about what its index lists. Thread-compatible.
class IgnoreRules {
public:
    // A folder as the rules need to know it.
    struct Folder {
        std::string relative;        // to where the rules start; "" or with a '/' at its end
        std::filesystem::path path;  // where it stands on disk
        std::string shown;           // how reasons name it; "" or with a '/' at its end
        bool hasGitIgnore = false;   // it holds a .gitignore,
        bool hasDotIgnore = false;   // an .ignore,
        bool isWorkTree = false;     // a .git
    };

    // `globalFile` may be empty or missing; a relative one is looked for in each work tree.
    explicit IgnoreRules(const std::filesystem::path& globalFile);

    void enter(const Folder& folder);
    void leave();

    // `path` is relative to where the rules start. `ignoredAbove` is the reason of the nearest
    // folder above it that kHoldsTracked was said of, or none.
    IgnoreVerdict ask(std::string_view path, bool isFolder, const Reason& ignoredAbove);

    // Those met since the last call.
    std::vector<UnusableRules> takeUnusable() { return std::exchange(m_unusable, {}); }

private:
    struct Level {
        std::optional<IgnoreFile> gitIgnore;
        std::optional<IgnoreFile> dotIgnore;
        std::optional<IgnoreFile> exclude;
        std::optional<IgnoreFile> global;  // in place of the user's
        bool hasOwnGlobal = false;
        bool isWorkTree = false;
        size_t relativeSize = 0;        // of the folder's path
        std::optional<GitIndex> index;  // once something was ignored
        std::filesystem::path indexFile;
        std::string indexShown;
        size_t idBytes = 0;
    };

    struct Decision {
        const IgnoreFile* file = nullptr;
        const IgnorePattern* pattern = nullptr;
    };

    std::optional<IgnoreFile> load(const std::filesystem::path& path,
                                   std::string shown,
                                   const std::string& folder);
    void enterWorkTree(const Folder& folder, Level& level);
    const GitIndex& indexOf(Level& level);
    Decision decideByDotIgnore(std::string_view path, bool isFolder) const;
    Decision decideByGit(std::string_view path, bool isFolder) const;
    IgnoreVerdict unlessTracked(std::string_view path, bool isFolder, const Reason& reason);

    const std::filesystem::path m_globalFile;
    std::vector<Level> m_levels;
    std::optional<IgnoreFile> m_global;
    std::vector<UnusableRules> m_unusable;
};

}  // namespace tl
