// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/code/code_reader.h"
#include "ingest/corpus.h"
#include "ingest/read/decode_text.h"
#include "ingest/read/file_bytes.h"
#include "ingest/read/machine_made.h"
#include "ingest/transcript/text_readers.h"

namespace tl {

namespace {

constexpr size_t kHeadBytes = 4096;

using Readers = std::vector<std::unique_ptr<Reader>>;

Readers makeReaders() {
    Readers readers = makeTextReaders();
    readers.push_back(makeCodeReader());
    return readers;
}

// The reader that is surest of the file, the first of several; null for plain text.
const Reader* chooseReader(const ReadRequest& request) {
    static const Readers kReaders = makeReaders();
    const std::string_view head = request.bytes.substr(0, kHeadBytes);
    const Reader* best = nullptr;
    int most = 0;
    for (const auto& reader : kReaders) {
        const int sure = reader->sniff(request.name, head);
        if (sure > most) {
            best = reader.get();
            most = sure;
        }
    }
    return best;
}

Result<Extract> readAsText(const ReadRequest& request) {
    auto decoded = decodeText(std::string(request.bytes));
    if (!decoded.ok()) {
        return decoded.error();
    }
    Extract extract;
    extract.text = std::move(decoded.value().text);
    extract.note = std::move(decoded.value().note);
    return extract;
}

// A file that breaks the format it seems to have is still text, and read as such; that is said.
Result<Extract> readBytes(const ReadRequest& request) {
    const Reader* reader = chooseReader(request);
    if (reader == nullptr) {
        return readAsText(request);
    }
    Result<Extract> extract = reader->read(request);
    if (extract.ok() || extract.error().code != ErrorCode::kCorrupt) {
        return extract;
    }
    Result<Extract> text = readAsText(request);
    if (text.ok()) {
        text.value().warnings.push_back("read as plain text: " + extract.error().message);
    }
    return text;
}

// Conversations and notebooks are made of what programs write, and are wanted none the less.
bool canBeMachineMade(DocumentKind kind) {
    return kind != DocumentKind::kTranscript && kind != DocumentKind::kNotebook;
}

Document documentOf(const SourceEntry& entry, Extract extract) {
    Document document;
    document.path = entry.path;
    document.name = entry.name;
    document.lines = LineIndex(extract.text);
    document.text = std::move(extract.text);
    document.note = std::move(extract.note);
    document.kind = extract.kind;
    document.language = std::move(extract.language);
    document.title = std::move(extract.title);
    document.units = std::move(extract.units);
    document.words = std::move(extract.words);
    document.symbols = std::move(extract.symbols);
    document.warnings = std::move(extract.warnings);
    return document;
}

}  // namespace

Result<Document> readDocument(const SourceEntry& entry, const SourceOptions& options) {
    auto bytes = readFileBytes(entry.path, options.maxFileBytes);
    if (!bytes.ok()) {
        return bytes.error();
    }
    const auto size = static_cast<int64_t>(bytes.value().size());
    if (size != entry.bytes) {
        return Error{ErrorCode::kIo,
                     "changed since it was listed: " + formatBytes(entry.bytes) + " then, " +
                         formatBytes(size) + " now"};
    }
    ReadRequest request;
    request.name = entry.name;
    request.bytes = bytes.value();
    Result<Extract> extract = readBytes(request);
    if (!extract.ok()) {
        return extract.error();
    }
    if (options.useDefaultRules && !entry.isChosen && canBeMachineMade(extract.value().kind)) {
        std::string reason = machineMadeRule(entry.name, extract.value().text);
        if (!reason.empty()) {
            return Error{ErrorCode::kUnsupported, std::move(reason)};
        }
    }
    return documentOf(entry, std::move(extract).value());
}

}  // namespace tl
