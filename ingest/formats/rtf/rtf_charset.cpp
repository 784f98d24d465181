// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/rtf/rtf_charset.h"

#include <algorithm>
#include <iterator>

#include "ingest/text/charset.h"
#include "ingest/text/symbol_fonts.h"

namespace tl {
namespace {

struct CharsetPage {
    int charset;
    int page;
};

constexpr CharsetPage kPages[] = {{2, kRtfSymbolPage},
                                  {77, 10000},
                                  {128, 932},
                                  {129, 949},
                                  {130, 1361},
                                  {134, 936},
                                  {136, 950},
                                  {161, 1253},
                                  {162, 1254},
                                  {163, 1258},
                                  {177, 1255},
                                  {178, 1256},
                                  {186, 1257},
                                  {204, 1251},
                                  {222, 874},
                                  {238, 1250},
                                  {254, 437},
                                  {255, 850}};

bool isAscii(std::string_view bytes) {
    return std::all_of(
        bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string symbolsOf(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) {
        text += symbolText("Symbol", static_cast<unsigned char>(c));
    }
    return text;
}

}  // namespace

int codePageOfCharset(int charset) {
    const auto* found = std::find_if(std::begin(kPages), std::end(kPages), [&](const auto& entry) {
        return entry.charset == charset;
    });
    return found == std::end(kPages) ? 0 : found->page;
}

std::string textOfCodePage(std::string_view bytes, int codePage) {
    if (codePage == kRtfSymbolPage) {
        return symbolsOf(bytes);
    }
    if (isAscii(bytes)) {
        return std::string(bytes);
    }
    const std::string number = std::to_string(codePage);
    std::string name("windows-");
    if (codePage == 65001) {
        name = "UTF-8";
    } else if (codePage == 10000) {
        name = "macintosh";
    } else {
        name += number;
    }
    for (const std::string& charset : {name, "ibm-" + number, std::string("windows-1252")}) {
        if (auto converted = convertToUtf8(bytes, charset.c_str())) {
            return std::move(converted->text);
        }
    }
    return {};
}

}  // namespace tl
