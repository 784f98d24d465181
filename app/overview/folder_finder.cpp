// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>

#include "app/corpus/corpus_plan.h"
#include "app/overview/finders.h"
#include "app/overview/prose.h"
#include "app/wording.h"
#include "base/ascii.h"

namespace tl {

namespace {

constexpr size_t kSentenceBytes = 160;
constexpr int64_t kOpeningLines = 20;  // of a file that says what its folder is

// Files in which a folder says what it is, the surest first, and whether they are texts or code.
struct IndexRow {
    std::string_view base;  // in lower case
    ProseKind kind;
};

constexpr auto kIndexFiles = std::to_array<IndexRow>({
    {"readme.md", ProseKind::kText},
    {"readme.rst", ProseKind::kText},
    {"readme", ProseKind::kText},
    {"readme.txt", ProseKind::kText},
    {"__init__.py", ProseKind::kComment},
    {"doc.go", ProseKind::kComment},
    {"package-info.java", ProseKind::kComment},
    {"mod.rs", ProseKind::kComment},
    {"lib.rs", ProseKind::kComment},
    {"main.rs", ProseKind::kComment},
    {"index.ts", ProseKind::kComment},
    {"index.js", ProseKind::kComment},
    {"cmakelists.txt", ProseKind::kComment},
    {"meson.build", ProseKind::kComment},
});

struct Folder {
    std::string name;
    int64_t files = 0;
    int64_t tokens = 0;
    const OverviewFile* largest = nullptr;
    std::array<const OverviewFile*, kIndexFiles.size()> index{};
};

// Folders on top, most tokens first.
std::vector<Folder> foldersOf(const OverviewFacts& facts) {
    std::map<std::string_view, Folder> byName;
    for (const OverviewFile& file : facts.input.files()) {
        const size_t slash = file.name.find('/');
        if (slash == std::string_view::npos || file.name.starts_with('.')) {
            continue;
        }
        Folder& folder = byName[file.name.substr(0, slash)];
        folder.name = file.name.substr(0, slash);
        ++folder.files;
        folder.tokens += tokensOf(file);
        if (folder.largest == nullptr || tokensOf(file) > tokensOf(*folder.largest)) {
            folder.largest = &file;
        }
        const auto* const row =
            std::ranges::find(kIndexFiles, asciiLower(file.base), &IndexRow::base);
        // Cargo and others keep a folder's code one level below.
        const bool isOwn =
            file.depth == 1 || (file.depth == 2 && file.name.substr(slash + 1).starts_with("src/"));
        if (row != kIndexFiles.end() && isOwn) {
            const OverviewFile*& place =
                folder.index[static_cast<size_t>(row - kIndexFiles.begin())];
            place = place == nullptr ? &file : place;
        }
    }
    std::vector<Folder> folders;
    folders.reserve(byName.size());
    for (auto& [name, folder] : byName) {
        folders.push_back(std::move(folder));
    }
    std::ranges::stable_sort(folders, std::ranges::greater(), &Folder::tokens);
    return folders;
}

// "- `src/`: the library", "| `src/` | the library |", "src/    the library": what a file on top
// says of a folder. Empty where the line says nothing of it.
std::string_view rowAbout(std::string_view line, const std::string& folder) {
    std::string_view rest =
        line.substr(std::min(line.find_first_not_of(" \t|*+-`[\"."), line.size()));
    if (rest.starts_with("/")) {
        rest.remove_prefix(1);
    }
    if (!rest.starts_with(folder)) {
        return {};
    }
    rest.remove_prefix(folder.size());
    const bool hasSlash = rest.starts_with('/');
    rest = rest.substr(hasSlash ? 1 : 0);
    const bool isRow = line.find('|') != std::string_view::npos || hasSlash;
    const size_t words = rest.find_first_not_of(" \t`|:-*]\"");
    if (!isRow || words == std::string_view::npos || words == 0) {
        return {};
    }
    const std::string_view gap = rest.substr(0, words);
    const bool isGap = gap.size() >= 2 || gap == "\t";
    rest = rest.substr(words);
    return isGap ? stripped(rest.substr(0, rest.find('|'))) : std::string_view();
}

bool saysEnough(std::string_view text) {
    return text.size() >= 8 && text.find(' ') != std::string_view::npos &&
           text.find_first_of("{};=") == std::string_view::npos;
}

std::optional<OverviewStatement> fromIndex(const Folder& folder) {
    for (size_t i = 0; i < kIndexFiles.size(); ++i) {
        if (folder.index[i] == nullptr) {
            continue;
        }
        const Document& document = *folder.index[i]->document;
        const auto prose = kIndexFiles[i].kind == ProseKind::kText
                               ? openingOfText(document, kSentenceBytes)
                               : openingOfCode(document, kSentenceBytes);
        if (prose && prose->firstLine <= kOpeningLines) {
            return OverviewStatement{
                .text = prose->text,
                .where = placeOfLines(document, prose->firstLine, prose->lastLine)};
        }
    }
    return std::nullopt;
}

std::optional<OverviewStatement> fromTop(const OverviewFacts& facts, const Folder& folder) {
    constexpr int64_t kMaxLines = 2'000;
    for (const OverviewFile& file : facts.input.files()) {
        if (file.depth > 0) {
            break;
        }
        if (!isForReading(file)) {
            continue;
        }
        const Document& document = *file.document;
        for (int64_t line = 1; line <= std::min(document.lines.lineCount(), kMaxLines); ++line) {
            const std::string_view said = rowAbout(lineOf(document, line), folder.name);
            if (saysEnough(said)) {
                return OverviewStatement{
                    .text = firstSentences(withoutMarkup(said), kSentenceBytes),
                    .where = placeOfLines(document, line, line)};
            }
        }
    }
    return std::nullopt;
}

}  // namespace

Statements findFolders(const OverviewFacts& facts) {
    Statements statements;
    for (const Folder& folder : foldersOf(facts)) {
        const std::string size = counted(folder.files, "file", "files") + ", " +
                                 counted(folder.tokens, "token", "tokens");
        std::optional<OverviewStatement> statement = fromTop(facts, folder);
        if (!statement) {
            statement = fromIndex(folder);
        }
        if (statement) {
            statement->text += " (" + size + ")";
        } else {
            statement =
                OverviewStatement{.text = size, .where = placeOfFile(*folder.largest->document)};
        }
        statement->name = folder.name + "/";
        statements.push_back(std::move(*statement));
    }
    return statements;
}

Statements findLanguages(const OverviewFacts& facts) {
    struct Group {
        int64_t files = 0;
        int64_t tokens = 0;
        int64_t pages = 0;
        const OverviewFile* largest = nullptr;
    };
    std::map<std::string, Group> groups;
    int64_t all = 0;
    for (const OverviewFile& file : facts.input.files()) {
        const Document& document = *file.document;
        Group& group = groups[document.language.empty() ? std::string(kindName(document.kind))
                                                        : document.language];
        ++group.files;
        group.tokens += tokensOf(file);
        group.pages += file.row == nullptr ? 0 : file.row->pages;
        all += tokensOf(file);
        if (group.largest == nullptr || tokensOf(file) > tokensOf(*group.largest)) {
            group.largest = &file;
        }
    }
    std::vector<std::pair<std::string, Group>> order(groups.begin(), groups.end());
    std::ranges::stable_sort(
        order, std::ranges::greater(), [](const auto& item) { return item.second.tokens; });
    Statements statements;
    for (const auto& [name, group] : order) {
        std::string text = counted(group.files, "file", "files") + ", ";
        text += group.pages > 0 ? counted(group.pages, "page", "pages") + ", " : "";
        text += counted(group.tokens, "token", "tokens");
        text += 200 * group.tokens >= all && all > 0
                    ? " (" + std::to_string((100 * group.tokens + all / 2) / all) + " %)"
                    : "";
        text += group.files > 1 ? "; the largest:" : "";
        statements.push_back(
            {.name = name, .text = text, .where = placeOfFile(*group.largest->document)});
    }
    return statements;
}

}  // namespace tl
