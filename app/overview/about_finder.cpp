// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <string>

#include "app/overview/finders.h"
#include "app/overview/prose.h"
#include "app/overview/title_page.h"
#include "base/ascii.h"
#include "ingest/definitions.h"

namespace tl {

namespace {

constexpr size_t kOpeningBytes = 500;
constexpr size_t kSentenceBytes = 250;
constexpr size_t kMaxReadmes = 2;
constexpr int64_t kOpeningLines = 40;  // of a README; what stands below tells of a part

constexpr auto kReadmeEndings = std::to_array<std::string_view>(
    {"", ".md", ".markdown", ".rst", ".txt", ".org", ".adoc", ".html"});

constexpr auto kAboutStems = std::to_array<std::string_view>(
    {"readme",  "changes",     "changelog",    "news",    "history",         "license",
     "licence", "copying",     "copyright",    "authors", "contributors",    "credits",
     "thanks",  "maintainers", "contributing", "install", "code_of_conduct", "security",
     "todo",    "unlicense",   "notice",       "faq"});

// Headings that name a kind of section and not a thing.
constexpr auto kPlainHeadings = std::to_array<std::string_view>({"introduction",
                                                                 "contents",
                                                                 "table of contents",
                                                                 "references",
                                                                 "bibliography",
                                                                 "abstract",
                                                                 "index",
                                                                 "overview",
                                                                 "summary",
                                                                 "conclusion",
                                                                 "conclusions",
                                                                 "appendix",
                                                                 "acknowledgements",
                                                                 "acknowledgments",
                                                                 "license",
                                                                 "licence",
                                                                 "contributing",
                                                                 "notes",
                                                                 "example",
                                                                 "examples",
                                                                 "usage",
                                                                 "description",
                                                                 "name",
                                                                 "synopsis",
                                                                 "files",
                                                                 "environment variables",
                                                                 "version",
                                                                 "options",
                                                                 "copyright",
                                                                 "environment",
                                                                 "see also",
                                                                 "changelog",
                                                                 "faq",
                                                                 "todo",
                                                                 "documentation",
                                                                 "features",
                                                                 "background"});

OverviewStatement ofProse(const OverviewFile& file, const Prose& prose, std::string name = {}) {
    return {.name = std::move(name),
            .text = prose.text,
            .where = placeOfLines(*file.document, prose.firstLine, prose.lastLine)};
}

// Document templates and programs that make PDFs leave such.
bool isRealTitle(const std::string& title) {
    const std::string lower = asciiLower(title);
    const bool isFileName =
        title.find(' ') == std::string::npos && title.find('.') != std::string::npos;
    return !title.empty() && !isFileName && !lower.starts_with("microsoft ") && lower != "untitled";
}

// A first heading that is the title: not that of a first chapter.
bool isTitleHeading(const std::string& heading) {
    const bool isNumbered = !heading.empty() && heading[0] >= '0' && heading[0] <= '9';
    return !isNumbered && isRealTitle(heading) && !isPlainHeading(heading);
}

// The first heading's place, for a document whose opening is no prose.
OverviewStatement ofTitle(const OverviewFile& file, const std::string& title) {
    const Document& document = *file.document;
    const bool hasHeading = !document.symbols.empty() && document.symbols[0].name == title;
    return {.name = title,
            .text = {},
            .where = hasHeading ? placeOfLines(document,
                                               document.symbols[0].firstLine,
                                               document.symbols[0].firstLine)
                                : placeOfFile(document)};
}

std::string titleOf(const Document& document) {
    if (isRealTitle(document.title)) {
        return document.title;
    }
    const bool hasHeading =
        !document.symbols.empty() && document.symbols[0].kind == SymbolKind::kHeading;
    return hasHeading && isTitleHeading(document.symbols[0].name) ? document.symbols[0].name
                                                                  : std::string();
}

// The name that the outermost metadata gives the whole; empty where none does.
std::string nameOf(const OverviewFacts& facts) {
    const auto named = std::ranges::find(facts.metadata, MetadataKind::kName, &MetadataField::kind);
    return named == facts.metadata.end() ? std::string() : named->value;
}

// Where its words begin: after the heading "Abstract", if it has one.
int64_t beginOf(const Document& document) {
    constexpr size_t kFirstHeadings = 6;
    for (size_t i = 0; i < std::min(document.symbols.size(), kFirstHeadings); ++i) {
        if (asciiLower(document.symbols[i].name) == "abstract") {
            return document.symbols[i].firstLine + 1;
        }
    }
    return 1;
}

}  // namespace

bool isPlainHeading(std::string_view heading) {
    return std::ranges::find(kPlainHeadings, asciiLower(heading)) != kPlainHeadings.end();
}

bool isReadme(const OverviewFile& file) {
    // README.COMPILATION.PROBLEMS is about something else.
    const std::string base = asciiLower(file.base);
    return base.starts_with("readme") &&
           std::ranges::find(kReadmeEndings, std::string_view(base).substr(6)) !=
               kReadmeEndings.end();
}

bool isAboutProject(const OverviewFile& file) {
    const std::string stem = asciiLower(fileStem(file.base));
    return stem.starts_with("readme") ||
           std::ranges::any_of(kAboutStems, [&](std::string_view about) {
               return stem == about || (stem.starts_with(about) && stem[about.size()] == '-');
           });
}

bool isForReading(const OverviewFile& file) {
    switch (file.document->kind) {
        case DocumentKind::kPdf:
        case DocumentKind::kOffice:
        case DocumentKind::kMarkup:
        case DocumentKind::kNotebook:
            return true;
        case DocumentKind::kText:
            // FAQ, INSTALL; with small letters and without an ending it is a script or a table.
            return file.base.ends_with(".txt") || isReadme(file) ||
                   (file.base.find('.') == std::string_view::npos &&
                    std::ranges::none_of(file.base, [](char c) { return c >= 'a' && c <= 'z'; }));
        default:
            return false;
    }
}

std::vector<const Document*> documentsOfTextCorpus(const OverviewFacts& facts) {
    constexpr size_t kFew = 3;
    std::vector<const Document*> documents;
    for (const OverviewFile& file : facts.input.files()) {
        // What is spoken or sent has no title page.
        const bool isTalk = std::ranges::any_of(file.document->units, [](const Unit& unit) {
            return unit.kind == UnitKind::kCue || unit.kind == UnitKind::kMessage;
        });
        if (file.document->kind == DocumentKind::kCode || isReadme(file) || isTalk) {
            return {};
        }
        documents.push_back(file.document);
    }
    return documents.size() > kFew ? std::vector<const Document*>() : documents;
}

namespace {

// The title of each text and its abstract, or else its first sentences.
void addTitlePages(const OverviewFacts& facts, Statements& statements) {
    for (const Document* document : documentsOfTextCorpus(facts)) {
        const TitlePage page = titlePageOf(*document);
        if (page.title.line > 0) {
            statements.push_back(
                {.text = page.title.text,
                 .where = placeOfLines(*document, page.title.line, page.title.line)});
        }
        const auto prose = page.abstract
                               ? page.abstract
                               : openingOfText(*document, kSentenceBytes, beginOf(*document));
        if (prose) {
            statements.push_back(
                {.text = prose->text,
                 .where = placeOfLines(*document, prose->firstLine, prose->lastLine)});
        }
    }
}

}  // namespace

Statements findAbout(const OverviewFacts& facts) {
    Statements statements;
    for (const MetadataField& field : facts.metadata) {
        if (field.kind == MetadataKind::kDescription && field.file->depth == 0) {
            statements.push_back(
                {.text = field.value,
                 .where = placeOfLines(*field.file->document, field.line, field.line)});
            break;
        }
    }
    size_t readmes = 0;
    int64_t depth = -1;
    for (const OverviewFile& file : facts.input.files()) {
        if (!isReadme(file) || file.isSide || file.name.starts_with("debian/") ||
            (depth >= 0 && file.depth > depth)) {
            continue;
        }
        const auto prose = openingOfText(*file.document, kOpeningBytes);
        if (prose && prose->firstLine <= kOpeningLines && readmes < kMaxReadmes) {
            statements.push_back(ofProse(file, *prose));
            depth = file.depth;
            ++readmes;
        }
    }
    for (const MetadataField& field : facts.metadata) {
        const bool isWhole = field.key == nameOf(facts) || statements.empty();
        if (field.kind == MetadataKind::kPackage && isWhole) {
            statements.push_back(
                {.name = field.key,
                 .text = field.value,
                 .where = placeOfLines(*field.file->document, field.line, field.line)});
            break;
        }
    }
    if (statements.empty()) {
        addTitlePages(facts, statements);
    }
    return statements;
}

Statements findDocuments(const OverviewFacts& facts) {
    Statements statements;
    for (const OverviewFile& file : facts.input.files()) {
        if (!isForReading(file) || isAboutProject(file) || file.isSide ||
            file.base == "CMakeLists.txt" || file.name.starts_with("debian/")) {
            continue;
        }
        const std::string title = titleOf(*file.document);
        const auto prose = openingOfText(*file.document, kSentenceBytes, beginOf(*file.document));
        if (prose) {
            Prose sentence = *prose;
            sentence.text = firstSentences(sentence.text, kSentenceBytes);
            statements.push_back(
                ofProse(file, sentence, title.empty() ? std::string(file.name) : title));
        } else if (!title.empty()) {
            statements.push_back(ofTitle(file, title));
        }
    }
    return statements;
}

}  // namespace tl
