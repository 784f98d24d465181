// SPDX-License-Identifier: Apache-2.0
#include "app/corpus/page_rows.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "app/reason/reason_text.h"
#include "base/utf8.h"

namespace tl {

namespace {

// Characters of UTF-8, without the white space that layout puts between words.
int64_t charactersOf(std::string_view text) {
    return std::ranges::count_if(text, [](char c) {
        const bool isFirstByte = !isContinuationByte(c);
        return isFirstByte && c != ' ' && c != '\n' && c != '\t';
    });
}

}  // namespace

std::vector<PageRow> pageRowsOf(const Document& document) {
    const Document& full = fullDocument(document);
    std::vector<PageRow> rows;
    for (const Unit& unit : full.units) {
        if (unit.kind != UnitKind::kPage) {
            continue;
        }
        const auto text = std::string_view(full.text).substr(
            static_cast<size_t>(unit.begin), static_cast<size_t>(unit.end - unit.begin));
        rows.push_back({unit.number, unit.label, charactersOf(text), remarksOf(unit.warnings)});
    }
    return rows;
}

}  // namespace tl
