// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "ingest/reader.h"

namespace tl {

// A picture's words by OCR, with boxes; a unit for each page. kUnsupported when OCR is off, there
// is none, or it finds no text that it is more sure of than not; errors as of decodeImages().
Result<Extract> readImage(const ReadRequest& request);

}  // namespace tl
