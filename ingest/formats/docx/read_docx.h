// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ingest/reader.h"
#include "ingest/reason.h"

namespace tl {

// A DOCX document (transitional or strict): its text with headings, numbered lists, tables by rows,
// notes, comments, text boxes, headers and footers once; embedded files as parts. Errors as of
// Reader::read(). Parses untrusted bytes: runs in throughline-reader.
Reading<Extract> readDocx(const ReadRequest& request);

}  // namespace tl
