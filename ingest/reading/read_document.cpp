// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string_view>
#include <utility>

#include "ingest/corpus.h"
#include "ingest/document_file.h"
#include "ingest/formats/formats.h"
#include "ingest/io/file_bytes.h"
#include "ingest/reading/extract_document.h"
#include "ingest/reading/machine_made.h"
#include "ingest/reading/reduce_document.h"
#include "ingest/text/charset_names.h"

namespace tl {

namespace {

// As UTF-8 a text may become three times as long, which is still below the 4 GiB of a place.
constexpr int64_t kMostFileBytes = int64_t{1} << 30;

// Conversations, notebooks and documents are made by programs, and are wanted none the less.
bool canBeMachineMade(DocumentKind kind) {
    return kind == DocumentKind::kText || kind == DocumentKind::kCode ||
           kind == DocumentKind::kMarkup || kind == DocumentKind::kTable;
}

// Why a document that could be read is of no use; none when it is.
Reason uselessRule(const SourceEntry& entry, const Extract& extract, const SourceOptions& options) {
    if (options.useDefaultRules && !entry.isChosen && canBeMachineMade(extract.kind)) {
        if (Reason reason = machineMadeRule(entry.name, extract.text); !reason.isNone()) {
            return reason;
        }
    }
    if (!extract.text.empty() || !extract.parts.empty()) {
        return {};
    }
    return extract.warnings.empty() ? Reason{ReasonCode::kNoText}
                                    : becauseOf(ReasonCode::kNoText, extract.warnings[0]);
}

// Whether another password would give more of the file.
bool isLocked(const Reading<Extract>& extract) {
    if (!extract.ok()) {
        return extract.error().code == ErrorCode::kInvalidInput;
    }
    return std::ranges::any_of(extract.value().parts, [](const Part& part) {
        return part.skipReason.code == ReasonCode::kPartNeedsPassword ||
               part.skipReason.code == ReasonCode::kPartWrongPassword;
    });
}

std::string encodingOf(std::string_view name, const SourceOptions& options) {
    const auto rule = std::find_if(
        options.encodings.rbegin(), options.encodings.rend(), [&](const EncodingRule& each) {
            return matchesPattern(each.pattern, name);
        });
    return rule == options.encodings.rend() ? "" : rule->encoding;
}

// With each password in turn, as long as it is the password that is wrong.
Reading<Extract> readWithPasswords(ReadRequest request,
                                   const SourceOptions& options,
                                   ReaderSet& readers,
                                   const std::stop_token& stop) {
    Reading<Extract> extract = readers.read(request, stop);
    for (const std::string& password : options.passwords) {
        if (!isLocked(extract)) {
            break;
        }
        request.password = password;
        extract = readers.read(request, stop);
    }
    return extract;
}

}  // namespace

bool isKnownEncoding(std::string_view name) {
    return isKnownCharset(name);
}

int64_t maxBytesOf(std::string_view name, const SourceOptions& options) {
    const int64_t chosen = formatByName(name) == nullptr
                               ? options.maxFileBytes
                               : std::max(options.maxFileBytes, options.maxDocumentBytes);
    return std::min(chosen, kMostFileBytes);
}

Reading<Document> readBytes(const SourceEntry& entry,
                            std::string_view bytes,
                            const SourceOptions& options,
                            ReaderSet& readers,
                            const std::stop_token& stop) {
    ReadRequest request;
    request.name = entry.name;
    request.bytes = bytes;
    request.encoding = encodingOf(entry.name, options);
    request.ocr = options.ocr;
    request.limits = options.limits;
    request.nesting = entry.nesting;
    request.unpackedBytes = entry.unpackedBytes;
    // What the user lets in as a file is not stopped as a text; it may grow as UTF-8.
    request.limits.maxTextBytes =
        std::max(request.limits.maxTextBytes, 3 * std::min(options.maxFileBytes, kMostFileBytes));
    Reading<Extract> extract = readWithPasswords(std::move(request), options, readers, stop);
    if (!extract.ok()) {
        return extract.error();
    }
    if (Reason reason = uselessRule(entry, extract.value(), options); !reason.isNone()) {
        return Failure{ErrorCode::kUnsupported, std::move(reason)};
    }
    Document document = documentOf(entry, std::move(extract).value());
    reduceDocument(options.reduce, document);
    return document;
}

Reading<Document> readDocument(const SourceEntry& entry,
                               const SourceOptions& options,
                               ReaderSet& readers,
                               const std::stop_token& stop) {
    auto bytes = readFileBytes(entry.path, maxBytesOf(entry.name, options));
    if (!bytes.ok()) {
        return bytes.error();
    }
    const auto size = static_cast<int64_t>(bytes.value().size());
    if (size != entry.bytes) {
        return Failure{
            ErrorCode::kIo,
            {.code = ReasonCode::kChangedSinceListed, .count = entry.bytes, .limit = size}};
    }
    Reading<Document> document = readBytes(entry, bytes.value(), options, readers, stop);
    if (document.ok()) {
        document.value().contentHash = contentHash(bytes.value());
    }
    return document;
}

}  // namespace tl
