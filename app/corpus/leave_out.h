// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "app/app_types.h"

namespace tl {

// Which folders to leave out of a corpus of so many tokens that is over the limit, with the pattern
// that does so and what it costs: "--exclude '/.pc/' leaves out 514,199 tokens of 61 files, 602,473
// stay". Three at most, those with the most tokens; of folders within each other the innermost one
// that has nearly all of it. Empty when all files stand beside each other.
std::string foldersToLeaveOut(const std::vector<FileRow>& rows,
                              int64_t tokens,
                              const SourceChoice& choice);

}  // namespace tl
