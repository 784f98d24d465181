// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ingest/read/decode_text.h"
#include "ingest/reader.h"

namespace tl {

// The request's bytes as text; kOutOfMemory over the limit, else as decodeText().
Result<DecodedText> decodeRequest(const ReadRequest& request);

// Puts what was done to get at the text in front of the reader's own note.
void addNoteBefore(Extract& extract, std::string before);

}  // namespace tl
