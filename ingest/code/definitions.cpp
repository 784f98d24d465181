// SPDX-License-Identifier: Apache-2.0
#include "ingest/definitions.h"

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <utility>

#include "ingest/code/outline.h"

namespace tl {

Reading<std::vector<Symbol>> symbolsOf(const Document& document) {
    if (!document.symbols.empty()) {
        return document.symbols;
    }
    Reading<Outline> outline = outlineOf(document.text, document.language);
    if (!outline.ok()) {
        return outline.error();
    }
    if (outline.value().symbols.empty()) {
        return Failure{ErrorCode::kUnsupported, {ReasonCode::kDefinesNothing}};
    }
    return std::move(outline.value().symbols);
}

void DefinitionIndex::add(int64_t file, std::span<const Symbol> symbols) {
    for (size_t i = 0; i < symbols.size(); ++i) {
        m_entries.push_back({symbols[i].name, {file, static_cast<int64_t>(i)}});
    }
}

void DefinitionIndex::finish() {
    std::sort(m_entries.begin(), m_entries.end(), [](const Entry& a, const Entry& b) {
        return std::tie(a.name, a.definition.file, a.definition.symbol) <
               std::tie(b.name, b.definition.file, b.definition.symbol);
    });
}

std::vector<Definition> DefinitionIndex::find(std::string_view name) const {
    auto at = std::lower_bound(
        m_entries.begin(), m_entries.end(), name, [](const Entry& entry, std::string_view wanted) {
            return entry.name < wanted;
        });
    std::vector<Definition> found;
    for (; at != m_entries.end() && at->name == name; ++at) {
        found.push_back(at->definition);
    }
    return found;
}

}  // namespace tl
