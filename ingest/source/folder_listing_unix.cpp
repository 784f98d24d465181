// SPDX-License-Identifier: Apache-2.0
// One pass over the folder and one fstatat() per item that is no folder: what a walk of 50,000
// files costs is decided here.
#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>

#include "ingest/io/file_bytes.h"
#include "ingest/source/folder_listing.h"

namespace tl {
namespace {

struct FolderCloser {
    void operator()(DIR* folder) const { ::closedir(folder); }
};

ItemKind kindOfMode(mode_t mode) {
    switch (mode & S_IFMT) {
        case S_IFREG:
            return ItemKind::kFile;
        case S_IFDIR:
            return ItemKind::kFolder;
        case S_IFLNK:
            return ItemKind::kLink;
        case S_IFCHR:
        case S_IFBLK:
            return ItemKind::kDevice;
        case S_IFIFO:
            return ItemKind::kPipe;
        case S_IFSOCK:
            return ItemKind::kSocket;
        default:
            return ItemKind::kUnknown;
    }
}

int64_t modifiedNs(const struct stat& info) {
    constexpr int64_t kNsPerSecond = 1'000'000'000;
    return static_cast<int64_t>(info.st_mtim.tv_sec) * kNsPerSecond + info.st_mtim.tv_nsec;
}

// False when the item is gone.
bool examine(int folder, const dirent& entry, FolderItem& item) {
    if (entry.d_type == DT_DIR) {
        item.kind = ItemKind::kFolder;
        return true;
    }
    struct stat info {};
    if (::fstatat(folder, entry.d_name, &info, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno != ENOENT;  // what else goes wrong leaves kUnknown, which the walk tells
    }
    item.kind = kindOfMode(info.st_mode);
    if (item.kind == ItemKind::kFile) {
        item.bytes = info.st_size;
        item.modifiedNs = modifiedNs(info);
    }
    return true;
}

}  // namespace

int64_t modifiedNsOf(const std::filesystem::path& file) {
    struct stat info {};
    return ::stat(file.c_str(), &info) == 0 ? modifiedNs(info) : 0;
}

FolderListing::FolderListing(std::vector<FolderItem> items) : m_items(std::move(items)) {
    std::sort(m_items.begin(), m_items.end(), [](const FolderItem& a, const FolderItem& b) {
        return a.name < b.name;
    });
}

Reading<FolderListing> FolderListing::read(const std::filesystem::path& folder) {
    const std::unique_ptr<DIR, FolderCloser> stream(::opendir(folder.c_str()));
    if (!stream) {
        return Failure{ErrorCode::kIo,
                       {.code = ReasonCode::kCannotBeOpened, .detail = describeErrno(errno)}};
    }
    std::vector<FolderItem> items;
    for (;;) {
        errno = 0;
        const dirent* entry = ::readdir(stream.get());
        if (entry == nullptr) {
            break;
        }
        FolderItem item{.name = entry->d_name};
        if (item.name != "." && item.name != ".." && examine(::dirfd(stream.get()), *entry, item)) {
            items.push_back(std::move(item));
        }
    }
    if (errno != 0) {
        return Failure{ErrorCode::kIo,
                       {.code = ReasonCode::kCannotBeRead, .detail = describeErrno(errno)}};
    }
    return FolderListing(std::move(items));
}

ItemKind FolderListing::kindOf(std::string_view name) const {
    const auto at = std::lower_bound(
        m_items.begin(), m_items.end(), name, [](const FolderItem& item, std::string_view wanted) {
            return item.name < wanted;
        });
    return at != m_items.end() && at->name == name ? at->kind : ItemKind::kUnknown;
}

}  // namespace tl
