// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "app/overview/finders.h"
#include "app/overview/prose.h"
#include "app/overview/title_page.h"
#include "base/ascii.h"

namespace tl {

namespace {

constexpr auto kAuthorStems =
    std::to_array<std::string_view>({"authors", "credits", "contributors", "maintainers"});

// "Ana Lopes <ana@example.org>", "* Ana Lopes": a name, with what stands around it taken off.
// Empty where the line is another thing.
std::string_view nameOn(std::string_view line) {
    std::string_view text = stripped(line);
    if (std::ranges::any_of(
            text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t'; })) {
        return {};
    }
    text = text.substr(std::min(text.find_first_not_of("-*+ \t"), text.size()));
    std::string_view name = stripped(text.substr(0, text.find_first_of("<(,;:@")));
    const int64_t words = 1 + std::ranges::count(name, ' ');
    const bool isShort = name.size() >= 4 && name.size() <= 50 && words >= 2 && words <= 5;
    const bool isHeading = text.ends_with(':') || text.ends_with(" by") ||
                           asciiLower(text).starts_with("authors of") ||
                           asciiLower(text).starts_with("contributors to");
    const bool isName = isShort && !isHeading &&
                        (isAsciiUpper(name[0]) || static_cast<unsigned char>(name[0]) >= 0x80) &&
                        name.find_first_of(".!?#=`\"/[]") >= name.size() - 1;
    const size_t last = name.rfind(' ');
    const bool isLastName = isName && last != std::string_view::npos && last + 1 < name.size() &&
                            !(name[last + 1] >= 'a' && name[last + 1] <= 'z');
    return isLastName ? text : std::string_view();
}

class AuthorFinder {
public:
    explicit AuthorFinder(const OverviewFacts& facts) : m_facts(facts) {}

    Statements find() {
        for (const OverviewFile& file : m_facts.input.files()) {
            if (file.depth == 0 && isAuthorFile(file)) {
                addNames(*file.document);
            }
        }
        addMetadata(MetadataKind::kAuthor, "author");
        addCopyright();
        addMetadata(MetadataKind::kMaintainer, "maintainer");
        addTitlePages();
        addDocuments();
        return std::move(m_statements);
    }

private:
    static bool isAuthorFile(const OverviewFile& file) {
        return std::ranges::find(kAuthorStems, asciiLower(fileStem(file.base))) !=
               kAuthorStems.end();
    }

    void add(std::string_view name,
             const Document& document,
             int64_t line,
             std::string text,
             int64_t lines = 1) {
        const size_t from = name.starts_with("(") ? name.find(')') + 1 : 0;
        const std::string_view bare = stripped(name.substr(from, name.find_first_of("<@") - from));
        if (m_names.insert(asciiLower(bare)).second) {
            m_statements.push_back({.name = std::string(name),
                                    .text = std::move(text),
                                    .where = placeOfLines(document, line, line + lines - 1)});
        }
    }

    void addNames(const Document& document) {
        for (int64_t line = 1; line <= document.lines.lineCount(); ++line) {
            if (const std::string_view name = nameOn(lineOf(document, line)); !name.empty()) {
                // Behind the address may stand what the person did.
                const size_t end = name.find('>');
                add(withoutMarkup(name.substr(0, end == std::string_view::npos ? end : end + 1)),
                    document,
                    line,
                    "in " + document.name);
            }
        }
    }

    void addMetadata(MetadataKind kind, const std::string& what) {
        for (const MetadataField& field : m_facts.metadata) {
            if (field.kind == kind && field.file->depth <= 1) {
                const bool isDebian = field.file->name == "debian/control";
                add(field.value,
                    *field.file->document,
                    field.line,
                    (isDebian ? "maintainer of the Debian package"
                              : what + ", as " + field.file->document->name + " says"));
            }
        }
    }

    // "Copyright (C) 2012 Stephen Dolan" in a licence file, a README or the largest header.
    void addCopyright() {
        for (const OverviewFile& file : m_facts.input.files()) {
            const std::string stem = asciiLower(fileStem(file.base));
            const bool isTold =
                file.depth == 0 && !file.isSide &&
                (isReadme(file) || stem.starts_with("licen") || stem.starts_with("copy"));
            if (isTold) {
                addCopyright(*file.document);
            }
        }
    }

    void addCopyright(const Document& document) {
        constexpr int64_t kMaxLines = 400;
        for (int64_t line = 1; line <= std::min(document.lines.lineCount(), kMaxLines); ++line) {
            const std::string_view text = stripped(lineOf(document, line));
            const std::string lower = asciiLower(text);
            // Others stand in the text of a licence: "Copyright (C) <year> <name of author>".
            const bool isNotice = (lower.starts_with("copyright ") || lower.starts_with("(c) ")) &&
                                  text.size() <= 120 && text.find_first_of("0123456789") < 30 &&
                                  lower.find("free software foundation") == std::string::npos &&
                                  text.find_first_of("<[{") != 14;
            if (isNotice) {
                const auto [notice, lines] = withHolder(document, line);
                add(notice, document, line, "in " + document.name, lines);
            }
        }
    }

    // "Copyright (c) 1989-1994" has its holder in the next line.
    // Tells how many lines that takes.
    static std::pair<std::string, int64_t> withHolder(const Document& document, int64_t line) {
        std::string notice(stripped(lineOf(document, line)));
        const bool endsInYear = notice.back() >= '0' && notice.back() <= '9';
        const bool isJoined = endsInYear && line < document.lines.lineCount();
        if (isJoined) {
            notice += " " + std::string(stripped(lineOf(document, line + 1)));
        }
        const size_t rights = asciiLower(notice).find("all rights reserved");
        notice.resize(std::min(rights, notice.size()));
        return {std::string(stripped(notice)), isJoined ? 2 : 1};
    }

    // "by Lewis Carroll" below a title.
    void addTitlePages() {
        for (const Document* document : documentsOfTextCorpus(m_facts)) {
            const TitleLine author = titlePageOf(*document).author;
            if (author.line > 0) {
                add(author.text, *document, author.line, "on the title page");
            }
        }
    }

    // What documents say in their properties.
    void addDocuments() {
        std::map<std::string, std::pair<int64_t, const Document*>> authors;
        for (const OverviewFile& file : m_facts.input.files()) {
            if (!file.document->author.empty()) {
                auto& [count, document] = authors[file.document->author];
                document = count++ == 0 ? file.document : document;
            }
        }
        for (const auto& [author, seen] : authors) {
            if (m_names.insert(asciiLower(author)).second) {
                m_statements.push_back({.name = author,
                                        .text = seen.first == 1
                                                    ? "in the properties of the document"
                                                    : "in the properties of " +
                                                          std::to_string(seen.first) + " documents",
                                        .where = placeOfFile(*seen.second)});
            }
        }
    }

    const OverviewFacts& m_facts;
    Statements m_statements;
    std::set<std::string> m_names;
};

}  // namespace

Statements findAuthors(const OverviewFacts& facts) {
    return AuthorFinder(facts).find();
}

}  // namespace tl
