// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/mail/header_text.h"

#include <algorithm>
#include <charconv>
#include <gmime/gmime.h>
#include <memory>
#include <optional>
#include <vector>

#include "base/ascii.h"
#include "base/utf8.h"
#include "ingest/formats/mail/body_text.h"
#include "ingest/formats/mail/mime_handle.h"
#include "ingest/text/text_lines.h"

namespace tl {
namespace {

struct HeaderPiece {
    bool isEncoded = false;
    std::string charset;
    std::string bytes;  // decoded; of plain pieces UTF-8
};

struct EncodedWord {
    HeaderPiece piece;
    size_t length = 0;
};

// Line ends go; controls become spaces.
std::string oneLine(std::string_view text) {
    std::string line;
    line.reserve(text.size());
    for (const char c : text) {
        if (c == '\n' || c == '\r') {
            continue;
        }
        line += (c >= '\0' && c < ' ') || c == '\x7F' ? ' ' : c;
    }
    return line;
}

int hexDigit(char c) {
    int value = -1;
    std::from_chars(&c, &c + 1, value, 16);
    return value;
}

// `%E9` with mark '%', `=E9` with mark '='.
std::string decodeHex(std::string_view text, char mark) {
    std::string bytes;
    for (size_t i = 0; i < text.size(); ++i) {
        const bool isMarked = text[i] == mark && i + 2 < text.size() &&
                              hexDigit(text[i + 1]) >= 0 && hexDigit(text[i + 2]) >= 0;
        if (isMarked) {
            bytes += static_cast<char>(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2]));
            i += 2;
        } else {
            bytes += text[i];
        }
    }
    return bytes;
}

std::string decodeBase64(std::string_view text) {
    std::string bytes(text.size() + 3, '\0');
    int state = 0;
    guint32 save = 0;
    const size_t size =
        g_mime_encoding_base64_decode_step(reinterpret_cast<const unsigned char*>(text.data()),
                                           text.size(),
                                           reinterpret_cast<unsigned char*>(bytes.data()),
                                           &state,
                                           &save);
    bytes.resize(size);
    return bytes;
}

// "=?charset?Q?words?=" at the start of `rest`.
std::optional<EncodedWord> encodedWordAt(std::string_view rest) {
    if (!rest.starts_with("=?")) {
        return std::nullopt;
    }
    const size_t charsetEnd = rest.find('?', 2);
    if (charsetEnd == std::string_view::npos || charsetEnd + 2 >= rest.size() ||
        rest[charsetEnd + 2] != '?') {
        return std::nullopt;
    }
    const size_t begin = charsetEnd + 3;
    const size_t end = rest.find("?=", begin);
    const char encoding = rest[charsetEnd + 1];
    const bool isBase64 = encoding == 'B' || encoding == 'b';
    if (end == std::string_view::npos || (!isBase64 && encoding != 'Q' && encoding != 'q')) {
        return std::nullopt;
    }
    EncodedWord word;
    word.length = end + 2;
    word.piece.isEncoded = true;
    // RFC 2231 lets a language come after the charset.
    const std::string_view charset = rest.substr(2, charsetEnd - 2);
    word.piece.charset = charset.substr(0, charset.find('*'));
    std::string data(rest.substr(begin, end - begin));
    if (isBase64) {
        word.piece.bytes = decodeBase64(data);
    } else {
        std::replace(data.begin(), data.end(), '_', ' ');
        word.piece.bytes = decodeHex(data, '=');
    }
    return word;
}

// White space between two encoded words means nothing; words of one charset are one, since a
// character may be divided among them.
void appendWord(HeaderPiece word, std::vector<HeaderPiece>& pieces) {
    if (pieces.size() >= 2 && !pieces.back().isEncoded && trimmed(pieces.back().bytes).empty() &&
        pieces[pieces.size() - 2].isEncoded) {
        pieces.pop_back();
    }
    if (!pieces.empty() && pieces.back().isEncoded && pieces.back().charset == word.charset) {
        pieces.back().bytes += word.bytes;
    } else {
        pieces.push_back(std::move(word));
    }
}

std::vector<HeaderPiece> piecesOf(std::string_view raw) {
    const std::string text = oneLine(bodyText(raw, "").text);
    std::vector<HeaderPiece> pieces;
    std::string_view rest = text;
    while (!rest.empty()) {
        if (auto word = encodedWordAt(rest)) {
            appendWord(std::move(word->piece), pieces);
            rest.remove_prefix(word->length);
            continue;
        }
        const size_t length = std::min(rest.find("=?", 1), rest.size());
        if (pieces.empty() || pieces.back().isEncoded) {
            pieces.emplace_back();
        }
        pieces.back().bytes += rest.substr(0, length);
        rest.remove_prefix(length);
    }
    return pieces;
}

std::string textOf(const HeaderPiece& piece) {
    return piece.isEncoded ? bodyText(piece.bytes, piece.charset).text : piece.bytes;
}

// The field with all encoded words in UTF-8, of which GMime's decoder makes the same bytes.
std::string inUtf8Words(std::string_view raw) {
    std::string out;
    for (const HeaderPiece& piece : piecesOf(raw)) {
        const std::string text = textOf(piece);
        if (piece.isEncoded) {
            const GText word(
                g_base64_encode(reinterpret_cast<const unsigned char*>(text.data()), text.size()));
            out += std::string("=?utf-8?B?") + word.get() + "?=";
        } else {
            out += text;
        }
    }
    return out;
}

void appendAddresses(InternetAddressList* list, int depth, std::string& out) {
    const int count = internet_address_list_length(list);
    for (int i = 0; i < count; ++i) {
        InternetAddress* address = internet_address_list_get_address(list, i);
        const char* rawName = internet_address_get_name(address);
        const std::string name = rawName == nullptr ? "" : rawName;
        out += out.empty() || out.ends_with(": ") ? "" : ", ";
        if (INTERNET_ADDRESS_IS_GROUP(address)) {
            out += name + ": ";
            if (depth > 0) {
                auto* group = reinterpret_cast<InternetAddressGroup*>(address);
                appendAddresses(internet_address_group_get_members(group), depth - 1, out);
            }
            out += ';';
            continue;
        }
        const char* rawAddress =
            internet_address_mailbox_get_addr(reinterpret_cast<InternetAddressMailbox*>(address));
        const std::string mailbox = rawAddress == nullptr ? "" : rawAddress;
        if (name.empty()) {
            out += mailbox;
        } else {
            out += name;
            out += " <";
            out += mailbox;
            out += '>';
        }
    }
}

// One `name*2*=value` of a parameter.
struct ParameterPiece {
    int index = 0;
    bool isExtended = false;  // %-encoded, the first one with its charset in front
    std::string value;
};

// Takes the value after '=' off `rest`, and what follows up to and with the next ';'.
std::string takeValue(std::string_view& rest) {
    std::string value;
    size_t i = 0;
    if (rest.starts_with('"')) {
        for (i = 1; i < rest.size() && rest[i] != '"'; ++i) {
            const bool isEscape = rest[i] == '\\' && i + 1 < rest.size() &&
                                  (rest[i + 1] == '"' || rest[i + 1] == '\\');
            i += isEscape ? 1 : 0;
            value += rest[i];
        }
        i = std::min(rest.find(';', i), rest.size());
    } else {
        i = std::min(rest.find(';'), rest.size());
        value = trimmed(rest.substr(0, i));
    }
    rest.remove_prefix(std::min(i + 1, rest.size()));
    return value;
}

// nullopt when `key` is another parameter than `name`.
std::optional<ParameterPiece> pieceNamed(std::string_view key, std::string_view name) {
    if (key.size() < name.size() || asciiLower(key.substr(0, name.size())) != name) {
        return std::nullopt;
    }
    key.remove_prefix(name.size());
    ParameterPiece piece;
    if (key.empty()) {
        piece.index = -1;  // the plain form, of use when there is no other
        return piece;
    }
    if (!key.starts_with('*')) {
        return std::nullopt;
    }
    key.remove_prefix(1);
    piece.isExtended = key.empty() || key.ends_with('*');
    std::from_chars(key.data(), key.data() + key.size(), piece.index);
    return piece;
}

std::vector<ParameterPiece> parameterPieces(std::string_view field, std::string_view name) {
    std::vector<ParameterPiece> pieces;
    std::string_view rest = field;
    rest.remove_prefix(std::min(rest.find(';'), rest.size() - 1) + 1);
    while (!rest.empty()) {
        const size_t equals = rest.find_first_of("=;");
        if (equals == std::string_view::npos) {
            break;
        }
        const std::string_view key = trimmed(rest.substr(0, equals));
        const bool hasValue = rest[equals] == '=';
        rest.remove_prefix(equals + 1);
        if (!hasValue) {
            continue;
        }
        rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
        std::string value = takeValue(rest);
        if (auto piece = pieceNamed(key, name)) {
            piece->value = std::move(value);
            pieces.push_back(std::move(*piece));
        }
    }
    std::stable_sort(
        pieces.begin(), pieces.end(), [](const ParameterPiece& a, const ParameterPiece& b) {
            return a.index < b.index;
        });
    return pieces;
}

// The charset in front of "fr'caf%E9"; what is not of that form stays whole.
std::string takeCharset(std::string& value) {
    const size_t first = value.find('\'');
    const size_t second = first == std::string::npos ? first : value.find('\'', first + 1);
    if (second == std::string::npos) {
        return {};
    }
    std::string charset = value.substr(0, first);
    value.erase(0, second + 1);
    return charset;
}

}  // namespace

std::string decodeHeader(std::string_view raw) {
    std::string text;
    for (const HeaderPiece& piece : piecesOf(raw)) {
        text += textOf(piece);
    }
    return std::string(trimmed(oneLine(text)));
}

std::string decodeAddresses(std::string_view raw) {
    const std::string field = inUtf8Words(raw);
    const MimeObject<InternetAddressList> list(
        internet_address_list_parse(g_mime_parser_options_get_default(), field.c_str()));
    std::string text;
    if (list) {
        appendAddresses(list.get(), /*depth=*/2, text);
    }
    return text.empty() ? decodeHeader(raw) : std::string(trimmed(oneLine(cleanText(text))));
}

std::string headerParameter(std::string_view raw, std::string_view name) {
    const std::string field = oneLine(bodyText(raw, "").text);
    if (field.empty()) {
        return {};
    }
    std::vector<ParameterPiece> pieces = parameterPieces(field, name);
    if (pieces.empty()) {
        return {};
    }
    if (pieces.back().index < 0) {
        return decodeHeader(pieces.back().value);
    }
    std::string charset;
    std::string bytes;
    for (ParameterPiece& piece : pieces) {
        if (piece.index < 0) {
            continue;
        }
        if (piece.isExtended && bytes.empty() && charset.empty()) {
            charset = takeCharset(piece.value);
        }
        bytes += piece.isExtended ? decodeHex(piece.value, '%') : piece.value;
    }
    return std::string(trimmed(oneLine(bodyText(bytes, charset).text)));
}

std::string isoDate(std::string_view raw) {
    const std::string field = decodeHeader(raw);
    const std::unique_ptr<GDateTime, GDateCloser> date(
        g_mime_utils_header_decode_date(field.c_str()));
    if (!date) {
        return {};
    }
    const GText text(g_date_time_format(date.get(), "%Y-%m-%dT%H:%M:%S%:z"));
    return text ? text.get() : "";
}

}  // namespace tl
