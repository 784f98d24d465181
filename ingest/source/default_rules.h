// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "ingest/reason.h"
#include "ingest/source/folder_listing.h"

namespace tl {

// What is not worth reading in about any project, told by names alone. Each function gives the
// reason, none when no rule speaks.

// .git and its like.
Reason versionControlRule(std::string_view name);

// For a folder by its name and what stands beside it. Names that also serve for sources (target,
// dist, build, vendor) count only beside the file of the tool that makes them.
Reason folderRule(std::string_view name, const FolderListing& beside);

// For a folder by marks that tools leave in it: CMakeCache.txt, pyvenv.cfg, CACHEDIR.TAG...; and by
// a licence of its own, where it stands in a folder for foreign code. `path` is as of the walk.
Reason folderMarkRule(std::string_view path, const FolderListing& inside);

// For a file by its name: what editors keep beside a file ("main.c~", ".main.c.swp"); such names
// as "main.c.orig" only beside the file itself.
Reason backupRule(std::string_view name, const FolderListing& beside);

// For a file by its name: lock files, minified and generated ones, packages of a package manager,
// kinds that nobody can read here. Images count as such unless `ocr` reads them.
Reason fileRule(std::string_view name, bool ocr);

// For a file that lies `within` a folder that is not listed, such as an archive's: the rules for
// each folder of its path that its name alone allows, then fileRule(). `folder` is set to the
// folder that is left out as a whole, if it is one.
Reason memberRule(std::string_view path, bool ocr, std::string_view& folder);

}  // namespace tl
