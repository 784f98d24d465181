// SPDX-License-Identifier: Apache-2.0
#include "app/corpus/leave_out.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_set>

#include "app/wording.h"

namespace tl {

namespace {

constexpr size_t kMostFolders = 3;

struct FolderSize {
    int64_t tokens = 0;
    int64_t files = 0;
    bool isArchive = false;  // a file that holds others
};

// Of every folder that holds a file which is in, however deep, by its name with a '/' at the end.
using FolderSizes = std::map<std::string, FolderSize, std::less<>>;

FolderSizes folderSizes(const std::vector<FileRow>& rows) {
    std::unordered_set<std::string_view> names;
    for (const FileRow& row : rows) {
        names.insert(row.name);
    }
    FolderSizes sizes;
    for (const FileRow& row : rows) {
        if (row.state != FileRow::State::kIn) {
            continue;
        }
        for (size_t slash = row.name.find('/'); slash != std::string::npos;
             slash = row.name.find('/', slash + 1)) {
            FolderSize& size = sizes[row.name.substr(0, slash + 1)];
            size.tokens += row.tokens;
            ++size.files;
            size.isArchive = names.contains(std::string_view(row.name).substr(0, slash));
            if (size.isArchive) {
                break;  // patterns for the walk do not reach into it
            }
        }
    }
    return sizes;
}

// Nearly all of the folder stands in one folder within it.
bool isShell(FolderSizes::const_iterator folder, const FolderSizes& sizes) {
    for (auto within = std::next(folder);
         within != sizes.end() && within->first.starts_with(folder->first);
         ++within) {
        if (within->second.tokens * 10 >= folder->second.tokens * 9) {
            return true;
        }
    }
    return false;
}

// Patterns with a '/' in front count from the chosen folder. With several of them the names start
// with more than that, and the folder's own name has to do.
std::string patternOf(std::string_view folder, bool isArchive, const SourceChoice& choice) {
    folder.remove_suffix(1);
    const std::string_view end = isArchive ? "" : "/";
    if (choice.paths.size() == 1) {
        return "/" + std::string(folder).append(end);
    }
    return std::string(folder.substr(folder.rfind('/') + 1)).append(end);
}

}  // namespace

std::string foldersToLeaveOut(const std::vector<FileRow>& rows,
                              int64_t tokens,
                              const SourceChoice& choice) {
    const FolderSizes sizes = folderSizes(rows);
    std::vector<FolderSizes::const_iterator> folders;
    for (auto folder = sizes.begin(); folder != sizes.end(); ++folder) {
        // What holds nearly everything is the corpus, not a part of it.
        const bool isAll = folder->second.tokens * 20 >= tokens * 19;
        if (folder->second.tokens > 0 && !isAll && !isShell(folder, sizes)) {
            folders.push_back(folder);
        }
    }
    std::stable_sort(folders.begin(), folders.end(), [](const auto& a, const auto& b) {
        return a->second.tokens > b->second.tokens;
    });
    std::string list;
    std::vector<std::string_view> named;
    for (const auto& folder : folders) {
        const bool isWithin = std::any_of(named.begin(), named.end(), [&](std::string_view name) {
            return folder->first.starts_with(name);
        });
        if (isWithin || named.size() == kMostFolders) {
            continue;
        }
        named.emplace_back(folder->first);
        list += list.empty() ? "" : "; ";
        list += "--exclude '" + patternOf(folder->first, folder->second.isArchive, choice) +
                "' leaves out " + grouped(folder->second.tokens) + " tokens of " +
                counted(folder->second.files, "file", "files") + ", " +
                grouped(tokens - folder->second.tokens) + " stay";
    }
    return list;
}

}  // namespace tl
