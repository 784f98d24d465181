// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ingest/corpus.h"
#include "ingest/document.h"
#include "ingest/extract.h"

namespace tl {

// An extract under the name of the entry that it was read for.
Document documentOf(const SourceEntry& entry, Extract extract);

// The extract that a document was made of, its parts left out; of a reduced one that of the
// original.
Extract extractOf(const Document& document);

}  // namespace tl
