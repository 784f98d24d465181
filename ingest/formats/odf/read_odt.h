// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ingest/reader.h"
#include "ingest/reason.h"

namespace tl {

// An OpenDocument text or presentation, zipped or as flat XML: text with headings, lists, tables by
// rows, notes, comments, text boxes, headers and footers once; a unit for each slide. Spreadsheets
// and drawings are kUnsupported. Errors as of Reader::read(). Parses untrusted bytes: runs in
// throughline-reader.
Reading<Extract> readOdt(const ReadRequest& request);

}  // namespace tl
