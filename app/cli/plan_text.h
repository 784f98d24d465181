// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <optional>
#include <vector>

#include "app/corpus/corpus_plan.h"

namespace tl {

// The plan as tables. `seconds`: what reading would take; nullopt while this is not known.
void printPlan(const CorpusPlan& plan, std::optional<double> seconds, std::ostream& out);

// Every file with what becomes of it and all that is said of it, in reading order.
void printFiles(const std::vector<FileRow>& rows, std::ostream& out);

}  // namespace tl
