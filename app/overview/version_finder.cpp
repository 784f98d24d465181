// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "app/overview/finders.h"
#include "app/overview/title_page.h"

namespace tl {

namespace {

constexpr int64_t kMaxDepth = 2;  // deeper ones are versions of parts

void add(const MetadataField& field, Statements& statements) {
    const Document& document = *field.file->document;
    const bool isPackaging = field.file->name == "debian/changelog";
    const bool isKnown = std::ranges::any_of(statements, [&](const OverviewStatement& known) {
        return known.where.file == document.name || known.name == field.value;
    });
    if (!isKnown && field.file->depth <= kMaxDepth) {
        statements.push_back(
            {.name = field.value,
             .text = (isPackaging ? "of the Debian package, as " : "as ") + document.name + " says",
             .where = placeOfLines(document, field.line, field.line)});
    }
}

// What documents say below their titles, and a README of code that has no metadata.
void addTitlePages(const OverviewFacts& facts, Statements& statements) {
    std::vector<const Document*> documents = documentsOfTextCorpus(facts);
    for (const OverviewFile& file : facts.input.files()) {
        if (isReadme(file) && file.depth == 0) {
            documents.push_back(file.document);
        }
    }
    for (const Document* document : documents) {
        const TitleLine version = titlePageOf(*document).version;
        if (version.line > 0) {
            statements.push_back({.name = version.text,
                                  .text = "as " + document->name + " says",
                                  .where = placeOfLines(*document, version.line, version.line)});
        }
    }
}

}  // namespace

Statements findVersion(const OverviewFacts& facts) {
    Statements statements;
    for (const MetadataField& field : facts.metadata) {
        if (field.kind == MetadataKind::kVersion && field.file->name != "debian/changelog") {
            add(field, statements);
        }
    }
    const bool isTold = !statements.empty();
    for (const MetadataField& field : facts.metadata) {
        if (field.kind == MetadataKind::kHeaderVersion && !isTold) {
            add(field, statements);
        }
    }
    for (const MetadataField& field : facts.metadata) {
        if (field.kind == MetadataKind::kVersion && field.file->name == "debian/changelog") {
            add(field, statements);
        }
    }
    if (statements.empty()) {
        addTitlePages(facts, statements);
    }
    return statements;
}

}  // namespace tl
