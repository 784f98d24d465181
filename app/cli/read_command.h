// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command_line.h"
#include "app/cli/terminal.h"
#include "app/project/project_commands.h"

namespace tl {

// `read` and `update`: brings a project file up to what its files are now, and reads on where it
// stopped. The exit status.
int runRead(const ProjectRequest& request, const ModelLoader& loadModel, const Terminal& terminal);
int runRead(const ProjectRequest& request, const Terminal& terminal);

// checkPlace(), whose error names the switch that says another place.
Status checkPlaceHere(const std::filesystem::path& project);

// The model that a request for a project means: the file that the user names, else the one that the
// project was read with.
ModelChoice modelFor(const std::filesystem::path& project, const ModelChoice& asked);

}  // namespace tl
