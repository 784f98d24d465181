// SPDX-License-Identifier: Apache-2.0
#include "ingest/reader_set.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/cache/extract_cache.h"
#include "ingest/cache/extract_file.h"
#include "ingest/code/code_reader.h"
#include "ingest/formats/formats.h"
#include "ingest/formats/text_readers.h"
#include "ingest/sandbox/reader_pool.h"
#include "ingest/text/decode_text.h"

namespace tl {

namespace {

constexpr size_t kHeadBytes = 4096;

// A page takes seconds, and a scanned book has hundreds.
constexpr std::chrono::milliseconds kOcrTime = std::chrono::hours(1);

bool hasPictures(const SandboxedFormat& format) {
    return format.kind == DocumentKind::kPdf || format.kind == DocumentKind::kImage;
}

bool isArchive(const SandboxedFormat& format) {
    return format.kind == DocumentKind::kArchive;
}

// The request as the format's reader sees it: of what does not concern the format nothing is told,
// so that the same bytes have the same key in the cache wherever they lie.
ReadRequest requestTo(const SandboxedFormat& format, ReadRequest request) {
    request.ocr = request.ocr && hasPictures(format);
    if (request.ocr) {
        request.limits.maxTime = std::max(request.limits.maxTime, kOcrTime);
    }
    if (isArchive(format)) {
        request.limits.maxTotalBytes -= request.unpackedBytes;
        request.limits.maxNesting -= request.nesting;
    }
    return request;
}

// Failures that come of the bytes alone: they would come again. Not those for want of a password,
// of a stop, or of what goes on around the reader; nor an archive's, whose limits change.
bool isKeptFailure(const SandboxedFormat& format, const Failure& error) {
    return !isArchive(format) &&
           (error.code == ErrorCode::kCorrupt || error.code == ErrorCode::kUnsupported ||
            error.code == ErrorCode::kOutOfMemory);
}

Reading<Extract> readAsText(const ReadRequest& request) {
    auto decoded = decodeText(std::string(request.bytes), request.encoding);
    if (!decoded.ok()) {
        return decoded.error();
    }
    Extract extract;
    extract.text = std::move(decoded.value().text);
    extract.notes = std::move(decoded.value().notes);
    return extract;
}

ReaderPoolOptions poolOptions(const ReaderSetOptions& options) {
    return {.program = options.readerProgram, .maxProcesses = options.maxProcesses};
}

// Which reader a file goes to: at most one of the two; none for plain text.
struct Choice {
    const Reader* reader = nullptr;
    const SandboxedFormat* format = nullptr;
};

}  // namespace

class ReaderSet::Impl {
public:
    explicit Impl(const ReaderSetOptions& options)
        : m_readers(makeTextReaders()), m_pool(poolOptions(options)) {
        if (!options.cacheFolder.empty()) {
            m_cache.emplace(options.cacheFolder, options.maxCacheBytes);
        }
        m_readers.push_back(makeCodeReader());
    }

    Reading<Extract> read(const ReadRequest& request, const std::stop_token& stop);
    ReaderPool& pool() { return m_pool; }
    ReadCounts counts() const { return {m_parsed, m_fromCache}; }

private:
    Choice choose(const ReadRequest& request) const;
    Reading<Extract> readBy(const Choice& choice,
                            const ReadRequest& request,
                            const std::stop_token& stop);

    Reading<Extract> readSandboxed(const SandboxedFormat& format,
                                   const ReadRequest& request,
                                   const std::stop_token& stop);

    std::vector<std::unique_ptr<Reader>> m_readers;
    ReaderPool m_pool;
    std::optional<ExtractCache> m_cache;
    std::atomic<int64_t> m_parsed{0};
    std::atomic<int64_t> m_fromCache{0};
};

// The first of those that are equally sure.
Choice ReaderSet::Impl::choose(const ReadRequest& request) const {
    const std::string_view head = request.bytes.substr(0, kHeadBytes);
    Choice best;
    int most = 0;
    for (const auto& reader : m_readers) {
        if (const int sure = reader->sniff(request.name, head); sure > most) {
            best = {reader.get(), nullptr};
            most = sure;
        }
    }
    for (const SandboxedFormat& format : sandboxedFormats()) {
        if (const int sure = format.sniff(request.name, head); sure > most) {
            best = {nullptr, &format};
            most = sure;
        }
    }
    return best;
}

Reading<Extract> ReaderSet::Impl::readBy(const Choice& choice,
                                         const ReadRequest& request,
                                         const std::stop_token& stop) {
    if (choice.reader != nullptr) {
        return choice.reader->read(request);
    }
    const ReadRequest asked = requestTo(*choice.format, request);
    if (isArchive(*choice.format) && asked.limits.maxNesting <= 0) {
        return Failure{ErrorCode::kUnsupported, {ReasonCode::kArchiveTooDeep}};
    }
    if (isArchive(*choice.format) && asked.limits.maxTotalBytes <= 0) {
        return Failure{
            ErrorCode::kUnsupported,
            {.code = ReasonCode::kContainerUsedUp, .limit = request.limits.maxTotalBytes}};
    }
    return readSandboxed(*choice.format, asked, stop);
}

Reading<Extract> ReaderSet::Impl::readSandboxed(const SandboxedFormat& format,
                                                const ReadRequest& request,
                                                const std::stop_token& stop) {
    if (!m_cache || isArchive(format) || !request.password.empty()) {
        ++m_parsed;
        return m_pool.read(format.name, request, stop);
    }
    // What OCR gives changes with what is installed.
    const std::string ocrEngine = request.ocr ? m_pool.ocrEngine() : "";
    const std::string key = extractKey(format.name, format.version, request, ocrEngine);
    if (std::optional<Reading<Extract>> known = m_cache->find(key, request.limits)) {
        ++m_fromCache;
        // The one failure that may be the machine's.
        if (!known->ok() && known->error().reason.code == ReasonCode::kTimeOut) {
            Failure failure = known->error();
            failure.reason.code = ReasonCode::kTimeOutEarlier;
            return failure;
        }
        return std::move(*known);
    }
    Reading<Extract> extract = m_pool.read(format.name, request, stop);
    ++m_parsed;
    if (extract.ok() || isKeptFailure(format, extract.error())) {
        m_cache->keep(key, extract);
    }
    return extract;
}

Reading<Extract> ReaderSet::Impl::read(const ReadRequest& request, const std::stop_token& stop) {
    const Choice choice = choose(request);
    if (choice.reader == nullptr && choice.format == nullptr) {
        return readAsText(request);
    }
    Reading<Extract> extract = readBy(choice, request, stop);
    if (extract.ok() || extract.error().code != ErrorCode::kCorrupt) {
        return extract;
    }
    Reading<Extract> text = readAsText(request);
    if (!text.ok()) {
        return extract;  // The bytes are no text: what their own reader says is the reason.
    }
    text.value().warnings.push_back(
        becauseOf(ReasonCode::kReadAsPlainText, extract.error().reason));
    return text;
}

ReaderSet::ReaderSet(const ReaderSetOptions& options) : m_impl(std::make_unique<Impl>(options)) {}

ReaderSet::~ReaderSet() = default;

Reading<Extract> ReaderSet::read(const ReadRequest& request, const std::stop_token& stop) {
    return m_impl->read(request, stop);
}

ReadCounts ReaderSet::counts() const {
    return m_impl->counts();
}

std::string ReaderSet::missingProtection() const {
    return m_impl->pool().missingProtection();
}

}  // namespace tl
