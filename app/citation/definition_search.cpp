// SPDX-License-Identifier: Apache-2.0
#include "app/citation/definition_search.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "app/citation/text_words.h"

namespace tl {

namespace {

// Parsing runs at 2 to 11 MB/s (docs/languages.md): a second at most for one call, and a stop waits
// for one file.
constexpr int64_t kMaxBytes = 2 << 20;
constexpr int64_t kMaxFileBytes = 256 << 10;

// Headings and keys of data files name things without defining them.
bool definesNothing(const Symbol& symbol) {
    return symbol.kind == SymbolKind::kHeading || symbol.kind == SymbolKind::kRule;
}

bool isType(const Symbol& symbol) {
    constexpr std::array kTypes{SymbolKind::kClass,
                                SymbolKind::kStruct,
                                SymbolKind::kInterface,
                                SymbolKind::kEnum,
                                SymbolKind::kUnion,
                                SymbolKind::kType};
    return std::find(kTypes.begin(), kTypes.end(), symbol.kind) != kTypes.end();
}

std::vector<Symbol> definitionsIn(const Document& document) {
    Reading<std::vector<Symbol>> symbols = symbolsOf(document);
    if (!symbols.ok()) {
        return {};
    }
    std::erase_if(symbols.value(), definesNothing);
    for (Symbol& symbol : symbols.value()) {
        // "Series::highest", "module.find": a question's words end at such marks.
        symbol.name.erase(0, symbol.name.find_last_of(":.") + 1);
    }
    return std::move(symbols).value();
}

// Before the name may stand attributes and template parameters.
int64_t nameLine(const Document& document, const Symbol& symbol) {
    const int64_t end = symbol.bodyBegin > symbol.begin ? symbol.bodyBegin : symbol.end;
    const std::string_view head =
        std::string_view(document.text)
            .substr(static_cast<size_t>(symbol.begin), static_cast<size_t>(end - symbol.begin));
    const std::vector<Word> name = splitWords(symbol.name);
    const std::vector<Word> words = splitWords(head);
    const int64_t at = name.empty() ? -1 : findRun(words, name);
    return at < 0
               ? symbol.firstLine
               : document.lines.position(symbol.begin + words[static_cast<size_t>(at)].begin).line;
}

}  // namespace

void DefinitionSearch::parse(const std::vector<int64_t>& files, const std::stop_token& stop) {
    int64_t bytes = 0;
    for (const int64_t file : files) {
        const Document& document = fullDocument(m_corpus.files[static_cast<size_t>(file)].document);
        const int64_t size = std::ssize(document.text);
        const bool isWanted = document.kind == DocumentKind::kCode && size <= kMaxFileBytes;
        if (!isWanted || m_symbols.contains(file)) {
            continue;
        }
        bytes += size;
        if (bytes > kMaxBytes || stop.stop_requested()) {
            break;
        }
        const std::vector<Symbol>& symbols =
            m_symbols.emplace(file, definitionsIn(document)).first->second;
        m_index.add(file, symbols);
    }
    m_index.finish();
}

std::vector<DefinitionSearch::Found> DefinitionSearch::find(std::string_view name) const {
    std::vector<Found> found;
    for (const Definition& definition : m_index.find(name)) {
        const Document& document =
            fullDocument(m_corpus.files[static_cast<size_t>(definition.file)].document);
        const Symbol& symbol =
            m_symbols.at(definition.file)[static_cast<size_t>(definition.symbol)];
        found.push_back({definition.file, nameLine(document, symbol), isType(symbol)});
    }
    return found;
}

}  // namespace tl
