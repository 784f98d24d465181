// SPDX-License-Identifier: Apache-2.0
// A file says its encoding by a mark, or by the pattern of its zero bytes, or not at all. What says
// nothing and is no UTF-8 is taken for what two detectors agree on, else for Windows-1252, in which
// nearly all old western files are. Wrong guesses are possible there, so each is told in the note.
#include "ingest/text/decode_text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "base/utf8.h"
#include "ingest/text/binary_check.h"
#include "ingest/text/charset.h"

namespace tl {
namespace {

struct Mark {
    std::string_view bytes;
    const char* charset;
};

// UTF-32LE before UTF-16LE, whose mark it starts with.
constexpr std::array<Mark, 5> kMarks{{
    {"\xEF\xBB\xBF", "UTF-8"},
    {{"\xFF\xFE\0\0", 4}, "UTF-32LE"},
    {{"\0\0\xFE\xFF", 4}, "UTF-32BE"},
    {"\xFF\xFE", "UTF-16LE"},
    {"\xFE\xFF", "UTF-16BE"},
}};

Failure notText(Reason reason) {
    return {ErrorCode::kUnsupported, std::move(reason)};
}

// How often each of the four places in a group of four bytes is zero.
std::array<size_t, 4> zerosByPlace(std::string_view bytes) {
    std::array<size_t, 4> zeros{};
    for (size_t i = 0; i < bytes.size(); ++i) {
        zeros[i % 4] += bytes[i] == '\0' ? 1 : 0;
    }
    return zeros;
}

// UTF-16 or UTF-32 without mark: places that are zero in at least `kMost` of the groups, and
// others that are hardly ever. nullptr when the pattern is not clear.
const char* wideCharset(std::string_view bytes) {
    constexpr size_t kSample = size_t{1} << 16;
    const std::string_view sample = bytes.substr(0, std::min(kSample, bytes.size() / 4 * 4));
    const size_t groups = sample.size() / 4;
    if (groups < 2 || bytes.size() % 2 != 0) {
        return nullptr;
    }
    const auto zeros = zerosByPlace(sample);
    const auto most = [&](size_t place) { return zeros[place] * 10 >= groups * 7; };
    const auto few = [&](size_t place) { return zeros[place] * 20 <= groups; };
    if (few(0) && most(2) && most(3) && bytes.size() % 4 == 0) {
        return "UTF-32LE";
    }
    if (most(0) && most(1) && few(3) && bytes.size() % 4 == 0) {
        return "UTF-32BE";
    }
    if (few(0) && most(1) && few(2) && most(3)) {
        return "UTF-16LE";
    }
    if (most(0) && few(1) && most(2) && few(3)) {
        return "UTF-16BE";
    }
    return nullptr;
}

Reading<DecodedText> decodeAs(std::string_view bytes, const char* charset) {
    auto converted = convertToUtf8(bytes, charset);
    if (!converted || hasManyControls(converted->text)) {
        return notText({.code = ReasonCode::kBrokenEncoding, .name = charset});
    }
    std::vector<Reason> notes = {{.code = ReasonCode::kConverted, .name = charset}};
    if (converted->wasRepaired) {
        notes.push_back({ReasonCode::kBrokenCharacters});
    }
    return DecodedText{std::move(converted->text), std::move(notes)};
}

struct Utf8Count {
    size_t characters = 0;  // beyond ASCII
    size_t broken = 0;
};

Utf8Count countUtf8(std::string_view bytes) {
    Utf8Count count;
    while (!bytes.empty()) {
        const Utf8Char c = decodeUtf8(bytes);
        count.broken += c.status != Utf8Status::kValid ? 1 : 0;
        count.characters += c.status == Utf8Status::kValid && c.length > 1 ? 1 : 0;
        bytes.remove_prefix(c.length);
    }
    return count;
}

DecodedText repairUtf8(std::string_view bytes, size_t broken) {
    DecodedText result;
    Utf8Assembler assembler;
    assembler.push(bytes, result.text);
    assembler.finish(result.text);
    result.notes.push_back(
        {.code = ReasonCode::kBrokenUtf8, .count = static_cast<int64_t>(broken)});
    return result;
}

// Not UTF-8, no mark, no NUL bytes.
Reading<DecodedText> decodeLegacy(std::string_view bytes) {
    const Utf8Count count = countUtf8(bytes);
    if (count.characters > 10 * count.broken) {
        return repairUtf8(bytes, count.broken);  // UTF-8 all the same, damaged here and there
    }
    if (auto guessed = guessCharset(bytes)) {
        return DecodedText{std::move(guessed->text),
                           {{.code = ReasonCode::kConvertedDetected, .name = guessed->charset}}};
    }
    const auto high = std::count_if(bytes.begin(), bytes.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0x80) != 0;
    });
    if (high * 3 > static_cast<std::ptrdiff_t>(bytes.size())) {
        return notText({ReasonCode::kUnknownEncoding});
    }
    auto western = convertToUtf8(bytes, "windows-1252");
    if (!western) {
        return notText({ReasonCode::kUnknownEncoding});
    }
    return DecodedText{std::move(western->text),
                       {{.code = ReasonCode::kConvertedAssumed, .name = "Windows-1252"}}};
}

// Takes NUL bytes out if they are so few that the rest is text: at most one in a thousand.
Reading<size_t> dropStrayNuls(std::string& bytes) {
    const auto count = static_cast<size_t>(std::count(bytes.begin(), bytes.end(), '\0'));
    if (count * 1000 > bytes.size()) {
        return notText({ReasonCode::kNulBytes});
    }
    if (count > 0) {
        bytes.erase(std::remove(bytes.begin(), bytes.end(), '\0'), bytes.end());
    }
    return count;
}

Reading<DecodedText> decodeNarrow(std::string bytes) {
    const auto nuls = dropStrayNuls(bytes);
    if (!nuls.ok()) {
        return nuls.error();
    }
    if (hasManyControls(bytes)) {
        return notText({ReasonCode::kControlCharacters});
    }
    Reading<DecodedText> result = isValidUtf8(bytes)
                                      ? Reading<DecodedText>(DecodedText{std::move(bytes), {}})
                                      : decodeLegacy(bytes);
    if (result.ok() && nuls.value() > 0) {
        result.value().notes.push_back(
            {.code = ReasonCode::kNulsTakenOut, .count = static_cast<int64_t>(nuls.value())});
    }
    return result;
}

Reading<DecodedText> decodeAny(std::string bytes) {
    for (const Mark& mark : kMarks) {
        if (!bytes.starts_with(mark.bytes)) {
            continue;
        }
        bytes.erase(0, mark.bytes.size());
        if (std::string_view(mark.charset) == "UTF-8") {
            return decodeNarrow(std::move(bytes));
        }
        return decodeAs(bytes, mark.charset);
    }
    if (const std::string_view format = formatBySignature(bytes); !format.empty()) {
        return notText({.code = ReasonCode::kBinaryFormat, .name = std::string(format)});
    }
    if (const char* charset = wideCharset(bytes)) {
        return decodeAs(bytes, charset);
    }
    return decodeNarrow(std::move(bytes));
}

// \r\n and \r become \n.
void normaliseLineEnds(std::string& text) {
    size_t to = text.find('\r');
    if (to == std::string::npos) {
        return;
    }
    for (size_t from = to; from < text.size(); ++from) {
        if (text[from] != '\r') {
            text[to++] = text[from];
            continue;
        }
        text[to++] = '\n';
        from += from + 1 < text.size() && text[from + 1] == '\n' ? 1 : 0;
    }
    text.resize(to);
}

}  // namespace

Reading<DecodedText> decodeText(std::string bytes) {
    Reading<DecodedText> result = decodeAny(std::move(bytes));
    if (!result.ok()) {
        return result;
    }
    std::string& text = result.value().text;
    // Wide encodings may hold NUL characters of their own.
    text.erase(std::remove(text.begin(), text.end(), '\0'), text.end());
    normaliseLineEnds(text);
    if (text.empty()) {
        return notText({ReasonCode::kEmptyFile});
    }
    return result;
}

}  // namespace tl
