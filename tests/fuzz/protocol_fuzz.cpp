// SPDX-License-Identifier: Apache-2.0
// The first byte picks the message, the rest is what the other side says: what is taken keeps its
// promises, and written again it is the same bytes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "ingest/sandbox/check_extract.h"
#include "ingest/sandbox/protocol.h"

namespace {

constexpr int64_t kMaxBody = 1000;

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

void fuzzHeader(std::string_view bytes) {
    const auto header = tl::decodeFrameHeader(bytes, kMaxBody);
    if (header.ok()) {
        require(header.value().bodyBytes >= 0 && header.value().bodyBytes <= kMaxBody);
        require(tl::encodeFrameHeader(header.value()) == bytes);
    }
}

void fuzzHello(std::string_view bytes) {
    const auto hello = tl::decodeHello(bytes);
    require(!hello.ok() || tl::encodeHello(hello.value()) == bytes);
}

void fuzzRequest(std::string_view bytes) {
    const auto decoded = tl::decodeRequest(bytes);
    if (!decoded.ok()) {
        return;
    }
    std::string again = tl::encodeRequestHead(decoded.value().format, decoded.value().request);
    again += decoded.value().request.bytes;
    require(again == bytes);
}

void fuzzResult(std::string_view bytes) {
    tl::ReadLimits limits;
    limits.maxTextBytes = 1 << 12;
    limits.maxPartBytes = 1 << 10;
    limits.maxTotalBytes = 1 << 11;
    limits.maxParts = 10;
    const auto result = tl::decodeResult(bytes, limits);
    if (result.ok()) {
        require(tl::checkExtract(result.value(), limits).ok());
        require(tl::encodeResult(result) == bytes);
    } else {
        require(!result.error().reason.isNone());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
    if (size < 1) {
        return 0;
    }
    const std::string_view said(reinterpret_cast<const char*>(bytes) + 1, size - 1);
    switch (bytes[0] % 4) {
        case 0:
            fuzzHeader(said);
            break;
        case 1:
            fuzzHello(said);
            break;
        case 2:
            fuzzRequest(said);
            break;
        default:
            fuzzResult(said);
            break;
    }
    return 0;
}
