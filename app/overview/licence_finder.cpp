// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>

#include "app/overview/finders.h"
#include "app/overview/licence_words.h"
#include "app/wording.h"
#include "base/ascii.h"

namespace tl {

namespace {

constexpr int64_t kMaxDepth = 2;      // of a licence file that is the whole's
constexpr int64_t kHeaderLines = 20;  // in which an SPDX line stands
constexpr std::string_view kSpdx = "SPDX-License-Identifier:";

constexpr auto kStems =
    std::to_array<std::string_view>({"license", "licence", "copying", "unlicense", "licenses"});

// LICENSE, COPYING.LIB, LICENSE-MIT
bool isLicenceFile(const OverviewFile& file) {
    const std::string lower = asciiLower(file.base);
    return file.depth <= kMaxDepth && !file.isSide &&
           std::ranges::any_of(kStems, [&](std::string_view stem) {
               return lower == stem ||
                      (lower.starts_with(stem) &&
                       std::string_view(".-_").find(lower[stem.size()]) != std::string_view::npos);
           });
}

// Whether the text says this as words of its own.
bool saysWord(std::string_view text, std::string_view word) {
    const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const size_t at = text.find(word);
    const size_t end = at + word.size();
    return at != std::string_view::npos && (at == 0 || !isLetter(text[at - 1])) &&
           (end == text.size() || !isLetter(text[end]));
}

void addFound(const OverviewFile& file, Statements& statements) {
    for (const FoundLicence& licence : licencesIn(file.document->text)) {
        statements.push_back({.name = std::string(licence.name),
                              .text = "by its words in " + file.document->name,
                              .where = placeOfBytes(*file.document, licence.words)});
    }
}

void addMetadata(const OverviewFacts& facts, Statements& statements) {
    constexpr size_t kLongestName = 60;  // longer ones are the licence itself
    for (const MetadataField& field : facts.metadata) {
        if (field.kind == MetadataKind::kLicence && field.value.size() <= kLongestName &&
            field.file->depth <= kMaxDepth) {
            const Document& document = *field.file->document;
            statements.push_back({.name = field.value,
                                  .text = "as " + document.name + " says",
                                  .where = placeOfLines(document, field.line, field.line)});
        }
    }
}

// "License: Expat" under "Files: *" in debian/copyright.
void addDebian(const OverviewFile& file, Statements& statements) {
    const Document& document = *file.document;
    std::string_view files;
    for (int64_t line = 1; line <= document.lines.lineCount(); ++line) {
        const std::string_view text = lineOf(document, line);
        if (stripped(text).empty()) {
            files = {};
        } else if (text.starts_with("Files:")) {
            files = stripped(text.substr(6));
        } else if (text.starts_with("License:") && !files.empty()) {
            const std::string name(stripped(text.substr(8)));
            const bool isKnown =
                std::ranges::any_of(statements, [&](const OverviewStatement& known) {
                    return asciiLower(known.name) == asciiLower(name) &&
                           known.where.file == document.name;
                });
            if (!isKnown) {
                statements.push_back(
                    {.name = name,
                     .text = "for " + std::string(files) + ", as " + document.name + " says",
                     .where = placeOfLines(document, line, line)});
            }
        }
    }
}

// What comes after the mark in the first lines, where it is no example.
std::optional<std::pair<std::string, int64_t>> spdxOf(const Document& document) {
    const size_t at = document.text.find(kSpdx);
    if (at == std::string::npos) {
        return std::nullopt;
    }
    const int64_t line = document.lines.position(static_cast<int64_t>(at)).line;
    const std::string_view text = lineOf(document, line);
    std::string_view name = stripped(text.substr(text.find(kSpdx) + kSpdx.size()));
    for (const std::string_view end : {"*/", "-->", "*)"}) {
        name = stripped(name.substr(0, name.find(end)));
    }
    const bool isName = !name.empty() && name.size() <= 80 &&
                        name.find_first_of("\"'<>$*[,;:=") == std::string_view::npos;
    return isName && line <= kHeaderLines ? std::optional(std::pair(std::string(name), line))
                                          : std::nullopt;
}

void addSpdx(const OverviewFacts& facts, Statements& statements) {
    struct Seen {
        int64_t files = 0;
        OverviewPlace first;
    };
    std::map<std::string, Seen> names;
    for (const OverviewFile& file : facts.input.files()) {
        const auto spdx = spdxOf(*file.document);
        if (!spdx) {
            continue;
        }
        Seen& seen = names[spdx->first];
        if (seen.files++ == 0) {
            seen.first = placeOfLines(*file.document, spdx->second, spdx->second);
        }
    }
    std::vector<std::pair<std::string, Seen>> order(names.begin(), names.end());
    std::ranges::stable_sort(
        order, std::ranges::greater(), [](const auto& item) { return item.second.files; });
    for (auto& [name, seen] : order) {
        statements.push_back({.name = name,
                              .text = "SPDX line of " + counted(seen.files, "file", "files"),
                              .where = std::move(seen.first)});
    }
}

// "free software under the MIT licence", "under the terms of the GNU General Public License": the
// first line that names one.
void addNamed(const Document& document, Statements& statements) {
    constexpr auto kNames = std::to_array<std::string_view>({"GNU Lesser General Public License",
                                                             "GNU General Public License",
                                                             "GNU Free Documentation License",
                                                             "Creative Commons",
                                                             "Apache License",
                                                             "MIT",
                                                             "BSD",
                                                             "GPL",
                                                             "LGPL",
                                                             "ISC",
                                                             "Apache",
                                                             "MPL"});
    for (int64_t line = 1; line <= document.lines.lineCount(); ++line) {
        const std::string_view text = lineOf(document, line);
        const std::string lower = asciiLower(text);
        const bool saysUnder = lower.find("under") != std::string::npos ||
                               lower.find("licensed") != std::string::npos ||
                               lower.find("terms of") != std::string::npos;
        if (!saysUnder || lower.find("licen") == std::string::npos) {
            continue;
        }
        for (const std::string_view name : kNames) {
            if (saysWord(text, name)) {
                statements.push_back({.name = std::string(name),
                                      .text = "as " + document.name + " says",
                                      .where = placeOfLines(document, line, line)});
                return;
            }
        }
    }
}

}  // namespace

Statements findLicence(const OverviewFacts& facts) {
    Statements statements;
    const OverviewFile* readme = nullptr;
    for (const OverviewFile& file : facts.input.files()) {
        if (isLicenceFile(file)) {
            addFound(file, statements);
        } else if (readme == nullptr && isReadme(file) && file.depth == 0) {
            readme = &file;
        }
    }
    addMetadata(facts, statements);
    for (const OverviewFile& file : facts.input.files()) {
        if (file.name == "debian/copyright") {
            addDebian(file, statements);
        }
    }
    addSpdx(facts, statements);
    if (statements.empty() && readme != nullptr) {
        addFound(*readme, statements);
    }
    if (statements.empty() && readme != nullptr) {
        addNamed(*readme->document, statements);
    }
    if (statements.empty()) {
        for (const Document* document : documentsOfTextCorpus(facts)) {
            addNamed(*document, statements);
        }
    }
    return statements;
}

}  // namespace tl
