// SPDX-License-Identifier: Apache-2.0
// A file of the cache: what is taken keeps the promises of an extract, within the limits, and
// packed again it is the same. Every second input is packed first, so that what zstd's checks would
// stop reaches what stands behind them.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <zstd.h>

#include "ingest/cache/extract_file.h"
#include "ingest/sandbox/check_extract.h"
#include "ingest/sandbox/protocol.h"

namespace {

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

// As packExtract() does it.
std::string packed(std::string_view body) {
    std::string file = tl::packExtract(tl::Extract{}).substr(0, 8);
    file.resize(8 + ZSTD_compressBound(body.size()));
    const size_t size =
        ZSTD_compress(file.data() + 8, file.size() - 8, body.data(), body.size(), /*level=*/1);
    require(ZSTD_isError(size) == 0);
    file.resize(8 + size);
    return file;
}

void check(std::string_view file) {
    tl::ReadLimits limits;
    limits.maxTextBytes = 1 << 12;
    limits.maxPartBytes = 1 << 10;
    limits.maxTotalBytes = 1 << 11;
    limits.maxParts = 10;
    const auto extract = tl::unpackExtract(file, limits);
    if (!extract) {
        return;
    }
    require(!extract->ok() || tl::checkExtract(extract->value(), limits).ok());
    require(extract->ok() || !extract->error().reason.isNone());
    const auto again = tl::unpackExtract(tl::packExtract(*extract), limits);
    require(again && tl::encodeResult(*again) == tl::encodeResult(*extract));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
    if (size < 1) {
        return 0;
    }
    const std::string_view input(reinterpret_cast<const char*>(bytes) + 1, size - 1);
    if (bytes[0] % 2 == 0) {
        check(input);
    } else {
        check(packed(input));
    }
    return 0;
}
