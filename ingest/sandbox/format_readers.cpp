// SPDX-License-Identifier: Apache-2.0
#include "ingest/sandbox/format_readers.h"

#include <string>
#include <vector>

#include "ingest/formats/docx/read_docx.h"
#include "ingest/formats/epub/read_epub.h"
#include "ingest/formats/html/read_html.h"
#include "ingest/formats/image/read_image.h"
#include "ingest/formats/mail/read_mail.h"
#include "ingest/formats/odf/read_odt.h"
#include "ingest/formats/pdf/poppler_setup.h"
#include "ingest/formats/pdf/read_pdf.h"
#include "ingest/formats/pptx/read_pptx.h"
#include "ingest/formats/rtf/read_rtf.h"
#include "ingest/formats/sheet/read_xlsx.h"
#include "ingest/io/read_archive.h"
#include "ingest/page/tesseract.h"

namespace tl {
namespace {

struct FormatReader {
    std::string_view format;
    Reading<Extract> (*read)(const ReadRequest& request);
};

const std::vector<FormatReader>& formatReaders() {
    static const std::vector<FormatReader> readers = {
        {"archive", readArchive},
        {"mail", readMail},
        {"html", readHtml},
        {"docx", readDocx},
        {"odt", readOdt},
        {"pptx", readPptx},
        {"xlsx", readXlsx},
        {"epub", readEpub},
        {"rtf", readRtf},
        {"pdf", readPdf},
        {"image", readImage},
    };
    return readers;
}

}  // namespace

Reading<Extract> readFormat(std::string_view format, const ReadRequest& request) {
    for (const FormatReader& reader : formatReaders()) {
        if (reader.format == format) {
            return reader.read(request);
        }
    }
    return Failure{ErrorCode::kUnsupported,
                   {.code = ReasonCode::kNoReader, .name = std::string(format)}};
}

std::string prepareFormats() {
    prepareMail();
    preparePoppler();
    return prepareTesseract();
}

std::vector<std::string> formatFolders() {
    std::vector<std::string> folders = popplerFolders();
    for (const char* folder : kTesseractFolders) {
        folders.emplace_back(folder);
    }
    return folders;
}

}  // namespace tl
