// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ingest/reader.h"
#include "ingest/reason.h"

namespace tl {

// An EPUB book: a unit for each document of its spine, in reading order, with all of its text.
// kUnsupported when it is protected by DRM; fonts that are obscured do not matter. Errors as of
// Reader::read(). Parses untrusted bytes: runs in throughline-reader.
Reading<Extract> readEpub(const ReadRequest& request);

}  // namespace tl
