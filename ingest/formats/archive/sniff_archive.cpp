// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/archive/sniff_archive.h"

#include <algorithm>
#include <array>
#include <string>

#include "ingest/io/file_kinds.h"

namespace tl {
namespace {

constexpr int kByBytes = 95;
constexpr int kByBytesAlone = 60;
constexpr int kByName = 50;

constexpr std::array<std::string_view, 14> kExtensions{"bz2",
                                                       "crate",
                                                       "egg",
                                                       "gem",
                                                       "gz",
                                                       "tar",
                                                       "tbz2",
                                                       "tgz",
                                                       "txz",
                                                       "tzst",
                                                       "whl",
                                                       "xz",
                                                       "zip",
                                                       "zst"};
static_assert(std::is_sorted(kExtensions.begin(), kExtensions.end()));

constexpr std::array<std::string_view, 6> kStarts{"PK\3\4",
                                                  "PK\5\6",
                                                  "\x1F\x8B\x08",
                                                  "BZh",
                                                  "\xFD"
                                                  "7zXZ",
                                                  "\x28\xB5\x2F\xFD"};

bool isTar(std::string_view head) {
    constexpr size_t kMagicAt = 257;
    return head.size() > kMagicAt && head.substr(kMagicAt).starts_with("ustar");
}

}  // namespace

int sniffArchive(std::string_view name, std::string_view head) {
    const bool hasName =
        std::binary_search(kExtensions.begin(),
                           kExtensions.end(),
                           std::string_view(extensionOf(name.substr(name.rfind('/') + 1))));
    const bool hasBytes =
        isTar(head) || std::any_of(kStarts.begin(), kStarts.end(), [&](std::string_view start) {
            return head.starts_with(start);
        });
    if (hasBytes) {
        return hasName ? kByBytes : kByBytesAlone;
    }
    return hasName ? kByName : 0;
}

}  // namespace tl
