// SPDX-License-Identifier: Apache-2.0
#include "ingest/sandbox/format_readers.h"

#include <string>
#include <vector>

#include "ingest/container/read_archive.h"
#include "ingest/mail/read_mail.h"
#include "ingest/ocr/read_image.h"
#include "ingest/ocr/tesseract.h"
#include "ingest/office/read_docx.h"
#include "ingest/office/read_epub.h"
#include "ingest/office/read_html.h"
#include "ingest/office/read_odt.h"
#include "ingest/office/read_pptx.h"
#include "ingest/office/read_rtf.h"
#include "ingest/pdf/poppler_setup.h"
#include "ingest/pdf/read_pdf.h"

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
