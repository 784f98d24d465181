// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>

#include "app/app_types.h"
#include "app/model/language_model.h"
#include "app/project/project_file.h"
#include "app/project/source_changes.h"
#include "base/result.h"

namespace tl {

// How a project stands to the files that it was made of.
struct ProjectStatus {
    int64_t tokensRead = 0;
    int64_t tokensTotal = 0;
    std::optional<std::filesystem::path> missing;  // a chosen place; nothing below is told then
    SourceChanges changes;
    int64_t updatedTokens = 0;      // of the corpus as the files are now
    int64_t tokensToRead = 0;       // by an update
    std::optional<double> seconds;  // that this takes, at the speed of the last reading
};

// Needs no weights and reads no more of the files than what has changed. `passwords` are tried on
// encrypted ones. Errors of ProjectFile and loadCorpus(); the problem of a plan.
Result<ProjectStatus> statusOf(const std::filesystem::path& project,
                               const std::vector<std::string>& passwords,
                               const TextModel& model,
                               const std::stop_token& stop);

// The same of a project that is open for reading.
Result<ProjectStatus> statusOf(ProjectFile& file,
                               const std::vector<std::string>& passwords,
                               const TextModel& model,
                               const std::stop_token& stop);

}  // namespace tl
