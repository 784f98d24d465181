// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "base/utf8.h"
#include "ingest/extract.h"

namespace tl {

// What every Extract promises: units in order, within the text and without overlap, symbols nested,
// a text that can be shown.
inline testing::AssertionResult isSound(const Extract& extract) {
    const auto size = static_cast<int64_t>(extract.text.size());
    if (!isValidUtf8(extract.text) ||
        extract.text.find_first_of(std::string_view("\0\r", 2)) != std::string::npos) {
        return testing::AssertionFailure() << "the text is no clean UTF-8";
    }
    int64_t done = 0;
    for (const Unit& unit : extract.units) {
        if (unit.begin < done || unit.end < unit.begin || unit.end > size) {
            return testing::AssertionFailure() << "unit " << unit.number << " at " << unit.begin;
        }
        if (unit.endMs < unit.beginMs || !isValidUtf8(unit.label)) {
            return testing::AssertionFailure() << "unit " << unit.number << ": " << unit.label;
        }
        done = unit.end;
    }
    int64_t index = 0;
    for (const Symbol& symbol : extract.symbols) {
        if (symbol.begin < 0 || symbol.end > size || symbol.begin > symbol.end ||
            symbol.bodyBegin < symbol.begin || symbol.bodyEnd > symbol.end ||
            symbol.bodyBegin > symbol.bodyEnd || symbol.parent >= index ||
            symbol.firstLine > symbol.lastLine || !isValidUtf8(symbol.name)) {
            return testing::AssertionFailure() << "symbol " << symbol.name;
        }
        ++index;
    }
    return testing::AssertionSuccess();
}

inline std::string unitText(const Extract& extract, size_t unit) {
    const Unit& u = extract.units.at(unit);
    return extract.text.substr(static_cast<size_t>(u.begin), static_cast<size_t>(u.end - u.begin));
}

}  // namespace tl
