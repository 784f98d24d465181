// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace tl {

// As Reader::sniff(): zip and tar, plain or packed with gzip, bzip2, xz or zstd, and single files
// packed so. Office documents and e-books are zip archives too; their own readers, which look into
// them, have to give more than the 60 that a zip archive without a telling name gets here.
int sniffArchive(std::string_view name, std::string_view head);

}  // namespace tl
