// SPDX-License-Identifier: Apache-2.0
#include "ingest/sandbox/protocol.h"

#include <algorithm>
#include <utility>

#include "ingest/sandbox/byte_stream.h"
#include "ingest/sandbox/check_extract.h"
#include "ingest/sandbox/reason_codec.h"

namespace tl {
namespace {

constexpr size_t kUnitBytes = 1 + 5 * 8 + 4 * 8;  // with its labels and a count of warnings
constexpr size_t kWordBytes = 6 * 4;
constexpr size_t kSymbolBytes = 1 + 2 * 8 + 7 * 8;
constexpr size_t kLinkBytes = 3 * 8;
constexpr size_t kPartBytes = 3 * 8 + kReasonBytes;

// Each takes up to six times its bytes once it is decoded, and a reader that is taken over may send
// nothing but counts. Far above what any real file has: a million pages, messages or headings.
constexpr size_t kMaxUnits = 1 << 20;
constexpr size_t kMaxSymbols = 1 << 20;
constexpr size_t kMaxLinks = 1 << 20;
// A word's box takes as much in memory as in a message; four bytes of text for each are a page of
// numbers.
constexpr int64_t kTextBytesPerWord = 4;

// A part's name may be long.
constexpr size_t kMaxFailureBytes = 1 << 20;

Failure damaged(ReasonCode what) {
    return {ErrorCode::kCorrupt, {what}};
}

void writeLimits(const ReadLimits& limits, ByteWriter& out) {
    out.number(limits.maxTextBytes);
    out.number(limits.maxPartBytes);
    out.number(limits.maxTotalBytes);
    out.number(limits.maxParts);
    out.number(int64_t{limits.maxNesting});
    out.number(limits.maxMemoryBytes);
    out.number(int64_t{limits.maxTime.count()});
}

ReadLimits readLimits(ByteReader& in) {
    ReadLimits limits;
    limits.maxTextBytes = in.number<int64_t>();
    limits.maxPartBytes = in.number<int64_t>();
    limits.maxTotalBytes = in.number<int64_t>();
    limits.maxParts = in.number<int64_t>();
    limits.maxNesting = in.smallNumber();
    limits.maxMemoryBytes = in.number<int64_t>();
    limits.maxTime = std::chrono::milliseconds(in.number<int64_t>());
    return limits;
}

void writeUnits(const std::vector<Unit>& units, ByteWriter& out) {
    out.number(uint64_t{units.size()});
    for (const Unit& unit : units) {
        out.number(static_cast<uint8_t>(unit.kind));
        for (const int64_t value : {unit.begin, unit.end, unit.number, unit.beginMs, unit.endMs}) {
            out.number(value);
        }
        out.text(unit.label);
        out.text(unit.date);
        out.text(unit.from);
        writeReasons(unit.warnings, out);
    }
}

void readUnits(ByteReader& in, size_t& mostReasons, std::vector<Unit>& units) {
    const size_t count = in.count(kUnitBytes, kMaxUnits);
    units.reserve(count);
    for (size_t i = 0; i < count && in.ok(); ++i) {
        Unit& unit = units.emplace_back();
        unit.kind = in.choice(UnitKind::kRow);
        for (int64_t* value : {&unit.begin, &unit.end, &unit.number, &unit.beginMs, &unit.endMs}) {
            *value = in.number<int64_t>();
        }
        unit.label = in.text();
        unit.date = in.text();
        unit.from = in.text();
        readReasons(in, mostReasons, unit.warnings);
    }
}

size_t mostWords(const ReadLimits& limits) {
    return static_cast<size_t>(std::max<int64_t>(0, limits.maxTextBytes) / kTextBytesPerWord);
}

void writeWords(const std::vector<WordBox>& words, ByteWriter& out) {
    out.number(uint64_t{words.size()});
    for (const WordBox& word : words) {
        out.number(word.begin);
        out.number(word.end);
        for (const float value : {word.left, word.top, word.right, word.bottom}) {
            out.decimal(value);
        }
    }
}

void readWords(ByteReader& in, const ReadLimits& limits, std::vector<WordBox>& words) {
    const size_t count = in.count(kWordBytes, mostWords(limits));
    words.reserve(count);
    for (size_t i = 0; i < count && in.ok(); ++i) {
        WordBox& word = words.emplace_back();
        word.begin = in.number<uint32_t>();
        word.end = in.number<uint32_t>();
        for (float* value : {&word.left, &word.top, &word.right, &word.bottom}) {
            *value = in.decimal();
        }
    }
}

void writeSymbols(const std::vector<Symbol>& symbols, ByteWriter& out) {
    out.number(uint64_t{symbols.size()});
    for (const Symbol& symbol : symbols) {
        out.number(static_cast<uint8_t>(symbol.kind));
        out.text(symbol.name);
        out.text(symbol.signature);
        for (const int64_t value : {symbol.begin,
                                    symbol.end,
                                    symbol.bodyBegin,
                                    symbol.bodyEnd,
                                    symbol.firstLine,
                                    symbol.lastLine,
                                    symbol.parent}) {
            out.number(value);
        }
    }
}

void readSymbols(ByteReader& in, std::vector<Symbol>& symbols) {
    const size_t count = in.count(kSymbolBytes, kMaxSymbols);
    symbols.reserve(count);
    for (size_t i = 0; i < count && in.ok(); ++i) {
        Symbol& symbol = symbols.emplace_back();
        symbol.kind = in.choice(SymbolKind::kRule);
        symbol.name = in.text();
        symbol.signature = in.text();
        for (int64_t* value : {&symbol.begin,
                               &symbol.end,
                               &symbol.bodyBegin,
                               &symbol.bodyEnd,
                               &symbol.firstLine,
                               &symbol.lastLine,
                               &symbol.parent}) {
            *value = in.number<int64_t>();
        }
    }
}

void writeLinks(const std::vector<Link>& links, ByteWriter& out) {
    out.number(uint64_t{links.size()});
    for (const Link& link : links) {
        out.number(link.begin);
        out.number(link.end);
        out.text(link.target);
    }
}

void readLinks(ByteReader& in, std::vector<Link>& links) {
    const size_t count = in.count(kLinkBytes, kMaxLinks);
    links.reserve(count);
    for (size_t i = 0; i < count && in.ok(); ++i) {
        Link& link = links.emplace_back();
        link.begin = in.number<int64_t>();
        link.end = in.number<int64_t>();
        link.target = in.text();
    }
}

void writeParts(const std::vector<Part>& parts, ByteWriter& out) {
    out.number(uint64_t{parts.size()});
    for (const Part& part : parts) {
        out.text(part.name);
        out.text(part.bytes);
        writeReason(part.skipReason, out);
        out.number(part.size);
    }
}

void readParts(ByteReader& in,
               const ReadLimits& limits,
               size_t& mostReasons,
               std::vector<Part>& parts) {
    const size_t count =
        in.count(kPartBytes, static_cast<size_t>(std::max<int64_t>(0, limits.maxParts)));
    parts.reserve(count);
    for (size_t i = 0; i < count && in.ok(); ++i) {
        Part& part = parts.emplace_back();
        part.name = in.text();
        part.bytes = in.text();
        part.skipReason = readReason(in, mostReasons);
        part.size = in.number<int64_t>();
    }
}

void writeExtract(const Extract& extract, ByteWriter& out) {
    out.number(static_cast<uint8_t>(extract.kind));
    out.text(extract.text);
    out.text(extract.language);
    out.text(extract.title);
    out.text(extract.author);
    out.text(extract.date);
    writeReasons(extract.notes, out);
    writeUnits(extract.units, out);
    writeWords(extract.words, out);
    writeSymbols(extract.symbols, out);
    writeLinks(extract.links, out);
    writeParts(extract.parts, out);
    writeReasons(extract.warnings, out);
}

Extract readExtract(ByteReader& in, const ReadLimits& limits) {
    Extract extract;
    size_t mostReasons = kMaxReasons + static_cast<size_t>(std::max<int64_t>(0, limits.maxParts));
    extract.kind = in.choice(DocumentKind::kArchive);
    extract.text = in.text();
    extract.language = in.text();
    extract.title = in.text();
    extract.author = in.text();
    extract.date = in.text();
    readReasons(in, mostReasons, extract.notes);
    readUnits(in, mostReasons, extract.units);
    readWords(in, limits, extract.words);
    readSymbols(in, extract.symbols);
    readLinks(in, extract.links);
    readParts(in, limits, mostReasons, extract.parts);
    readReasons(in, mostReasons, extract.warnings);
    return extract;
}

}  // namespace

std::string encodeFrameHeader(const FrameHeader& header) {
    ByteWriter out;
    out.number(kFrameMagic);
    out.number(kProtocolVersion);
    out.number(static_cast<uint16_t>(header.kind));
    out.number(header.bodyBytes);
    return out.take();
}

Reading<FrameHeader> decodeFrameHeader(std::string_view bytes, int64_t maxBodyBytes) {
    ByteReader in(bytes);
    if (in.number<uint32_t>() != kFrameMagic) {
        return damaged(ReasonCode::kHeaderDamaged);
    }
    const auto version = in.number<uint16_t>();
    if (version != kProtocolVersion) {
        return damaged(ReasonCode::kOtherReaderVersion);
    }
    const auto kind = in.number<uint16_t>();
    FrameHeader header;
    header.bodyBytes = in.number<int64_t>();
    if (!in.atEnd() || kind < 1 || kind > static_cast<uint16_t>(FrameKind::kResult) ||
        header.bodyBytes < 0) {
        return damaged(ReasonCode::kHeaderDamaged);
    }
    if (header.bodyBytes > maxBodyBytes) {
        return damaged(ReasonCode::kMessageTooLong);
    }
    header.kind = static_cast<FrameKind>(kind);
    return header;
}

std::string encodeHello(const Hello& hello) {
    ByteWriter out;
    out.number(static_cast<uint8_t>(hello.isFiltered));
    out.number(static_cast<uint8_t>(hello.hasMemoryLimit));
    out.text(hello.missingProtection);
    out.text(hello.ocr);
    return out.take();
}

Reading<Hello> decodeHello(std::string_view body) {
    ByteReader in(body);
    Hello hello;
    hello.isFiltered = in.flag();
    hello.hasMemoryLimit = in.flag();
    hello.missingProtection = in.text();
    hello.ocr = in.text();
    if (!in.atEnd()) {
        return damaged(ReasonCode::kGreetingDamaged);
    }
    return hello;
}

std::string encodeRequestHead(std::string_view format, const ReadRequest& request) {
    ByteWriter out;
    out.text(format);
    out.text(request.name);
    out.text(request.password);
    out.text(request.encoding);
    out.number(static_cast<uint8_t>(request.ocr));
    writeLimits(request.limits, out);
    return out.take();
}

Reading<DecodedRequest> decodeRequest(std::string_view body) {
    ByteReader in(body);
    DecodedRequest decoded;
    decoded.format = in.text();
    decoded.request.name = in.text();
    decoded.request.password = in.text();
    decoded.request.encoding = in.text();
    decoded.request.ocr = in.flag();
    decoded.request.limits = readLimits(in);
    decoded.request.bytes = in.rest();
    if (!in.ok()) {
        return damaged(ReasonCode::kRequestDamaged);
    }
    return decoded;
}

std::string encodeResult(const Reading<Extract>& result) {
    ByteWriter out;
    out.number(static_cast<uint8_t>(result.ok()));
    if (result.ok()) {
        const Extract& extract = result.value();
        out.reserve(extract.text.size() + extract.words.size() * kWordBytes +
                    extract.units.size() * kUnitBytes + 1024);
        writeExtract(extract, out);
    } else {
        out.number(static_cast<uint8_t>(result.error().code));
        writeReason(result.error().reason, out);
    }
    return out.take();
}

Reading<Extract> decodeResult(std::string_view body, const ReadLimits& limits) {
    ByteReader in(body);
    if (!in.flag()) {
        const ErrorCode code = in.choice(ErrorCode::kCancelled);
        size_t mostReasons = kMaxReasons;
        Reason reason = readReason(in, mostReasons);
        if (!in.atEnd() || body.size() > kMaxFailureBytes || !isSound(reason)) {
            return damaged(ReasonCode::kAnswerDamaged);
        }
        return Failure{code, std::move(reason)};
    }
    Extract extract = readExtract(in, limits);
    if (in.hasTooMany()) {
        return Failure{ErrorCode::kOutOfMemory, {ReasonCode::kTooManyThings}};
    }
    if (!in.atEnd()) {
        return damaged(ReasonCode::kAnswerDamaged);
    }
    const ReadStatus status = checkExtract(extract, limits);
    if (!status.ok()) {
        return status.error();
    }
    return extract;
}

int64_t maxResultBytes(const ReadLimits& limits) {
    constexpr int64_t kPerTextByte = 1 + kWordBytes / kTextBytesPerWord;
    constexpr int64_t kForTheRest = 64 << 20;
    return limits.maxTextBytes * kPerTextByte + limits.maxTotalBytes + kForTheRest;
}

}  // namespace tl
