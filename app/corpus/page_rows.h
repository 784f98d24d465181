// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "app/app_types.h"
#include "ingest/document.h"

namespace tl {

// The document's pages, or, where it was reduced, those of the original; none where it has no
// pages.
std::vector<PageRow> pageRowsOf(const Document& document);

}  // namespace tl
