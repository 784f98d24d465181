// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace tl {

struct ArchiveMember {
    std::string name{};
    std::string bytes{};
    std::string linkTo{};  // not empty: a symbolic link
    std::string hardLinkTo{};
    bool isFolder = false;
    bool isDevice = false;
};

// Formats "zip", "tar" (pax), "gnutar" and "raw"; filters "none", "gzip", "bzip2", "xz", "zstd".
// A password encrypts the members of a zip archive. Fails the process when libarchive does.
std::string makeArchive(const std::vector<ArchiveMember>& members,
                        const std::string& format,
                        const std::string& filter = "none",
                        const std::string& password = "");

}  // namespace tl
