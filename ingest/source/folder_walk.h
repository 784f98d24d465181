// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <unordered_set>

#include "ingest/corpus.h"
#include "ingest/io/unique_names.h"

namespace tl {

// What one or several walks have met so far.
struct WalkRecord {
    const FoundEntry& found;
    bool keepsPaths = false;                // needed only when several roots are walked
    std::unordered_set<std::string> paths;  // every file and folder met
    UniqueNames repairedNames;              // of entries, that were no UTF-8
};

// Walks one chosen folder and gives out its entries. `root` is canonical; `shown` stands before the
// names of the entries: "" or with a '/' at its end. kCancelled.
Status walkFolder(const std::filesystem::path& root,
                  const std::string& shown,
                  const SourceOptions& options,
                  WalkRecord& record,
                  const std::stop_token& stop);

// kOverSizeLimit, kEmptyFile; none when the size is right.
Reason sizeRule(std::string_view name, int64_t bytes, const SourceOptions& options);

}  // namespace tl
