// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command_line.h"
#include "app/cli/terminal.h"
#include "app/project/project_commands.h"

namespace tl {

// `append`: reads a file after what a project has read, and with --follow what comes until it is
// stopped. The exit status.
int runAppend(const AppendRequest& request, const ModelLoader& loadModel, const Terminal& terminal);
int runAppend(const AppendRequest& request, const Terminal& terminal);

}  // namespace tl
