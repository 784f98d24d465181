// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command_line.h"
#include "app/cli/command_options.h"

namespace tl {

// The commands about project files, once they are added to the program's.
struct ProjectWords {
    const CLI::App* read = nullptr;
    const CLI::App* update = nullptr;
    const CLI::App* status = nullptr;
    const CLI::App* verify = nullptr;
    const CLI::App* append = nullptr;

    bool isParsed() const;
};

ProjectWords addProjectCommands(CLI::App& app, CommandOptions& options);

// REQUIRES: words.isParsed()
Request projectRequest(const ProjectWords& words, CommandOptions& options);

}  // namespace tl
