// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "ingest/page/pdf_page.h"

class PDFDoc;

namespace tl {

// Takes the words of a document's pages through Poppler's text device, page after page.
// REQUIRES: preparePoppler(); `document` lives as long as this.
class PageWordReader {
public:
    explicit PageWordReader(PDFDoc& document);
    ~PageWordReader();
    PageWordReader(const PageWordReader&) = delete;
    PageWordReader& operator=(const PageWordReader&) = delete;

    // `number` counts from 1.
    PdfPage read(int number);

private:
    class Device;
    PDFDoc& m_document;
    std::unique_ptr<Device> m_device;
};

}  // namespace tl
