// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "ingest/corpus.h"

namespace tl {

// Reduces a full document to the level that the last matching rule names. A document without
// definitions stays whole, with a warning.
void reduceDocument(const std::vector<ReduceRule>& rules, Document& document);

}  // namespace tl
