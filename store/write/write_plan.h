// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "store/project_values.h"
#include "store/sqlite/database.h"

namespace tl {

// Puts a plan's end after what is kept of it. kInvalidInput where there is less than is to be
// kept.
Status writePlan(Database& database, const PlanChange& plan);

}  // namespace tl
