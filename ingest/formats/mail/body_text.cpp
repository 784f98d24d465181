// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/mail/body_text.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/utf8.h"
#include "ingest/text/charset.h"
#include "ingest/text/text_lines.h"

namespace tl {
namespace {

// What mailers call a charset, and the larger one that they mean.
std::string icuNameOf(std::string_view charset) {
    struct Alias {
        std::string_view name;
        std::string_view icuName;
    };
    constexpr std::array<Alias, 9> kAliases{{{"iso-8859-1", "windows-1252"},
                                             {"latin1", "windows-1252"},
                                             {"iso-8859-9", "windows-1254"},
                                             {"gb2312", "gb18030"},
                                             {"gbk", "gb18030"},
                                             {"x-gbk", "gb18030"},
                                             {"ks_c_5601-1987", "windows-949"},
                                             {"euc-kr", "windows-949"},
                                             {"unicode-1-1-utf-7", "utf-7"}}};
    const auto* alias = std::find_if(
        kAliases.begin(), kAliases.end(), [&](const Alias& a) { return a.name == charset; });
    return std::string(alias == kAliases.end() ? charset : alias->icuName);
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
    if (auto guess = guessCharset(plain)) {
        why.name = guess->charset;
        return {std::move(guess->text), std::move(why)};
    }
    why.name = "windows-1252";
    auto western = convertToUtf8(plain, "windows-1252");
    return {western ? std::move(western->text) : repaired(plain), std::move(why)};
}

BodyText converted(std::string_view bytes, std::string_view charset) {
    if (saysNothing(charset)) {
        return guessed(bytes, {ReasonCode::kCharsetNotSaid});
    }
    if (charset == "utf-8" || charset == "utf8") {
        return isValidUtf8(bytes) ? BodyText{std::string(bytes)}
                                  : BodyText{repaired(bytes), {ReasonCode::kNotUtf8}};
    }
    auto text = convertToUtf8(bytes, icuNameOf(charset).c_str());
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
