// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/pdf/read_pdf.h"

#include <Catalog.h>
#include <ErrorCodes.h>
#include <PDFDoc.h>
#include <Stream.h>
#include <XRef.h>
#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/formats/pdf/ocr_page.h"
#include "ingest/formats/pdf/page_marks.h"
#include "ingest/formats/pdf/page_words.h"
#include "ingest/formats/pdf/pdf_outline.h"
#include "ingest/formats/pdf/pdf_strings.h"
#include "ingest/formats/pdf/poppler_setup.h"
#include "ingest/io/file_bytes.h"
#include "ingest/page/column_gaps.h"
#include "ingest/page/document_text.h"
#include "ingest/page/leader_dots.h"
#include "ingest/page/margin_numbers.h"
#include "ingest/page/page_report.h"
#include "ingest/page/tesseract.h"

namespace tl {
namespace {

// Passwords of older files are Latin-1. Empty when the password has other characters.
std::string latin1Of(std::string_view utf8) {
    std::string latin1;
    for (size_t i = 0; i < utf8.size(); ++i) {
        const auto byte = static_cast<unsigned char>(utf8[i]);
        if (byte < 0x80) {
            latin1 += utf8[i];
        } else if ((byte == 0xC2 || byte == 0xC3) && i + 1 < utf8.size()) {
            ++i;
            const auto low = static_cast<unsigned char>(utf8[i]) & 0x3FU;
            latin1 += static_cast<char>(((byte & 0x03U) << 6U) | low);
        } else {
            return {};
        }
    }
    return latin1;
}

std::string lineOf(const std::unique_ptr<GooString>& text) {
    return text ? fromPdfString(text->toStr()) : std::string();
}

class PdfReading {
public:
    explicit PdfReading(const ReadRequest& request) : m_request(request) {
        m_extract.kind = DocumentKind::kPdf;
    }

    Reading<Extract> run() {
        preparePoppler();
        if (ReadStatus opened = open(); !opened.ok()) {
            return opened.error();
        }
        const int pageCount = m_document->getNumPages();
        if (pageCount <= 0) {
            return m_isRebuilt ? Failure{ErrorCode::kCorrupt, {ReasonCode::kPdfNoPagesFound}}
                               : Failure{ErrorCode::kUnsupported, {ReasonCode::kNoPages}};
        }
        if (ReadStatus read = readPages(pageCount); !read.ok()) {
            return read.error();
        }
        describe();
        writeDocumentText(m_pages, m_extract);
        takeLabels();
        reportPages(m_pages, ocrHint(), m_extract);
        readOutline(*m_document, m_extract);
        readMarks(*m_document, m_request, m_extract);
        return std::move(m_extract);
    }

private:
    ReadStatus open() {
        std::vector<std::string> passwords = {m_request.password};
        if (const std::string latin1 = latin1Of(m_request.password);
            !latin1.empty() && latin1 != m_request.password) {
            passwords.push_back(latin1);
        }
        for (const std::string& password : passwords) {
            load(password);
            if (m_document->isOk() || m_document->getErrorCode() != errEncrypted) {
                break;
            }
        }
        return m_document->isOk() ? readOk() : failure();
    }

    void load(const std::string& password) {
        std::optional<GooString> key;
        if (!password.empty()) {
            key.emplace(password);
        }
        const std::string_view bytes = m_request.bytes;
        // The document owns the stream; the stream borrows the bytes.
        m_document = std::make_unique<PDFDoc>(
            std::make_unique<MemStream>(
                bytes.data(), 0, static_cast<Goffset>(bytes.size()), Object(objNull))
                .release(),
            key,
            key,
            nullptr,
            [this] { m_isRebuilt = true; });
    }

    ReadStatus failure() {
        if (m_document->getErrorCode() == errEncrypted) {
            return encryptionFailure();
        }
        if (m_request.bytes.substr(0, 1024).find("%PDF-") == std::string_view::npos) {
            return Failure{ErrorCode::kCorrupt, {ReasonCode::kNoPdf}};
        }
        const bool isCatalog = m_document->getErrorCode() == errBadCatalog;
        return Failure{ErrorCode::kCorrupt,
                       {isCatalog ? ReasonCode::kPdfNoPageList : ReasonCode::kPdfNoObjects}};
    }

    ReadStatus encryptionFailure() {
        XRef* table = m_document->getXRef();
        const Object scheme = table->getTrailerDict()->dictLookup("Encrypt").dictLookup("Filter");
        if (scheme.isName() && !scheme.isName("Standard")) {
            return Failure{ErrorCode::kUnsupported, {ReasonCode::kCertificateOnly}};
        }
        return Failure{
            ErrorCode::kInvalidInput,
            {m_request.password.empty() ? ReasonCode::kNeedsPassword : ReasonCode::kWrongPassword}};
    }

    ReadStatus readPages(int count) {
        PageWordReader reader(*m_document);
        int64_t textBytes = 0;
        for (int number = 1; number <= count; ++number) {
            m_pages.push_back(reader.read(number));
            if (m_request.ocr && hasTesseract()) {
                readPageByOcr(*m_document, number, m_pages.back());
            }
            removeMarginNumbers(m_pages.back());
            shortenLeaders(m_pages.back());
            splitAtColumns(m_pages.back());
            textBytes += std::ssize(m_pages.back().text);
            if (textBytes > m_request.limits.maxTextBytes) {
                return overTextLimit(m_request.limits);
            }
        }
        const bool hasPage = std::any_of(
            m_pages.begin(), m_pages.end(), [](const PdfPage& page) { return !page.isMissing; });
        return hasPage ? readOk() : Failure{ErrorCode::kCorrupt, {ReasonCode::kPdfNoPageRead}};
    }

    void describe() {
        m_extract.title = lineOf(m_document->getDocInfoTitle());
        m_extract.author = lineOf(m_document->getDocInfoAuthor());
        m_extract.date = isoDateOf(lineOf(m_document->getDocInfoCreatDate()));
        if (m_document->isEncrypted() && !m_request.password.empty()) {
            m_extract.notes.push_back({ReasonCode::kDecrypted});
        }
        if (m_isRebuilt) {
            m_extract.warnings.push_back({ReasonCode::kPdfRebuilt});
        }
        if (m_document->getCatalog()->getFormType() == Catalog::XfaForm) {
            m_extract.warnings.push_back({ReasonCode::kXfaForm});
        }
    }

    // What to do about a page without usable text; or what was done in vain.
    ReasonCode ocrHint() const {
        if (m_request.ocr) {
            return hasTesseract() ? ReasonCode::kOcrFoundNothing : ReasonCode::kNoTesseract;
        }
        return hasTesseract() ? ReasonCode::kOcrCanRead : ReasonCode::kNone;
    }

    void takeLabels() {
        Catalog* catalog = m_document->getCatalog();
        for (size_t i = 0; i < m_extract.units.size(); ++i) {
            GooString raw;
            if (catalog->indexToLabel(static_cast<int>(i), &raw)) {
                std::string label = fromPdfString(raw.toStr());
                if (label != std::to_string(i + 1)) {
                    m_extract.units[i].label = std::move(label);
                }
            }
        }
    }

    const ReadRequest& m_request;
    bool m_isRebuilt = false;
    std::unique_ptr<PDFDoc> m_document;
    std::vector<PdfPage> m_pages;
    Extract m_extract;
};

}  // namespace

Reading<Extract> readPdf(const ReadRequest& request) {
    return PdfReading(request).run();
}

}  // namespace tl
