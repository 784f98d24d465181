// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ingest/page/pdf_page.h"

namespace tl {

// Puts a line's words and letters, which stand as they are drawn from left to right, in the order
// in which they are read, and takes their ligatures apart. For lines with letters of right-to-left
// scripts; left-to-right words and numbers within keep their order. The line's words have to be the
// page's last ones, with a space between each two.
void toReadingOrder(PdfPage& page, const PageLine& line);

}  // namespace tl
