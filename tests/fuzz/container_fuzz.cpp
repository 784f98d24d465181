// SPDX-License-Identifier: Apache-2.0
// Any bytes as an archive: names stay within the archive and apart, limits hold, and each member
// has its bytes or a reason.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>

#include "base/utf8.h"
#include "ingest/formats/archive/sniff_archive.h"
#include "ingest/io/read_archive.h"
#include "ingest/sandbox/check_extract.h"

namespace {

void require(bool isTrue) {
    if (!isTrue) {
        std::abort();
    }
}

void checkPart(const tl::Part& part, const tl::ReadLimits& limits) {
    require(!part.name.empty() && tl::isValidUtf8(part.name));
    // No step out of the archive; a name may begin with dots.
    require(("/" + part.name + "/").find("/../") == std::string::npos && part.name.front() != '/');
    require(part.skipReason.isNone() || part.bytes.empty());
    require(part.skipReason.isNone() || tl::isSound(part.skipReason));
    require(static_cast<int64_t>(part.bytes.size()) <= limits.maxPartBytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
    const std::string_view file(reinterpret_cast<const char*>(bytes), size);
    tl::ReadRequest request{.name = "a.tar.gz", .bytes = file, .password = "p", .limits = {}};
    request.limits.maxPartBytes = 1 << 18;
    request.limits.maxTotalBytes = 1 << 20;
    request.limits.maxParts = 1000;
    tl::sniffArchive(request.name, file.substr(0, 4096));
    const auto extract = tl::readArchive(request);
    if (!extract.ok()) {
        require(!extract.error().reason.isNone());
        return 0;
    }
    std::set<std::string> names;
    size_t total = 0;
    for (const tl::Part& part : extract.value().parts) {
        checkPart(part, request.limits);
        require(names.insert(part.name).second);
        total += part.bytes.size();
    }
    require(total <= static_cast<size_t>(request.limits.maxTotalBytes));
    return 0;
}
