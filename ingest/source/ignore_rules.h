// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/source/ignore_pattern.h"

namespace tl {

enum class IgnoreAnswer {
    kNoRule,
    kIgnored,
    kTakenBack,        // a line with '!' in a file of git
    kTakenBackForAll,  // a line with '!' in an .ignore file: also stronger than the default rules
};

struct IgnoreVerdict {
    IgnoreAnswer answer = IgnoreAnswer::kNoRule;
    std::string reason;  // "ignored by src/.gitignore:3: *.o"; only for kIgnored
};

// The ignore files that hold where a walk stands. Enter a folder before asking about what it
// holds, leave it afterwards; an ignored folder is not entered, so nothing below one is ever
// asked about and nothing below one can be taken back.
//
// From strong to weak: .ignore files, .gitignore files (deeper ones first in both), the work
// tree's .git/info/exclude, the user's global file. Within a file the last match decides. The
// rules of git stop at the border of a work tree that lies inside another. Thread-compatible.
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

    // `globalFile` may be empty or missing.
    explicit IgnoreRules(const std::filesystem::path& globalFile);

    void enter(const Folder& folder);
    void leave();

    // `path` is relative to where the rules start.
    IgnoreVerdict ask(std::string_view path, bool isFolder) const;

private:
    struct Level {
        std::optional<IgnoreFile> gitIgnore;
        std::optional<IgnoreFile> dotIgnore;
        std::optional<IgnoreFile> exclude;
        bool isWorkTree = false;
        size_t relativeSize = 0;  // of the folder's path
    };

    struct Decision {
        const IgnoreFile* file = nullptr;
        const IgnorePattern* pattern = nullptr;
    };

    Decision decideByDotIgnore(std::string_view path, bool isFolder) const;
    Decision decideByGit(std::string_view path, bool isFolder) const;

    std::vector<Level> m_levels;
    std::optional<IgnoreFile> m_global;
};

}  // namespace tl
