// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "ingest/extract.h"
#include "ingest/reader.h"

namespace tl {

// Whether an extract keeps what extract.h promises and what the limits allow: valid UTF-8 without
// NUL and carriage return, byte ranges within the text and in order, boxes within the page, symbols
// behind their parents. kCorrupt with what is wrong; kOutOfMemory over a limit.
Status checkExtract(const Extract& extract, const ReadLimits& limits);

}  // namespace tl
