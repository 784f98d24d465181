// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <system_error>
#include <utility>

#include "ingest/corpus.h"
#include "ingest/source/folder_walk.h"
#include "ingest/source/ignore_pattern.h"
#include "ingest/source/root_names.h"

namespace tl {
namespace {

namespace fs = std::filesystem;

Result<fs::path> canonicalRoot(const fs::path& root) {
    std::error_code error;
    fs::path path = fs::canonical(root, error);
    if (error) {
        return Error{ErrorCode::kNotFound, toValidUtf8(root.native()) + ": " + error.message()};
    }
    return path;
}

// The chosen places, each once.
Result<std::vector<fs::path>> canonicalRoots(const std::vector<fs::path>& roots) {
    std::vector<fs::path> paths;
    for (const fs::path& root : roots) {
        auto path = canonicalRoot(root);
        if (!path.ok()) {
            return path.error();
        }
        if (std::find(paths.begin(), paths.end(), path.value()) == paths.end()) {
            paths.push_back(std::move(path).value());
        }
    }
    return paths;
}

// A file that the user named: no rule speaks against it but its size.
void addChosenFile(const fs::path& path,
                   const std::string& shown,
                   const SourceOptions& options,
                   WalkRecord& record) {
    SourceEntry entry;
    entry.path = path;
    entry.name = shown;
    entry.isChosen = true;
    std::error_code error;
    if (record.keepsPaths && !record.paths.insert(path.native()).second) {
        entry.reason = "chosen twice: already in the list";
    } else if (!fs::is_regular_file(path, error)) {
        entry.reason = "not a regular file";
    } else {
        entry.bytes = static_cast<int64_t>(fs::file_size(path, error));
        entry.reason = error ? error.message() : sizeRule(shown, entry.bytes, options);
    }
    entry.fate = entry.reason.empty() ? FileFate::kIn : FileFate::kSkipped;
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
    const auto paths = canonicalRoots(roots);
    if (!paths.ok()) {
        return paths.error();
    }
    const std::vector<std::string> names = shortestNames(paths.value());
    WalkRecord record{.found = found, .keepsPaths = names.size() > 1, .paths = {}};
    for (size_t i = 0; i < names.size(); ++i) {
        const fs::path& path = paths.value()[i];
        std::error_code error;
        if (!fs::is_directory(path, error)) {
            addChosenFile(path, names[i], options, record);
            continue;
        }
        const std::string shown = names.size() > 1 ? names[i] + "/" : "";
        const Status done = walkFolder(path, shown, options, record, stop);
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
