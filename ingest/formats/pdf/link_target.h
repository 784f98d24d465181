// SPDX-License-Identifier: Apache-2.0
#pragma once

class LinkAction;
class PDFDoc;

namespace tl {

// A place in the document that an outline's entry or a link leads to.
struct PdfTarget {
    int page = 0;    // from 1; 0: none in this document
    float top = -1;  // share of the page's height; below 0: not said
};

PdfTarget targetOf(PDFDoc& document, const LinkAction* action);

}  // namespace tl
