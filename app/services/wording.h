// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/app_types.h"

namespace tl {

// A number for people: 1,048,576.
std::string grouped(int64_t number);

// The words of a reason that many files share: "binary file" for "binary file (ELF program)",
// "same content as another file" for one that names the file.
std::string skipKind(const std::string& reason);

// Skipped files by reason, most frequent first: "12 ignored by .gitignore, 3 binary file"; empty
// when nothing was skipped. Reasons that name a place or a file ("same content as a/b.txt") count
// as one by their words before it.
std::string skipSummary(const std::vector<FileRow>& rows);

}  // namespace tl
