// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/result.h"
#include "store/project_values.h"
#include "store/sqlite/database.h"

namespace tl {

// Removes the checkpoints and pages beyond a position. kInvalidInput where it is neither 0 nor a
// checkpoint's: pages up to it alone would be of no use.
Status goBackTo(Database& database, int64_t position);

// Adds a checkpoint with its pages and keeps checkpoints within their budget, as StoreOptions has
// it. kInvalidInput where it is no later than the newest one, or a page is not within the positions
// between them.
Status writeCheckpoint(Database& database,
                       const StoredCheckpoint& checkpoint,
                       int64_t checkpointBytes);

}  // namespace tl
