// SPDX-License-Identifier: Apache-2.0
// A file says its encoding by a mark, or by the pattern of its zero bytes, or not at all. What says
// nothing and is no UTF-8 is taken for the encoding in which it makes most sense, else for
// Windows-1252, in which nearly all old western files are. Wrong guesses are possible there, so
// each is told in the note.
#include "ingest/text/decode_text.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/utf8.h"
#include "ingest/text/binary_check.h"
#include "ingest/text/charset.h"
#include "ingest/text/charset_names.h"
#include "ingest/text/guess_charset.h"

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

// How the characters beyond ASCII of bytes that are no UTF-8 stand as UTF-8.
struct Utf8Count {
    size_t characters = 0;  // whole ones
    size_t broken = 0;
    size_t goodLines = 0;  // lines with whole characters alone
    size_t badLines = 0;   // and with broken ones
    bool isLatin = true;   // whole ones are letters of Latin or common marks, between ASCII
    std::vector<PlaceRange> badPlaces;  // lines of broken ones
};

// Latin letters with accents and the usual quotes and dashes, which other encodings do not bring
// about by chance: as Windows-1252, "e" with acute would be two odd signs.
bool isLatinOrMark(char32_t c) {
    return (c >= 0xA0 && c < 0x250) || (c >= 0x2010 && c <= 0x20AC);
}

Utf8Count countUtf8(std::string_view bytes) {
    Utf8Count count;
    size_t characters = 0;
    size_t broken = 0;
    int64_t line = 1;
    const auto endLine = [&] {
        count.goodLines += characters > 0 && broken == 0 ? 1 : 0;
        count.badLines += broken > 0 ? 1 : 0;
        if (broken > 0) {
            addPlace(line, count.badPlaces);
        }
        count.characters += std::exchange(characters, 0);
        count.broken += std::exchange(broken, 0);
        ++line;
    };
    while (!bytes.empty()) {
        const Utf8Char c = decodeUtf8(bytes);
        const bool isCharacter = c.status == Utf8Status::kValid && c.length > 1;
        broken += c.status != Utf8Status::kValid ? 1 : 0;
        characters += isCharacter ? 1 : 0;
        count.isLatin = count.isLatin && (!isCharacter || isLatinOrMark(c.code));
        if (c.code == '\n') {
            endLine();
        }
        bytes.remove_prefix(c.length);
    }
    endLine();
    return count;
}

// Whole characters of several bytes come about by chance in one of ten places of another encoding
// at most. So where they are the more, the text is UTF-8, and something foreign got into it.
bool isDamagedUtf8(const Utf8Count& count) {
    if (count.characters >= 3 && count.characters > count.broken) {
        return true;
    }
    return count.goodLines > 0 && count.goodLines >= count.badLines &&
           (count.isLatin || (count.goodLines >= 3 && count.goodLines > count.badLines));
}

DecodedText repairUtf8(std::string_view bytes, Utf8Count count) {
    DecodedText result;
    Utf8Assembler assembler;
    assembler.push(bytes, result.text);
    assembler.finish(result.text);
    if (count.broken > 0) {
        result.notes.push_back({.code = ReasonCode::kBrokenUtf8,
                                .count = static_cast<int64_t>(count.broken),
                                .placeKind = PlaceKind::kLine,
                                .places = std::move(count.badPlaces)});
    }
    return result;
}

bool isHigh(char c) {
    return (static_cast<unsigned char>(c) & 0x80) != 0;
}

Reading<DecodedText> convertedBy(std::string_view bytes, std::string charset, ReasonCode how) {
    auto converted = convertToUtf8(bytes, icuCharsetName(charset).c_str());
    if (!converted) {
        return notText({ReasonCode::kUnknownEncoding});
    }
    DecodedText result{std::move(converted->text), {{.code = how, .name = std::move(charset)}}};
    if (converted->wasRepaired) {
        result.notes.push_back({ReasonCode::kBrokenCharacters});
    }
    return result;
}

// Not UTF-8, no mark, no NUL bytes.
Reading<DecodedText> decodeLegacy(std::string_view bytes) {
    if (Utf8Count count = countUtf8(bytes); isDamagedUtf8(count)) {
        return repairUtf8(bytes, std::move(count));
    }
    if (auto guess = guessCharset(bytes)) {
        return convertedBy(
            bytes,
            std::move(guess->charset),
            guess->isSure ? ReasonCode::kConvertedDetected : ReasonCode::kConvertedAssumed);
    }
    const auto high = std::count_if(bytes.begin(), bytes.end(), isHigh);
    if (high * 3 > std::ssize(bytes)) {
        return notText({ReasonCode::kUnknownEncoding});
    }
    return convertedBy(bytes, "Windows-1252", ReasonCode::kConvertedAssumed);
}

// Japanese, Korean and Chinese of old mail and news have no byte beyond ASCII, but switch between
// sets of characters. Empty for all other text.
std::string_view switchingCharset(std::string_view bytes) {
    struct Switch {
        std::string_view sign;
        std::string_view charset;
    };
    constexpr std::array<Switch, 4> kSwitches{{{"\x1B$B", "ISO-2022-JP"},
                                               {"\x1B$@", "ISO-2022-JP"},
                                               {"\x1B$)C", "ISO-2022-KR"},
                                               {"\x1B$)A", "ISO-2022-CN"}}};
    if (bytes.find('\x1B') == std::string_view::npos) {
        return {};
    }
    for (const Switch& change : kSwitches) {
        if (bytes.find(change.sign) != std::string_view::npos) {
            return change.charset;
        }
    }
    return {};
}

// What stands between NUL bytes is text when these are few, at most one in a thousand, or stand in
// few runs, as in a log after a power cut, where a block of the disk was never written. Binary
// formats have a run at each number or name.
struct NulCount {
    size_t bytes = 0;
    size_t runs = 0;
    size_t lineEnds = 0;
    std::vector<PlaceRange> lines;  // in which they stand
};

NulCount countNuls(std::string_view bytes) {
    NulCount count;
    char before = '\n';
    for (const char c : bytes) {
        count.lineEnds += c == '\n' ? 1 : 0;
        if (c == '\0') {
            ++count.bytes;
            if (before != '\0') {
                ++count.runs;
                addPlace(static_cast<int64_t>(count.lineEnds) + 1, count.lines);
            }
        }
        before = c;
    }
    return count;
}

// Takes the NUL bytes out of `bytes` if the rest is text. None when there are none.
Reading<std::vector<Reason>> dropNuls(std::string& bytes) {
    if (bytes.find('\0') == std::string::npos) {
        return std::vector<Reason>{};
    }
    NulCount count = countNuls(bytes);
    const bool areFew = count.bytes * 1000 <= bytes.size();
    const bool areRuns =
        count.lineEnds >= 2 && count.runs <= std::max<size_t>(1, count.lineEnds / 4);
    if (!areFew && !areRuns) {
        return notText({ReasonCode::kNulBytes});
    }
    bytes.erase(std::remove(bytes.begin(), bytes.end(), '\0'), bytes.end());
    if (!areFew && !isValidUtf8(bytes)) {
        return notText({ReasonCode::kNulBytes});
    }
    return std::vector<Reason>{{.code = ReasonCode::kNulsTakenOut,
                                .count = static_cast<int64_t>(count.bytes),
                                .placeKind = PlaceKind::kLine,
                                .places = std::move(count.lines)}};
}

Reading<DecodedText> decodeWithoutNuls(std::string bytes) {
    const std::string_view switching = switchingCharset(bytes);
    if (!switching.empty() && std::none_of(bytes.begin(), bytes.end(), isHigh)) {
        auto result = convertedBy(bytes, std::string(switching), ReasonCode::kConvertedDetected);
        if (result.ok() && result.value().notes.size() == 1) {
            return result;
        }
    }
    if (isValidUtf8(bytes)) {
        return DecodedText{std::move(bytes), {}};
    }
    return decodeLegacy(bytes);
}

Reading<DecodedText> decodeNarrow(std::string bytes) {
    const auto nuls = dropNuls(bytes);
    if (!nuls.ok()) {
        return nuls.error();
    }
    if (hasManyControls(bytes)) {
        return notText({ReasonCode::kControlCharacters});
    }
    Reading<DecodedText> result = decodeWithoutNuls(std::move(bytes));
    if (result.ok()) {
        std::vector<Reason>& notes = result.value().notes;
        notes.insert(notes.end(), nuls.value().begin(), nuls.value().end());
    }
    return result;
}

Reading<DecodedText> decodeSaid(std::string bytes, std::string_view charset) {
    for (const Mark& mark : kMarks) {
        if (bytes.starts_with(mark.bytes) &&
            icuCharsetName(mark.charset) == icuCharsetName(charset)) {
            bytes.erase(0, mark.bytes.size());
            break;
        }
    }
    if (icuCharsetName(charset) == "utf-8") {
        return repairUtf8(bytes, countUtf8(bytes));
    }
    return convertedBy(bytes, std::string(charset), ReasonCode::kConverted);
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

Reading<DecodedText> decodeText(std::string bytes, std::string_view charset) {
    Reading<DecodedText> result =
        charset.empty() ? decodeAny(std::move(bytes)) : decodeSaid(std::move(bytes), charset);
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
