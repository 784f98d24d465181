// SPDX-License-Identifier: Apache-2.0
#include "ingest/reader_set.h"

#include <string_view>
#include <utility>
#include <vector>

#include "ingest/code/code_reader.h"
#include "ingest/read/decode_text.h"
#include "ingest/sandbox/formats.h"
#include "ingest/sandbox/reader_pool.h"
#include "ingest/transcript/text_readers.h"

namespace tl {

namespace {

constexpr size_t kHeadBytes = 4096;

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

ReaderPoolOptions poolOptions(ReaderSetOptions options) {
    return {.program = std::move(options.readerProgram), .maxProcesses = options.maxProcesses};
}

// Which reader a file goes to: at most one of the two; none for plain text.
struct Choice {
    const Reader* reader = nullptr;
    const SandboxedFormat* format = nullptr;
};

}  // namespace

class ReaderSet::Impl {
public:
    explicit Impl(ReaderSetOptions options)
        : m_readers(makeTextReaders()), m_pool(poolOptions(std::move(options))) {
        m_readers.push_back(makeCodeReader());
    }

    Result<Extract> read(const ReadRequest& request, const std::stop_token& stop);
    ReaderPool& pool() { return m_pool; }

private:
    Choice choose(const ReadRequest& request) const;
    Result<Extract> readBy(const Choice& choice,
                           const ReadRequest& request,
                           const std::stop_token& stop);

    std::vector<std::unique_ptr<Reader>> m_readers;
    ReaderPool m_pool;
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

Result<Extract> ReaderSet::Impl::readBy(const Choice& choice,
                                        const ReadRequest& request,
                                        const std::stop_token& stop) {
    if (choice.reader != nullptr) {
        return choice.reader->read(request);
    }
    if (choice.format->kind == DocumentKind::kArchive && request.limits.maxNesting <= 0) {
        return Error{ErrorCode::kUnsupported, "archive in too many other archives"};
    }
    return m_pool.read(choice.format->name, request, stop);
}

Result<Extract> ReaderSet::Impl::read(const ReadRequest& request, const std::stop_token& stop) {
    const Choice choice = choose(request);
    if (choice.reader == nullptr && choice.format == nullptr) {
        return readAsText(request);
    }
    Result<Extract> extract = readBy(choice, request, stop);
    if (extract.ok() || extract.error().code != ErrorCode::kCorrupt) {
        return extract;
    }
    Result<Extract> text = readAsText(request);
    if (!text.ok()) {
        return extract;  // The bytes are no text: what their own reader says is the reason.
    }
    text.value().warnings.push_back("read as plain text: " + extract.error().message);
    return text;
}

ReaderSet::ReaderSet(ReaderSetOptions options)
    : m_impl(std::make_unique<Impl>(std::move(options))) {}

ReaderSet::~ReaderSet() = default;

Result<Extract> ReaderSet::read(const ReadRequest& request, const std::stop_token& stop) {
    return m_impl->read(request, stop);
}

std::string ReaderSet::missingProtection() const {
    return m_impl->pool().missingProtection();
}

std::string ReaderSet::status() {
    return m_impl->pool().status();
}

}  // namespace tl
