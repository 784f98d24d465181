// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ingest/reader.h"
#include "ingest/reason.h"

namespace tl {

// A picture's words by OCR, with boxes; a unit for each page. kUnsupported when OCR is off, there
// is none, or it finds no text that it is more sure of than not; errors as of decodeImages().
Reading<Extract> readImage(const ReadRequest& request);

}  // namespace tl
