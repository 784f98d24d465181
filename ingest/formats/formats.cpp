// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/formats.h"

#include <vector>

#include "ingest/formats/archive/sniff_archive.h"
#include "ingest/formats/image/sniff_image.h"
#include "ingest/formats/mail/sniff_mail.h"
#include "ingest/formats/pdf/sniff_pdf.h"
#include "ingest/formats/sniff_office.h"

namespace tl {

std::span<const SandboxedFormat> sandboxedFormats() {
    static const std::vector<SandboxedFormat> formats = {
        {"archive", 2, DocumentKind::kArchive, sniffArchive},
        {"mail", 2, DocumentKind::kMail, sniffMail},
        {"html", 2, DocumentKind::kMarkup, sniffHtml},
        {"docx", 3, DocumentKind::kOffice, sniffDocx},
        {"odt", 3, DocumentKind::kOffice, sniffOdt},
        {"pptx", 2, DocumentKind::kOffice, sniffPptx},
        {"xlsx", 1, DocumentKind::kTable, sniffXlsx},
        {"epub", 2, DocumentKind::kOffice, sniffEpub},
        {"rtf", 1, DocumentKind::kOffice, sniffRtf},
        {"pdf", 4, DocumentKind::kPdf, sniffPdf},
        {"image", 1, DocumentKind::kImage, sniffImage},
    };
    return formats;
}

const SandboxedFormat* formatByName(std::string_view name) {
    const SandboxedFormat* best = nullptr;
    int most = 0;
    for (const SandboxedFormat& format : sandboxedFormats()) {
        if (const int sure = format.sniff(name, /*head=*/{}); sure > most) {
            best = &format;
            most = sure;
        }
    }
    return best;
}

}  // namespace tl
