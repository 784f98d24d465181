// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command_line.h"
#include "app/cli/terminal.h"

namespace tl {

// Lists the files, counts their tokens and says what reading them would take; loads no weights and
// reads nothing. The exit status: kExitFailed also for a plan that cannot be read.
int runPlan(const PlanRequest& request, const Terminal& terminal);

}  // namespace tl
