// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <system_error>
#include <utility>

#include "ingest/corpus.h"
#include "ingest/io/root_names.h"
#include "ingest/source/folder_listing.h"
#include "ingest/source/folder_walk.h"
#include "ingest/source/ignore_pattern.h"

namespace tl {
namespace {

namespace fs = std::filesystem;

// A chosen place.
struct Root {
    fs::path path;        // canonical, where there is something
    std::string problem;  // why there is nothing; else empty
};

Root rootOf(const fs::path& chosen) {
    std::error_code error;
    fs::path path = fs::canonical(chosen, error);
    if (error) {
        std::error_code ignored;
        return {fs::absolute(chosen, ignored).lexically_normal(), error.message()};
    }
    return {std::move(path), ""};
}

// The chosen places, each once. kNotFound when none of them is there.
Result<std::vector<Root>> rootsOf(const std::vector<fs::path>& chosen) {
    std::vector<Root> roots;
    for (const fs::path& place : chosen) {
        Root root = rootOf(place);
        if (std::ranges::find(roots, root.path, &Root::path) == roots.end()) {
            roots.push_back(std::move(root));
        }
    }
    const auto isMissing = [](const Root& root) { return !root.problem.empty(); };
    if (!roots.empty() && std::ranges::all_of(roots, isMissing)) {
        return Error{ErrorCode::kNotFound,
                     toValidUtf8(chosen.front().native()) + ": " + roots.front().problem};
    }
    return roots;
}

std::vector<std::string> namesOf(const std::vector<Root>& roots) {
    std::vector<fs::path> paths;
    paths.reserve(roots.size());
    for (const Root& root : roots) {
        paths.push_back(root.path);
    }
    UniqueNames unique;
    std::vector<std::string> names = shortestNames(paths);
    for (std::string& name : names) {
        name = unique.take(name);
    }
    return names;
}

// A file that the user named: no rule speaks against it but its size.
void addChosenFile(const Root& root,
                   const std::string& shown,
                   const SourceOptions& options,
                   WalkRecord& record) {
    const fs::path& path = root.path;
    SourceEntry entry;
    entry.path = path;
    entry.name = shown;
    entry.isChosen = true;
    std::error_code error;
    if (!root.problem.empty()) {
        entry.reason = {.code = ReasonCode::kSystemError, .detail = root.problem};
    } else if (record.keepsPaths && !record.paths.insert(path.native()).second) {
        entry.reason.code = ReasonCode::kChosenTwice;
    } else if (!fs::is_regular_file(path, error)) {
        entry.reason.code = ReasonCode::kNotRegularFile;
    } else {
        entry.bytes = static_cast<int64_t>(fs::file_size(path, error));
        entry.modifiedNs = modifiedNsOf(path);
        entry.reason = error ? Reason{.code = ReasonCode::kSystemError, .detail = error.message()}
                             : sizeRule(shown, entry.bytes, options);
    }
    entry.fate = entry.reason.isNone() ? FileFate::kIn : FileFate::kSkipped;
    record.found(std::move(entry));
}

}  // namespace

bool matchesPattern(const std::string& pattern, std::string_view name) {
    return userPatterns({pattern}).decideWithFolders(name) != nullptr;
}

Status walkSources(const std::vector<fs::path>& roots,
                   const SourceOptions& options,
                   const std::stop_token& stop,
                   const FoundEntry& found) {
    const auto chosen = rootsOf(roots);
    if (!chosen.ok()) {
        return chosen.error();
    }
    const std::vector<std::string> names = namesOf(chosen.value());
    const bool isOneWalk = names.size() == 1 && options.appended.empty();
    WalkRecord record{.found = found, .keepsPaths = !isOneWalk, .paths = {}, .repairedNames = {}};
    // First, since a rule may speak against one where a folder is walked.
    for (const fs::path& appended : options.appended) {
        const Root root = rootOf(appended);
        addChosenFile(root, toValidUtf8(root.path.native()), options, record);
    }
    for (size_t i = 0; i < names.size(); ++i) {
        const Root& root = chosen.value()[i];
        std::error_code error;
        if (!fs::is_directory(root.path, error)) {
            addChosenFile(root, names[i], options, record);
            continue;
        }
        const std::string shown = names.size() > 1 ? names[i] + "/" : "";
        Status done = walkFolder(root.path, shown, options, record, stop);
        if (!done.ok()) {
            return done;
        }
    }
    return okStatus();
}

Result<std::vector<SourceEntry>> collectSources(const std::vector<fs::path>& roots,
                                                const SourceOptions& options,
                                                const std::stop_token& stop) {
    std::vector<SourceEntry> entries;
    const Status walked = walkSources(
        roots, options, stop, [&](SourceEntry entry) { entries.push_back(std::move(entry)); });
    if (!walked.ok()) {
        return walked.error();
    }
    return entries;
}

}  // namespace tl
