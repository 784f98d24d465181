// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ingest/reader.h"
#include "ingest/reason.h"

namespace tl {

// An RTF document: text with headings, lists, tables by rows, notes, comments, text boxes, headers
// and footers once. One that is cut off gives what it has and a warning. Errors as of
// Reader::read(). Parses untrusted bytes: runs in throughline-reader.
Reading<Extract> readRtf(const ReadRequest& request);

}  // namespace tl
