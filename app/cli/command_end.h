// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "app/cli/terminal.h"
#include "base/result.h"

namespace tl {

// How every command ends: the exit status of what it came to, and where that is an error one line
// "throughline: ..." on terminal.err. A command that was stopped says so by its name ("ask:
// stopped"). `kept` is put after the line: what is left of a run that failed; may be empty.
int endCommand(std::string_view command,
               const Status& status,
               const Terminal& terminal,
               const std::string& kept = "");

// `kept` of a run that reads into a project: how many tokens are read, where it was stopped and
// there are any.
std::string keptTokens(const Status& status, int64_t tokens, const std::filesystem::path& project);

}  // namespace tl
