// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command_line.h"
#include "app/cli/terminal.h"

namespace tl {

// Describes a model file without loading its weights. The exit status.
int runInfo(const InfoRequest& request, const Terminal& terminal);

}  // namespace tl
