// SPDX-License-Identifier: Apache-2.0
#include "ingest/text/charset.h"

#include <memory>
#include <unicode/ucnv.h>
#include <unicode/unorm2.h>

namespace tl {
namespace {

struct ConverterCloser {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};

using Converter = std::unique_ptr<UConverter, ConverterCloser>;

// Vietnamese in Windows-1258 writes its tone marks after the letters, as nobody else does.
bool hasMarksBehindLetters(std::string_view charset) {
    return charset == "windows-1258";
}

std::u16string composed(std::u16string text) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2* normalizer = unorm2_getNFCInstance(&status);
    std::u16string result(text.size() + 16, u'\0');
    const int32_t size = unorm2_normalize(normalizer,
                                          text.data(),
                                          static_cast<int32_t>(text.size()),
                                          result.data(),
                                          static_cast<int32_t>(result.size()),
                                          &status);
    if (U_FAILURE(status)) {
        return text;
    }
    result.resize(static_cast<size_t>(size));
    return result;
}

}  // namespace

std::optional<ConvertedText> convertToUtf8(std::string_view bytes, const char* charset) {
    UErrorCode status = U_ZERO_ERROR;
    const Converter from(ucnv_open(charset, &status));
    const Converter to(ucnv_open("UTF-8", &status));
    if (U_FAILURE(status)) {
        return std::nullopt;
    }
    constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
    ConvertedText result;
    // A byte of a legacy encoding becomes up to 3 bytes, a UTF-16 pair of 4 bytes becomes 4.
    result.text.resize(bytes.size() * 3 + 16);
    char* target = result.text.data();
    const char* source = bytes.data();
    ucnv_convertEx(to.get(),
                   from.get(),
                   &target,
                   target + result.text.size(),
                   &source,
                   source + bytes.size(),
                   nullptr,
                   nullptr,
                   nullptr,
                   nullptr,
                   /*reset=*/1,
                   /*flush=*/1,
                   &status);
    if (U_FAILURE(status)) {
        return std::nullopt;
    }
    result.text.resize(static_cast<size_t>(target - result.text.data()));
    result.wasRepaired = result.text.find(kReplacement) != std::string::npos;
    return result;
}

std::u16string convertToUtf16(std::string_view bytes, const char* charset) {
    UErrorCode status = U_ZERO_ERROR;
    const Converter from(ucnv_open(charset, &status));
    if (U_FAILURE(status)) {
        return {};
    }
    // A byte becomes two units at most.
    std::u16string text(bytes.size() * 2 + 16, u'\0');
    const int32_t size = ucnv_toUChars(from.get(),
                                       text.data(),
                                       static_cast<int32_t>(text.size()),
                                       bytes.data(),
                                       static_cast<int32_t>(bytes.size()),
                                       &status);
    if (U_FAILURE(status)) {
        return {};
    }
    text.resize(static_cast<size_t>(size));
    while (text.ends_with(u'\uFFFD')) {
        text.pop_back();
    }
    return hasMarksBehindLetters(charset) ? composed(std::move(text)) : text;
}

}  // namespace tl
