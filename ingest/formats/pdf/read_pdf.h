// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ingest/reader.h"
#include "ingest/reason.h"

namespace tl {

// Text in reading order with a unit for each page and a box for each word, headings from the
// document's outline. Pages whose text is missing or garbled are named in warnings. kInvalidInput
// "needs a password" or "wrong password"; kUnsupported for a document without pages; errors as of
// Reader::read(). Parses untrusted bytes: runs in throughline-reader.
Reading<Extract> readPdf(const ReadRequest& request);

}  // namespace tl
