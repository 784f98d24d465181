// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command_line.h"
#include "app/cli/terminal.h"

namespace tl {

// Says what the files say of themselves; needs a tokenizer and no weights. The exit status:
// kExitFailed also for a corpus that could not be read.
int runOverview(const OverviewRequest& request, const Terminal& terminal);

}  // namespace tl
