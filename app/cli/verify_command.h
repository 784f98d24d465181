// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command_line.h"
#include "app/cli/terminal.h"
#include "app/project/project_commands.h"

namespace tl {

// `verify`: looks at every part of a project file, and with samples reads stretches of it again.
// The exit status: 1 where anything is damaged or differs.
int runVerify(const ProjectRequest& request,
              const ModelLoader& loadModel,
              const Terminal& terminal);
int runVerify(const ProjectRequest& request, const Terminal& terminal);

}  // namespace tl
