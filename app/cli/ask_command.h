// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command_line.h"
#include "app/cli/terminal.h"
#include "app/project/project_commands.h"

namespace tl {

// Reads the files, answers the question or the file of questions, prints. The exit status.
int runAsk(const AskRequest& request, const ModelLoader& loadModel, const Terminal& terminal);
int runAsk(const AskRequest& request, const Terminal& terminal);

}  // namespace tl
