// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ingest/reader.h"

namespace tl {

// XLSX and its like: the sheets in the workbook's order, a line for each row, values as they are
// stored; numbers that are dates or percentages by their format are written so. Errors as of
// Reader::read(). Parses untrusted bytes: runs in throughline-reader.
Reading<Extract> readXlsx(const ReadRequest& request);

}  // namespace tl
