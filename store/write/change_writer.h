// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/result.h"
#include "store/project_values.h"
#include "store/sqlite/database.h"

namespace tl {

// Does what a change says, in its order. In a transaction of the caller's, which is rolled back
// when this fails. checkpointBytes as StoreOptions has it. kInvalidInput for a change that does not
// fit what the file holds.
Status applyChange(Database& database, const ProjectChange& change, int64_t checkpointBytes);

// About what a change takes in memory.
int64_t sizeOf(const ProjectChange& change);

}  // namespace tl
