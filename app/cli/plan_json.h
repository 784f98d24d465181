// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/corpus/corpus_plan.h"

namespace tl {

// The plan with every file as one JSON object; the fields are described in docs/app.md. `seconds`:
// what reading would take, where it is known.
std::string planJson(const CorpusPlan& plan,
                     const std::vector<FileRow>& rows,
                     std::optional<double> seconds);

}  // namespace tl
