// SPDX-License-Identifier: Apache-2.0
// Headings of documents by level.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "app/overview/finders.h"
#include "ingest/definitions.h"

namespace tl {

namespace {

constexpr size_t kMaxDocuments = 6;
constexpr size_t kMaxHeadings = 12;  // of one document
constexpr size_t kMinHeadings = 2;   // fewer are no outline
constexpr size_t kLongestHeading = 120;

struct Outlined {
    const OverviewFile* file = nullptr;
    std::vector<Symbol> headings{};
    std::vector<int> levels{};
};

// Level by level, as long as the headings fit. A title that stands alone above all others counts
// for nothing.
std::vector<size_t> chosenHeadings(const Outlined& document) {
    std::vector<size_t> chosen;
    for (int level = 1; level <= 3; ++level) {
        std::vector<size_t> wider;
        for (size_t i = 0; i < document.headings.size(); ++i) {
            if (document.levels[i] <= level) {
                wider.push_back(i);
            }
        }
        if (wider.size() > kMaxHeadings && chosen.size() >= kMinHeadings) {
            break;
        }
        chosen = std::move(wider);
        if (chosen.size() >= kMaxHeadings) {
            break;
        }
    }
    return chosen;
}

Outlined outlineOf(const OverviewFile& file) {
    Outlined document{.file = &file};
    Reading<std::vector<Symbol>> symbols = symbolsOf(*file.document);
    if (!symbols.ok()) {
        return document;
    }
    for (Symbol& symbol : symbols.value()) {
        int level = 1;
        for (int64_t parent = symbol.parent; parent >= 0;
             parent = symbols.value()[static_cast<size_t>(parent)].parent) {
            ++level;
        }
        const bool isHeading = symbol.kind == SymbolKind::kHeading && !symbol.name.empty() &&
                               symbol.name.size() <= kLongestHeading;
        if (isHeading) {
            document.levels.push_back(level);
            document.headings.push_back(symbol);
        }
    }
    return document;
}

// The documents with headings: what is read on top first, then the longest.
std::vector<Outlined> outlinedDocuments(const OverviewFacts& facts) {
    std::vector<Outlined> documents;
    for (const OverviewFile& file : facts.input.files()) {
        const bool isWanted = isForReading(file) && !file.isSide &&
                              file.document->kind != DocumentKind::kText &&
                              (isReadme(file) || !isAboutProject(file));
        if (!isWanted) {
            continue;
        }
        Outlined document = outlineOf(file);
        if (document.headings.size() >= kMinHeadings) {
            documents.push_back(std::move(document));
        }
    }
    std::ranges::stable_sort(documents, [](const Outlined& a, const Outlined& b) {
        const bool isTopA = isReadme(*a.file) && a.file->depth == 0;
        const bool isTopB = isReadme(*b.file) && b.file->depth == 0;
        return isTopA != isTopB ? isTopA : tokensOf(*a.file) > tokensOf(*b.file);
    });
    documents.resize(std::min(documents.size(), kMaxDocuments));
    return documents;
}

}  // namespace

Statements findOutline(const OverviewFacts& facts) {
    Statements statements;
    for (const Outlined& document : outlinedDocuments(facts)) {
        for (const size_t i : chosenHeadings(document)) {
            const Symbol& heading = document.headings[i];
            statements.push_back(
                {.name = document.file->document->name,
                 .text = heading.name,
                 .level = document.levels[i],
                 .where =
                     placeOfLines(*document.file->document, heading.firstLine, heading.firstLine)});
        }
    }
    return statements;
}

}  // namespace tl
