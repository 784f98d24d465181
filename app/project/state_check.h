// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "app/model/language_model.h"
#include "app/project/project_file.h"
#include "base/result.h"

namespace tl {

// Reads `count` stretches between neighbouring states of a project again, chosen by `seed`, all
// where there are no more, and says of each that does not end in the state that is kept. The
// project is this model's. Errors of ProjectFile; kCancelled.
Result<std::vector<std::string>> checkStates(ProjectFile& file,
                                             LanguageModel& model,
                                             int64_t count,
                                             uint64_t seed,
                                             const std::stop_token& stop);

}  // namespace tl
