// SPDX-License-Identifier: Apache-2.0
#include "ingest/text/symbols_of_headings.h"

#include <algorithm>

#include "ingest/document.h"

namespace tl {
namespace {

// The end of the last line that is not blank in text[begin, end), or begin.
int64_t withoutBlankEnd(std::string_view text, int64_t begin, int64_t end) {
    const auto from = static_cast<size_t>(begin);
    const size_t last =
        text.substr(from, static_cast<size_t>(end) - from).find_last_not_of(" \t\n");
    return last == std::string_view::npos ? begin : begin + static_cast<int64_t>(last) + 1;
}

}  // namespace

std::vector<Symbol> symbolsOfHeadings(std::string_view text, const std::vector<Heading>& headings) {
    const LineIndex lines(text);
    const auto textEnd = static_cast<int64_t>(text.size());
    std::vector<Symbol> symbols;
    symbols.reserve(headings.size());
    std::vector<size_t> open;  // headings that are not ended yet, outermost first
    const auto endAbove = [&](int level, int64_t at) {
        while (!open.empty() && headings[open.back()].level >= level) {
            Symbol& symbol = symbols[open.back()];
            symbol.end = std::max(symbol.bodyEnd, withoutBlankEnd(text, symbol.bodyEnd, at));
            open.pop_back();
        }
    };
    for (size_t i = 0; i < headings.size(); ++i) {
        const Heading& heading = headings[i];
        endAbove(heading.level, heading.begin);
        Symbol symbol;
        symbol.kind = SymbolKind::kHeading;
        symbol.name = heading.name;
        symbol.signature = heading.name;
        symbol.begin = heading.begin;
        symbol.bodyBegin = heading.end;
        const int64_t next = i + 1 < headings.size() ? headings[i + 1].begin : textEnd;
        symbol.bodyEnd = withoutBlankEnd(text, symbol.bodyBegin, next);
        symbol.end = symbol.bodyEnd;
        symbol.parent = open.empty() ? -1 : static_cast<int64_t>(open.back());
        symbols.push_back(std::move(symbol));
        open.push_back(i);
    }
    endAbove(0, textEnd);
    for (Symbol& symbol : symbols) {
        symbol.firstLine = lines.position(symbol.begin).line;
        symbol.lastLine = lines.position(std::max(symbol.begin, symbol.end - 1)).line;
    }
    return symbols;
}

}  // namespace tl
