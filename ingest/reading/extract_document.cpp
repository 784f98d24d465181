// SPDX-License-Identifier: Apache-2.0
#include "ingest/reading/extract_document.h"

#include <utility>

namespace tl {

Document documentOf(const SourceEntry& entry, Extract extract) {
    Document document;
    document.path = entry.path;
    document.name = entry.name;
    document.lines = LineIndex(extract.text);
    document.text = std::move(extract.text);
    document.notes = std::move(extract.notes);
    document.kind = extract.kind;
    document.language = std::move(extract.language);
    document.title = std::move(extract.title);
    document.author = std::move(extract.author);
    document.date = std::move(extract.date);
    document.units = std::move(extract.units);
    document.words = std::move(extract.words);
    document.symbols = std::move(extract.symbols);
    document.links = std::move(extract.links);
    document.parts = std::move(extract.parts);
    document.warnings = std::move(extract.warnings);
    return document;
}

Extract extractOf(const Document& document) {
    const Document& full = fullDocument(document);
    Extract extract;
    extract.kind = full.kind;
    extract.text = full.text;
    extract.language = full.language;
    extract.title = full.title;
    extract.author = full.author;
    extract.date = full.date;
    extract.notes = full.notes;
    extract.units = full.units;
    extract.words = full.words;
    extract.symbols = full.symbols;
    extract.links = full.links;
    extract.warnings = full.warnings;
    // Said of the wish to reduce it, not by the file.
    std::erase_if(extract.warnings,
                  [](const Reason& warning) { return warning.code == ReasonCode::kNotReduced; });
    return extract;
}

}  // namespace tl
