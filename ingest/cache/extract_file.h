// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ingest/reader.h"
#include "ingest/reason.h"

namespace tl {

// An extract, or why there is none, as it lies on disk: a short header, then the sandbox protocol's
// encoding of a result, packed with zstd and its checksum.
std::string packExtract(const Reading<Extract>& extract);

// nullopt for whatever packExtract() has not made, or made for another version; the extract is
// checked as if a reader process had sent it. The bytes are not trusted.
std::optional<Reading<Extract>> unpackExtract(std::string_view bytes, const ReadLimits& limits);

// A name for what a format makes of these bytes: 64 hexadecimal digits of BLAKE2b (RFC 7693) over
// all that the result depends on; `ocrEngine` is empty where OCR was not asked for.
std::string extractKey(std::string_view format,
                       int version,
                       const ReadRequest& request,
                       std::string_view ocrEngine);

}  // namespace tl
