// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ingest/reader.h"
#include "ingest/text/decode_text.h"

namespace tl {

// The request's bytes as text; kOutOfMemory over the limit, else as decodeText().
Reading<DecodedText> decodeRequest(const ReadRequest& request);

// Puts what was done to get at the text in front of the reader's own notes.
void addNotesBefore(Extract& extract, std::vector<Reason> before);

}  // namespace tl
