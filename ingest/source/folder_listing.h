// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/reason.h"

namespace tl {

enum class ItemKind { kFile, kFolder, kLink, kDevice, kPipe, kSocket, kUnknown };

struct FolderItem {
    std::string name;
    ItemKind kind = ItemKind::kUnknown;
    int64_t bytes = 0;       // of files
    int64_t modifiedNs = 0;  // likewise, from 1970
};

// When a file was last changed, in nanoseconds from 1970; 0 where it cannot be told.
int64_t modifiedNsOf(const std::filesystem::path& file);

// What a folder holds, in byte order of the names.
class FolderListing {
public:
    FolderListing() = default;
    explicit FolderListing(std::vector<FolderItem> items);

    // The folder itself may be a link. Items that vanish meanwhile are left out.
    static Reading<FolderListing> read(const std::filesystem::path& folder);

    const std::vector<FolderItem>& items() const { return m_items; }
    bool hasFile(std::string_view name) const { return kindOf(name) == ItemKind::kFile; }
    bool hasFolder(std::string_view name) const { return kindOf(name) == ItemKind::kFolder; }

private:
    ItemKind kindOf(std::string_view name) const;  // kUnknown when there is none

    std::vector<FolderItem> m_items;
};

}  // namespace tl
