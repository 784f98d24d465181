// SPDX-License-Identifier: Apache-2.0
#include "ingest/document_file.h"

#include <algorithm>
#include <blake2.h>
#include <cstdint>
#include <utility>

#include "ingest/cache/extract_file.h"
#include "ingest/io/file_bytes.h"
#include "ingest/reading/extract_document.h"
#include "ingest/reading/reduce_document.h"

namespace tl {

namespace {

constexpr size_t kHashBytes = 32;

// What was let in once is not stopped by a limit when it comes back.
ReadLimits anyLength() {
    ReadLimits limits;
    limits.maxTextBytes = (int64_t{1} << 32) - 1;  // places in a text are of 32 bits
    return limits;
}

}  // namespace

std::string packReading(const Reading<Document>& reading) {
    return packExtract(reading.ok() ? Reading<Extract>(extractOf(reading.value()))
                                    : Reading<Extract>(reading.error()));
}

std::optional<Reading<Document>> unpackReading(std::string_view bytes,
                                               const SourceEntry& entry,
                                               const std::vector<ReduceRule>& reduce) {
    std::optional<Reading<Extract>> extract = unpackExtract(bytes, anyLength());
    if (!extract) {
        return std::nullopt;
    }
    if (!extract->ok()) {
        return Reading<Document>(extract->error());
    }
    Document document = documentOf(entry, std::move(*extract).value());
    reduceDocument(reduce, document);
    return Reading<Document>(std::move(document));
}

std::string contentHash(std::string_view bytes) {
    std::string hash(kHashBytes, '\0');
    blake2b(reinterpret_cast<uint8_t*>(hash.data()),
            bytes.data(),
            /*key=*/nullptr,
            hash.size(),
            bytes.size(),
            /*keylen=*/0);
    return hash;
}

Reading<std::string> hashFile(const SourceEntry& entry, const SourceOptions& options) {
    const Reading<std::string> bytes = readFileBytes(entry.path, maxBytesOf(entry.name, options));
    if (!bytes.ok()) {
        return bytes.error();
    }
    return contentHash(bytes.value());
}

}  // namespace tl
