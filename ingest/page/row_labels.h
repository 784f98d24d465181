// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "ingest/page/pdf_page.h"

namespace tl {

constexpr uint32_t kNoLabel = UINT32_MAX;

// A bullet, "2.1", "(a)" or "[12]".
bool isLabel(const PdfPage& page, const PageLine& line);

// For each line the line that is its label, or kNoLabel: one that
// stands left of it on the same baseline, but too far away for Poppler to see one line. Numbers
// beside the lines of running text are none, they count lines. Lines left out are no labels.
std::vector<uint32_t> findLabels(const PdfPage& page, const std::vector<bool>& isLeftOut);

}  // namespace tl
