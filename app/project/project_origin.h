// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "app/app_types.h"
#include "base/result.h"
#include "engine/fingerprint.h"

namespace tl {

// What a project file was made of: the user's choice without its passwords, the model file that was
// asked for (empty: the shipped one) and the engine that read.
struct ProjectOrigin {
    SourceChoice sources;  // paths are absolute
    std::filesystem::path model;
    Fingerprint fingerprint;
    int64_t checkpointTokens = 0;  // between two checkpoints
};

using ProjectProperties = std::map<std::string, std::string>;

// As the properties of a project file, docs/project_format.md; and back. kCorrupt names the
// property that is missing or makes no sense.
ProjectProperties propertiesOf(const ProjectOrigin& origin);
Result<ProjectOrigin> originOf(const ProjectProperties& properties);

// The choice with absolute paths, as a project file keeps it.
SourceChoice keptChoice(const SourceChoice& choice);

// In what two choices differ, each in a word: "files", "--include". Passwords, the cache, limits of
// memory and files that were appended are no difference. Empty where they are equal.
std::vector<std::string> differences(const SourceChoice& theirs, const SourceChoice& ours);

// A short name for all of a fingerprint: 64 hexadecimal digits.
std::string digestOf(const Fingerprint& fingerprint);

// Bytes as hexadecimal digits.
std::string hexadecimal(std::string_view bytes);

}  // namespace tl
