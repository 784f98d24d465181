// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "ingest/page/pdf_page.h"

namespace tl {

// Rows from top to bottom; each holds the lines (index in PdfPage::lines) that are its cells, from
// left to right. Cells that wrap have rows of their own.
struct PageTable {
    std::vector<std::vector<uint32_t>> rows;
};

// Tables among the lines of a page that are not left out: two rows or more whose cells stand on
// common baselines and in common columns. Columns of running text are none.
std::vector<PageTable> findTables(const PdfPage& page, const std::vector<bool>& isLeftOut);

}  // namespace tl
