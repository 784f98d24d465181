// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "app/app_types.h"

namespace tl {

// Receives in one line why no window can be opened. Does not return: Qt ends the process then.
using NoWindowFn = std::function<void(const std::string& why)>;

// Opens the window with the given files and folders chosen (none: it asks for them) and returns
// the exit status once it is closed. argv must live until then.
int runWindow(int argc,
              char** argv,
              const ModelChoice& model,
              const std::vector<std::filesystem::path>& paths,
              const NoWindowFn& noWindow);

}  // namespace tl
