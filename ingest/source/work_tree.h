// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>

namespace tl {

// The nearest folder at or above `folder` (absolute) that holds a .git folder or file.
std::optional<std::filesystem::path> findWorkTree(const std::filesystem::path& folder);

// Where git keeps what it knows of a work tree, through the redirections of linked work trees and
// submodules. The files need not exist.
struct GitFiles {
    std::filesystem::path exclude;  // info/exclude: its own ignore rules that are not checked in
    std::filesystem::path config;
    std::filesystem::path index;
};
GitFiles gitFilesOf(const std::filesystem::path& workTree);

// Where git's rules for all of a user's work trees stand: core.excludesFile of ~/.gitconfig or of
// git/config under $XDG_CONFIG_HOME or ~/.config, else git/ignore beside the latter. Empty when
// there is no home folder. A relative path stays one: it is one of the work tree.
std::filesystem::path globalIgnoreFile();

// What a work tree's own configuration says; fields are nullopt where it says nothing.
struct WorkTreeConfig {
    std::optional<std::filesystem::path> excludesFile;
    size_t idBytes = 20;  // of an object's name
};
WorkTreeConfig workTreeConfig(const std::filesystem::path& configFile);

}  // namespace tl
