// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ingest/page/pdf_page.h"

namespace tl {

// Cuts lines that go over the border of two columns. Poppler joins what stands close together, so
// the longest cell of a column may have the next one on its line, while the rows around have two.
void splitAtColumns(PdfPage& page);

}  // namespace tl
