// SPDX-License-Identifier: Apache-2.0
#include "ingest/text/charset.h"

#include <memory>
#include <uchardet/uchardet.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

namespace tl {
namespace {

// Enough to be sure; the detectors take a microsecond a byte at worst.
constexpr size_t kDetectorBytes = size_t{1} << 16;

struct ConverterCloser {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};
struct IcuDetectorCloser {
    void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
};
struct UchardetCloser {
    void operator()(uchardet_t detector) const { uchardet_delete(detector); }
};

using Converter = std::unique_ptr<UConverter, ConverterCloser>;

std::string uchardetGuess(std::string_view bytes) {
    const std::unique_ptr<uchardet, UchardetCloser> detector(uchardet_new());
    if (uchardet_handle_data(detector.get(), bytes.data(), bytes.size()) != 0) {
        return {};
    }
    uchardet_data_end(detector.get());
    return uchardet_get_charset(detector.get());
}

std::string icuGuess(std::string_view bytes) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UCharsetDetector, IcuDetectorCloser> detector(ucsdet_open(&status));
    ucsdet_setText(detector.get(), bytes.data(), static_cast<int32_t>(bytes.size()), &status);
    const UCharsetMatch* match = ucsdet_detect(detector.get(), &status);
    const char* name = match != nullptr ? ucsdet_getName(match, &status) : nullptr;
    return U_SUCCESS(status) && name != nullptr ? name : "";
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

std::optional<GuessedText> guessCharset(std::string_view bytes) {
    const std::string_view sample = bytes.substr(0, kDetectorBytes);
    const std::string first = uchardetGuess(sample);
    const std::string second = icuGuess(sample);
    if (first.empty() || second.empty()) {
        return std::nullopt;
    }
    auto text = convertToUtf8(bytes, first.c_str());
    if (!text || text->wasRepaired) {
        return std::nullopt;
    }
    if (first != second) {
        const auto other = convertToUtf8(bytes, second.c_str());
        if (!other || other->text != text->text) {
            return std::nullopt;
        }
    }
    return GuessedText{std::move(text->text), first};
}

}  // namespace tl
