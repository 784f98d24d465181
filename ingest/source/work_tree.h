// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>

namespace tl {

// The nearest folder at or above `folder` (absolute) that holds a .git folder or file.
std::optional<std::filesystem::path> findWorkTree(const std::filesystem::path& folder);

// Where the work tree's own ignore rules that are not checked in would stand: .git/info/exclude,
// through the redirections of linked work trees and submodules. The file need not exist.
std::filesystem::path workTreeExcludeFile(const std::filesystem::path& workTree);

// Where git's rules for all of a user's work trees stand by default: git/ignore under
// $XDG_CONFIG_HOME or ~/.config. Empty when neither variable is set.
std::filesystem::path globalIgnoreFile();

}  // namespace tl
