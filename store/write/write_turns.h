// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "store/project_values.h"
#include "store/sqlite/database.h"

namespace tl {

// A change's conversations and turns, those put and those removed.
Status writeTurns(Database& database, const ProjectChange& change);

}  // namespace tl
