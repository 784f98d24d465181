// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/corpus.h"
#include "ingest/document.h"
#include "ingest/reason.h"

namespace tl {

// What reading a file gave as bytes that can be kept, packed with zstd and its checksum: of a
// document all that stands in the file, whole where it was reduced, without name, path and parts;
// or why there is none.
std::string packReading(const Reading<Document>& reading);

// The document of this entry, reduced again by these rules, or why there is none. nullopt for
// whatever packReading() has not made, or made for another version. The bytes are not trusted.
std::optional<Reading<Document>> unpackReading(std::string_view bytes,
                                               const SourceEntry& entry,
                                               const std::vector<ReduceRule>& reduce);

// 32 bytes of BLAKE2b (RFC 7693): a name for what a file holds.
std::string contentHash(std::string_view bytes);

// That of the file as it is now. Failures as of readDocument(), for a file that the options let in.
Reading<std::string> hashFile(const SourceEntry& entry, const SourceOptions& options);

}  // namespace tl
