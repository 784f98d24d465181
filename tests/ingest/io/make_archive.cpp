// SPDX-License-Identifier: Apache-2.0
#include "tests/ingest/io/make_archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace tl {
namespace {

void require(bool isDone, archive* handle) {
    if (!isDone) {
        const char* message = archive_error_string(handle);
        std::fprintf(stderr, "makeArchive: %s\n", message == nullptr ? "failed" : message);
        std::abort();
    }
}

la_ssize_t append(archive*, void* out, const void* bytes, size_t size) {
    static_cast<std::string*>(out)->append(static_cast<const char*>(bytes), size);
    return static_cast<la_ssize_t>(size);
}

unsigned int kindOf(const ArchiveMember& member) {
    if (member.isFolder) {
        return AE_IFDIR;
    }
    if (member.isDevice) {
        return AE_IFCHR;
    }
    return member.linkTo.empty() ? AE_IFREG : AE_IFLNK;
}

void writeMember(archive* handle, const ArchiveMember& member) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, member.name.c_str());
    archive_entry_set_filetype(entry, kindOf(member));
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, static_cast<la_int64_t>(member.bytes.size()));
    if (!member.linkTo.empty()) {
        archive_entry_set_symlink(entry, member.linkTo.c_str());
    }
    if (!member.hardLinkTo.empty()) {
        archive_entry_set_hardlink(entry, member.hardLinkTo.c_str());
    }
    require(archive_write_header(handle, entry) >= ARCHIVE_WARN, handle);
    if (!member.bytes.empty()) {
        require(archive_write_data(handle, member.bytes.data(), member.bytes.size()) >= 0, handle);
    }
    archive_entry_free(entry);
}

}  // namespace

std::string makeArchive(const std::vector<ArchiveMember>& members,
                        const std::string& format,
                        const std::string& filter,
                        const std::string& password) {
    std::string bytes;
    archive* handle = archive_write_new();
    const std::string name = format == "tar" ? "pax" : format;
    require(archive_write_set_format_by_name(handle, name.c_str()) == ARCHIVE_OK, handle);
    require(
        filter == "none" || archive_write_add_filter_by_name(handle, filter.c_str()) == ARCHIVE_OK,
        handle);
    archive_write_set_bytes_in_last_block(handle, 1);
    if (!password.empty()) {
        require(archive_write_set_options(handle, "zip:encryption=aes256") == ARCHIVE_OK, handle);
        require(archive_write_set_passphrase(handle, password.c_str()) == ARCHIVE_OK, handle);
    }
    require(archive_write_open(handle, &bytes, nullptr, append, nullptr) == ARCHIVE_OK, handle);
    for (const ArchiveMember& member : members) {
        writeMember(handle, member);
    }
    require(archive_write_close(handle) == ARCHIVE_OK, handle);
    archive_write_free(handle);
    return bytes;
}

}  // namespace tl
