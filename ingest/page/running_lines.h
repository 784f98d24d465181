// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "ingest/page/pdf_page.h"

namespace tl {

// For each page and line whether it is a running head or foot or a page number: it stands at the
// page's edge, and on at least three pages the same words (numbers left aside), or a number that
// grows with the pages, stand at the same height. What is apart is taken for one.
std::vector<std::vector<bool>> findRunningLines(const std::vector<PdfPage>& pages);

}  // namespace tl
