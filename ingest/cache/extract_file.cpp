// SPDX-License-Identifier: Apache-2.0
#include "ingest/cache/extract_file.h"

#include <array>
#include <blake2.h>
#include <cstdint>
#include <memory>
#include <zstd.h>

#include "ingest/sandbox/protocol.h"

namespace tl {

namespace {

// The last byte is the version of the file and of the protocol's encoding within.
constexpr std::string_view kMagic{"TLXC\0\0\0\4", 8};
constexpr int kLevel = 3;
constexpr size_t kKeyBytes = 32;

struct ContextDeleter {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

void addBytes(blake2b_state& state, const void* bytes, size_t size) {
    blake2b_update(&state, static_cast<const uint8_t*>(bytes), size);
}

void addNumber(blake2b_state& state, int64_t number) {
    addBytes(state, &number, sizeof number);
}

void addText(blake2b_state& state, std::string_view text) {
    addNumber(state, std::ssize(text));  // keeps two neighbours apart
    addBytes(state, text.data(), text.size());
}

}  // namespace

std::string packExtract(const Reading<Extract>& extract) {
    const std::string body = encodeResult(extract);
    std::string packed(kMagic);
    packed.resize(kMagic.size() + ZSTD_compressBound(body.size()));
    const std::unique_ptr<ZSTD_CCtx, ContextDeleter> context(ZSTD_createCCtx());
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, kLevel);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    const size_t size = ZSTD_compress2(context.get(),
                                       packed.data() + kMagic.size(),
                                       packed.size() - kMagic.size(),
                                       body.data(),
                                       body.size());
    if (ZSTD_isError(size) != 0) {
        return {};
    }
    packed.resize(kMagic.size() + size);
    return packed;
}

std::optional<Reading<Extract>> unpackExtract(std::string_view bytes, const ReadLimits& limits) {
    if (!bytes.starts_with(kMagic)) {
        return std::nullopt;
    }
    bytes.remove_prefix(kMagic.size());
    const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
    if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR ||
        size > static_cast<unsigned long long>(maxResultBytes(limits))) {
        return std::nullopt;
    }
    std::string body(size, '\0');
    if (ZSTD_decompress(body.data(), body.size(), bytes.data(), bytes.size()) != size) {
        return std::nullopt;
    }
    Reading<Extract> result = decodeResult(body, limits);
    // The reason that was kept, or one why the body is none of ours?
    if (!result.ok() && encodeResult(result) != body) {
        return std::nullopt;
    }
    return result;
}

std::string extractKey(std::string_view format,
                       int version,
                       const ReadRequest& request,
                       std::string_view ocrEngine) {
    blake2b_state state;
    blake2b_init(&state, kKeyBytes);
    addText(state, kMagic);
    addText(state, format);
    addNumber(state, version);
    addText(state, request.encoding);
    addNumber(state, request.ocr ? 1 : 0);
    addText(state, ocrEngine);
    addNumber(state, request.limits.maxTextBytes);
    addNumber(state, request.limits.maxPartBytes);
    addNumber(state, request.limits.maxTotalBytes);
    addNumber(state, request.limits.maxParts);
    addNumber(state, request.limits.maxNesting);
    addNumber(state, request.limits.maxMemoryBytes);
    addNumber(state, request.limits.maxTime.count());
    addText(state, request.bytes);
    std::array<unsigned char, kKeyBytes> digest{};
    blake2b_final(&state, digest.data(), digest.size());
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string key;
    for (const unsigned char byte : digest) {
        key += kDigits[byte >> 4U];
        key += kDigits[byte & 15U];
    }
    return key;
}

}  // namespace tl
