// SPDX-License-Identifier: Apache-2.0
#include "ingest/text/charset_names.h"

#include <algorithm>
#include <array>
#include <memory>
#include <unicode/ucnv.h>

#include "base/ascii.h"
#include "ingest/text/text_lines.h"

namespace tl {
namespace {

struct Alias {
    std::string_view name;
    std::string_view icu;
};

// Names that ICU does not know (uchardet's UHC), and those whose plain meaning is not what stands
// in files. In the order of the names.
constexpr std::array<Alias, 49> kAliases{{
    {"ansi", "windows-1252"},
    {"ascii", "windows-1252"},
    {"cn-big5", "windows-950"},
    {"cp936", "gb18030"},
    {"cp949", "windows-949"},
    {"dos-874", "windows-874"},
    {"euc-kr", "windows-949"},
    {"euckr", "windows-949"},
    {"gb2312", "gb18030"},
    {"gb_2312", "gb18030"},
    {"gb_2312-80", "gb18030"},
    {"gbk", "gb18030"},
    {"iso-8859-1", "windows-1252"},
    {"iso-8859-11", "windows-874"},
    {"iso-8859-8-i", "windows-1255"},
    {"iso-8859-9", "windows-1254"},
    {"iso-ir-149", "windows-949"},
    {"iso8859-1", "windows-1252"},
    {"iso8859-15", "iso-8859-15"},
    {"iso8859-2", "iso-8859-2"},
    {"iso_8859-1", "windows-1252"},
    {"koi8", "koi8-r"},
    {"koi8-ru", "koi8-u"},
    {"korean", "windows-949"},
    {"ks_c_5601-1987", "windows-949"},
    {"ks_c_5601-1989", "windows-949"},
    {"ksc5601", "windows-949"},
    {"ksc_5601", "windows-949"},
    {"l1", "windows-1252"},
    {"latin-1", "windows-1252"},
    {"latin-2", "iso-8859-2"},
    {"latin-9", "iso-8859-15"},
    {"latin1", "windows-1252"},
    {"mac", "macintosh"},
    {"ms_kanji", "windows-31j"},
    {"shift-jis", "windows-31j"},
    {"shift_jis", "windows-31j"},
    {"sjis", "windows-31j"},
    {"tis-620", "windows-874"},
    {"tis620", "windows-874"},
    {"uhc", "windows-949"},
    {"unicode-1-1-utf-8", "utf-8"},
    {"us-ascii", "windows-1252"},
    {"utf8", "utf-8"},
    {"windows-936", "gb18030"},
    {"x-gbk", "gb18030"},
    {"x-mac-ce", "x-mac-centraleurroman"},
    {"x-mac-roman", "macintosh"},
    {"x-sjis", "windows-31j"},
}};

constexpr bool comesBefore(const Alias& a, const Alias& b) {
    return a.name < b.name;
}
static_assert(std::is_sorted(kAliases.begin(), kAliases.end(), comesBefore));

constexpr std::string_view kNameBytes =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:+";

// The name of an encoding after `mark`, or nothing.
std::string nameBehind(std::string_view head, std::string_view mark) {
    for (size_t at = head.find(mark); at != std::string_view::npos;
         at = head.find(mark, at + mark.size())) {
        const std::string_view rest = head.substr(at + mark.size());
        const size_t begin = std::min(rest.find_first_not_of(" \t\"'[:="), rest.size());
        const size_t end = std::min(rest.find_first_not_of(kNameBytes, begin), rest.size());
        constexpr size_t kLongestName = 40;
        const std::string_view name = rest.substr(begin, std::min(end - begin, kLongestName));
        if (begin <= 4 && !name.empty() && isKnownCharset(name)) {
            return std::string(name);
        }
    }
    return {};
}

std::string firstLines(std::string_view text, size_t count) {
    size_t end = 0;
    for (; count > 0 && end < text.size(); --count) {
        end = std::min(text.find('\n', end), text.size() - 1) + 1;
    }
    return std::string(text.substr(0, end));
}

}  // namespace

std::string icuCharsetName(std::string_view name) {
    std::string lower = asciiLower(trimmed(name));
    const auto* at =
        std::lower_bound(kAliases.begin(), kAliases.end(), Alias{lower, {}}, comesBefore);
    return at != kAliases.end() && at->name == lower ? std::string(at->icu) : lower;
}

bool isKnownCharset(std::string_view name) {
    UErrorCode status = U_ZERO_ERROR;
    const std::string icuName = icuCharsetName(name);
    if (icuName.empty()) {
        return false;  // which is ICU's word for the system's own
    }
    const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(
        ucnv_open(icuName.c_str(), &status), &ucnv_close);
    return U_SUCCESS(status);
}

std::string charsetSaidIn(std::string_view bytes) {
    constexpr size_t kHeadBytes = 4096;
    const std::string head = asciiLower(bytes.substr(0, kHeadBytes));
    if (head.starts_with("<?xml")) {
        return nameBehind(head.substr(0, head.find("?>")), "encoding");
    }
    // The cookie counts in the first two lines, as for Python and Emacs.
    if (std::string name = nameBehind(firstLines(head, 2), "coding"); !name.empty()) {
        return name;
    }
    for (const std::string_view mark : {"charset=", "@charset", "\\usepackage[", "fileencoding="}) {
        const bool isLatex = mark.starts_with('\\');
        if (isLatex && head.find("]{inputenc}") == std::string::npos) {
            continue;
        }
        if (std::string name = nameBehind(head, mark); !name.empty()) {
            return name;
        }
    }
    return {};
}

}  // namespace tl
