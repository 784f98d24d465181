// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/mail/body_text.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/utf8.h"
#include "ingest/text/charset.h"
#include "ingest/text/charset_names.h"
#include "ingest/text/guess_charset.h"
#include "ingest/text/text_lines.h"

namespace tl {
namespace {

// RFC 1642's name for UTF-7 is known to mailers alone.
std::string mailCharset(std::string_view charset) {
    return charset == "unicode-1-1-utf-7" ? "utf-7" : icuCharsetName(charset);
}

bool saysNothing(std::string_view charset) {
    constexpr std::array<std::string_view, 9> kEmpty{"",
                                                     "us-ascii",
                                                     "ascii",
                                                     "ansi_x3.4-1968",
                                                     "unknown",
                                                     "unknown-8bit",
                                                     "x-unknown",
                                                     "default",
                                                     "binary"};
    return std::find(kEmpty.begin(), kEmpty.end(), charset) != kEmpty.end();
}

std::string repaired(std::string_view bytes) {
    std::string text;
    Utf8Assembler assembler;
    assembler.push(bytes, text);
    assembler.finish(text);
    return text;
}

// `why` becomes the problem. UTF-8 by its bytes is no guess.
BodyText guessed(std::string_view bytes, Reason why) {
    if (isValidUtf8(bytes)) {
        return {std::string(bytes)};
    }
    std::string plain(bytes);
    plain.erase(std::remove(plain.begin(), plain.end(), '\0'), plain.end());
    const auto guess = guessCharset(plain);
    why.name = guess ? guess->charset : "Windows-1252";
    auto text = convertToUtf8(plain, icuCharsetName(why.name).c_str());
    return {text ? std::move(text->text) : repaired(plain), std::move(why)};
}

BodyText converted(std::string_view bytes, std::string_view charset) {
    if (saysNothing(charset)) {
        return guessed(bytes, {ReasonCode::kCharsetNotSaid});
    }
    if (charset == "utf-8" || charset == "utf8") {
        return isValidUtf8(bytes) ? BodyText{std::string(bytes)}
                                  : BodyText{repaired(bytes), {ReasonCode::kNotUtf8}};
    }
    auto text = convertToUtf8(bytes, mailCharset(charset).c_str());
    if (!text || !isValidUtf8(text->text)) {
        return guessed(bytes,
                       {.code = ReasonCode::kCharsetUnknown, .detail = std::string(charset)});
    }
    return {std::move(text->text),
            text->wasRepaired
                ? Reason{.code = ReasonCode::kNotOfCharset, .name = std::string(charset)}
                : Reason()};
}

// \r\n and \r become \n; NUL goes.
void normaliseLines(std::string& text) {
    size_t to = 0;
    char before = '\0';
    for (const char c : text) {
        if (c != '\0' && (c != '\n' || before != '\r')) {
            text[to++] = c == '\r' ? '\n' : c;
        }
        before = c;
    }
    text.resize(to);
}

// A name that stands in a message to the user: a few plain letters.
std::string plainCharsetName(std::string_view charset) {
    constexpr size_t kLongest = 40;
    std::string name = asciiLower(trimmed(charset)).substr(0, kLongest);
    std::replace_if(
        name.begin(), name.end(), [](char c) { return c < '!' || c > '~' || c == ','; }, '_');
    return name;
}

}  // namespace

BodyText bodyText(std::string_view bytes, std::string_view charset) {
    BodyText body = converted(bytes, plainCharsetName(charset));
    normaliseLines(body.text);
    return body;
}

}  // namespace tl
