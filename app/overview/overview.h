// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/corpus/corpus.h"
#include "app/overview_types.h"

namespace tl {

// What the corpus says of itself, put together without a model: every statement with the lines it
// stands on. Deterministic; takes well under a second for a full context.
Overview makeOverview(const Corpus& corpus);

}  // namespace tl
