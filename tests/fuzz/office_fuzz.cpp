// SPDX-License-Identifier: Apache-2.0
// The first byte says which format the rest is, and whether it is the zip file itself or the XML of
// its members, which the target then zips: a fuzzer seldom finds its way through checksums. Members
// are told apart by lines of the form "=== name".
#include <archive.h>
#include <archive_entry.h>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "ingest/formats/sniff_office.h"
#include "tests/fuzz/format_check.h"

namespace {

la_ssize_t append(archive*, void* out, const void* bytes, size_t size) {
    static_cast<std::string*>(out)->append(static_cast<const char*>(bytes), size);
    return static_cast<la_ssize_t>(size);
}

void addMember(archive* zip, std::string_view name, std::string_view bytes) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, std::string(name).c_str());
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
    if (archive_write_header(zip, entry) == ARCHIVE_OK) {
        archive_write_data(zip, bytes.data(), bytes.size());
    }
    archive_entry_free(entry);
}

std::string zipOf(std::string_view members) {
    constexpr std::string_view kMark = "=== ";
    std::string bytes;
    archive* zip = archive_write_new();
    archive_write_set_format_zip(zip);
    archive_write_set_options(zip, "zip:compression=store");
    archive_write_open(zip, &bytes, nullptr, append, nullptr);
    for (size_t at = members.find(kMark); at != std::string_view::npos;) {
        const size_t nameAt = at + kMark.size();
        const size_t lineEnd = std::min(members.find('\n', nameAt), members.size());
        at = members.find(kMark, lineEnd);
        const size_t bodyAt = std::min(lineEnd + 1, members.size());
        addMember(zip,
                  members.substr(nameAt, lineEnd - nameAt),
                  members.substr(bodyAt, std::min(at, members.size()) - bodyAt));
    }
    archive_write_close(zip);
    archive_write_free(zip);
    return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
    constexpr std::string_view kFormats[] = {"docx", "odt", "pptx", "epub"};
    if (size < 1) {
        return 0;
    }
    const std::string_view rest(reinterpret_cast<const char*>(bytes) + 1, size - 1);
    const std::string_view format = kFormats[bytes[0] % 4];
    tl::sniffDocx("a", rest.substr(0, 4096));
    tl::sniffOdt("a", rest.substr(0, 4096));
    if ((bytes[0] & 4) != 0) {
        tl::readAndCheck(format, zipOf(rest));
    } else {
        tl::readAndCheck(format, rest);  // flat XML too, as ODT
    }
    return 0;
}
