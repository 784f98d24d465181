// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ingest/reader.h"
#include "ingest/reason.h"

namespace tl {

// A PPTX presentation: a unit for each slide in the order in which they are shown, with its title,
// text, tables, diagrams and notes; embedded files as parts. Errors as of Reader::read(). Parses
// untrusted bytes: runs in throughline-reader.
Reading<Extract> readPptx(const ReadRequest& request);

}  // namespace tl
