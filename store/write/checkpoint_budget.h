// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "store/project_reader.h"

namespace tl {

// Which checkpoints, of all in order of their positions, have to go so that the others keep within
// a budget: one after the other the one whose neighbours lie closest together, so that those that
// stay are spread over the whole sequence; of equal ones the earliest. The newest two stay always:
// the end, and the last place before it where reading can go on as if it had never stopped.
std::vector<int64_t> checkpointsToEvict(std::span<const CheckpointInfo> checkpoints,
                                        int64_t budgetBytes);

}  // namespace tl
