// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command_line.h"
#include "app/cli/terminal.h"

namespace tl {

// `status`: how far a project is read, what has changed since, and what an update costs. The exit
// status.
int runStatus(const ProjectRequest& request, const Terminal& terminal);

}  // namespace tl
