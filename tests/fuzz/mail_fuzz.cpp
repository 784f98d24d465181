// SPDX-License-Identifier: Apache-2.0
// Any bytes as a mailbox or a message: the extract keeps its promises and its limits, and no line
// of it is made of nothing.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>

#include "ingest/formats/mail/read_mail.h"
#include "ingest/formats/mail/sniff_mail.h"
#include "ingest/sandbox/check_extract.h"

namespace {

void require(bool isTrue) {
    if (!isTrue) {
        std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
    const std::string_view file(reinterpret_cast<const char*>(bytes), size);
    tl::ReadRequest request{.name = "a.eml", .bytes = file, .password = "", .limits = {}};
    request.limits.maxTextBytes = 1 << 16;
    request.limits.maxPartBytes = 1 << 14;
    request.limits.maxTotalBytes = 1 << 16;
    request.limits.maxParts = 100;
    tl::sniffMail(request.name, file.substr(0, 4096));
    tl::sniffMail("", file.substr(0, 4096));
    const auto mail = tl::readMail(request);
    if (!mail.ok()) {
        require(!mail.error().reason.isNone());
        return 0;
    }
    const tl::Extract& extract = mail.value();
    require(tl::checkExtract(extract, request.limits).ok());
    require(!extract.units.empty() || !extract.warnings.empty());
    std::set<std::string> names;
    for (const tl::Part& part : extract.parts) {
        require(names.insert(part.name).second);
        require(part.skipReason.isNone() != part.bytes.empty());
    }
    return 0;
}
