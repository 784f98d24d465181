// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ingest/page/pdf_page.h"

namespace tl {

// Makes dots that lead the eye over a line, from a heading to its page number, one word "...",
// and takes the number onto the line where it stands on one of its own.
void shortenLeaders(PdfPage& page);

}  // namespace tl
