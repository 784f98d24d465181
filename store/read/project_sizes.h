// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "store/project_reader.h"
#include "store/sqlite/database.h"

namespace tl {

// Takes a look at every row but at no blob: SQLite keeps their lengths in front.
Result<ProjectSizes> projectSizes(Database& database);

}  // namespace tl
