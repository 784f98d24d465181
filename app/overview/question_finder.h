// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "app/overview/finders.h"
#include "app/overview_types.h"

namespace tl {

// Three questions at most to begin with, each made from a statement or a passage that answers it:
// what the overview did not find is not asked about.
// The name that metadata or a README's title give the whole; empty where none does.
std::string findProjectName(const OverviewFacts& facts);

std::vector<OverviewQuestion> findQuestions(const OverviewFacts& facts,
                                            const std::vector<OverviewSection>& sections);

}  // namespace tl
