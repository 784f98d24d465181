// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ingest/extract.h"
#include "ingest/reader.h"
#include "ingest/reason.h"

namespace tl {

// Whether a reason has a code, words of one line each, and places in order; those after it too.
bool isSound(const Reason& reason);

// Whether an extract keeps what extract.h promises and what the limits allow: valid UTF-8 without
// NUL and carriage return, byte ranges within the text and in order, boxes within the page, symbols
// after their parents. kCorrupt with what is wrong; kOutOfMemory over a limit.
ReadStatus checkExtract(const Extract& extract, const ReadLimits& limits);

}  // namespace tl
